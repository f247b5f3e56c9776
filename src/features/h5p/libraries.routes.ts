import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { administrators } from '../organisations/organisations.policy';
import { selectLibraryLines } from './h5p.queries';
import type { Refusal } from './h5p.refusals';
import { PACKAGE_MEGABYTES } from './installation.service';
import { confirmUpload, describeUpload, installLibraries } from './updates.service';

export const h5pLibraries = new Routes('/h5p/libraries');

h5pLibraries.get('/', administrators, (req, res) => renderLibraries(req, res));

h5pLibraries.post('/', administrators, async (req, res) => {
  await withUploads(req, res, { megabytes: PACKAGE_MEGABYTES }, async ({ package: upload }) => {
    if (!upload) return renderLibraries(req, res.status(422), { package: 'h5p.libraries.missing' });
    const result = await installLibraries(req.actor, upload);
    if (result.outcome === 'refused') {
      return renderLibraries(req, res.status(422), { package: 'h5p.refused.lead' }, result.refusals);
    }
    if (result.outcome === 'waiting') return res.redirect(303, `/h5p/libraries/uploads/${result.uploadId}`);
    res.redirect(303, `/h5p/libraries?installed=${result.count}`);
  });
});

/** What a package would replace; only the press on this page does it. */
h5pLibraries.get('/uploads/:id', administrators, async (req, res) => {
  const changes = await describeUpload(req.actor, String(req.params.id));
  res.render('h5p/update', { changes, uploadId: req.params.id });
});

h5pLibraries.post('/uploads/:id', administrators, async (req, res) => {
  const count = await confirmUpload(req.actor, String(req.params.id));
  res.redirect(303, `/h5p/libraries?installed=${count}`);
});

async function renderLibraries(req: Request, res: Response, errors: FieldErrors = {}, refusals: Refusal[] = []) {
  res.render('h5p/libraries', {
    libraries: await selectLibraryLines(),
    installed: /^\d{1,3}$/.test(String(req.query.installed)) ? Number(req.query.installed) : undefined,
    megabytes: PACKAGE_MEGABYTES,
    errors,
    refusals,
  });
}
