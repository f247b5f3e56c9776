import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FieldErrors } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { administrators } from '../organisations/organisations.policy';
import type { Refusal } from './h5p.refusals';
import { PACKAGE_MEGABYTES } from './installation.service';
import { libraryPage, versionIn } from './library/library.page';
import { selectLibraryLines } from './library/library.queries';
import { moveContents, removeLibrary, undoMove } from './library/moves.service';
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

/** One library: who put it in, what the organisation does with it, and what could move to it. */
h5pLibraries.get('/:folder', administrators, async (req, res) => {
  res.render('h5p/library', {
    ...(await libraryPage(req.actor, String(req.params.folder))),
    versionIn,
    moved: countIn(req.query.moved),
    undone: countIn(req.query.undone),
    kept: req.query.kept !== undefined,
  });
});

h5pLibraries.post('/:folder/moves', administrators, async (req, res) => {
  const folder = String(req.params.folder);
  const ids = idsIn(req.body.content);
  const moved = await moveContents(req.actor, folder, ids);
  res.redirect(303, `/h5p/libraries/${encodeURIComponent(folder)}?moved=${moved}`);
});

h5pLibraries.post('/:folder/moves/:id/undo', administrators, async (req, res) => {
  const undone = (await undoMove(req.actor, String(req.params.id))) ? 1 : 0;
  res.redirect(303, `/h5p/libraries/${encodeURIComponent(String(req.params.folder))}?undone=${undone}`);
});

h5pLibraries.post('/:folder/remove', administrators, async (req, res) => {
  const folder = String(req.params.folder);
  if (await removeLibrary(req.actor, folder)) return res.redirect(303, '/h5p/libraries?removed=1');
  res.redirect(303, `/h5p/libraries/${encodeURIComponent(folder)}?kept=1`);
});

/** Those of the ticked values that are names of contents. */
const idsIn = (ticked: unknown): string[] =>
  [ticked ?? []].flat().filter((id): id is string => z.uuid().safeParse(id).success);

const countIn = (value: unknown) => (/^\d{1,3}$/.test(String(value)) ? Number(value) : undefined);

async function renderLibraries(req: Request, res: Response, errors: FieldErrors = {}, refusals: Refusal[] = []) {
  res.render('h5p/libraries', {
    libraries: await selectLibraryLines(req.actor.organisation_id),
    installed: countIn(req.query.installed),
    removed: countIn(req.query.removed),
    megabytes: PACKAGE_MEGABYTES,
    errors,
    refusals,
  });
}
