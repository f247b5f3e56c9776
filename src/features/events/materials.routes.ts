import type { Request, Response } from 'express';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { anyone, Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { sendStored } from '../../lib/send-stored';
import { withUploads } from '../../lib/upload';
import { signedIn } from '../organisations/organisations.policy';
import { findEvent, selectParts } from './events.model';
import { MaterialForm } from './events.schema';
import { loadKept } from './load';
import { addMaterial, MATERIAL_MEGABYTES, materialKey } from './materials.service';
import { renderOrganise } from './organise.page';

/** Files of an event, for everybody who sees the event. */
export const materials = new Routes('/events');

materials.post('/:event/materials', signedIn, async (req, res) => {
  const event = await loadKept(req);
  await withUploads(req, res, { megabytes: MATERIAL_MEGABYTES, keepsForm: true }, async ({ file }, tooLarge) => {
    const form = readForm(MaterialForm, req.body);
    const fault = tooLarge ? 'events.error.fileLarge' : file ? undefined : 'events.error.fileMissing';
    if (!form.ok || !file || fault) return renderFault(req, res, fault ?? 'events.error.fileMissing');
    const refused = await addMaterial(req.actor, event, form.value, file);
    if (refused) return renderFault(req, res, refused);
    res.redirect(303, `/events/${event.id}/organise#parts`);
  });
});

const renderFault = (req: Request, res: Response, fault: string) =>
  renderOrganise(req, res.status(422), { material: req.body?.title }, { file: fault });

materials.get('/:event/materials/:part', anyone, async (req, res) => {
  const event = found(await findEvent(String(req.params.event)));
  const part = found((await selectParts(event.id)).find(({ id }) => id === req.params.part));
  const [, name = '', ending = 'bin'] = /^(.*)\.(\w+)$/.exec(found(part.file_name)) ?? [];
  await sendStored(req, res, {
    key: materialKey(part),
    size: Number(part.file_bytes),
    name: `material.${ending}`,
    headers: {
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=300',
      'Content-Disposition': attachment(name || 'aineisto', ending),
    },
  });
});
