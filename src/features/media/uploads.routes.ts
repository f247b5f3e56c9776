import type { Request } from 'express';
import { z } from 'zod';
import { unreadable } from '../../lib/errors';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { authors } from '../organisations/organisations.policy';
import { shownFile } from './shown-file';
import type { FileUpload } from './uploads.model';
import {
  beginUpload,
  findUpload,
  finishUpload,
  PART_BYTES,
  selectParts,
  stopUpload,
  takePart,
} from './uploads.service';

/** For scripts: a file in parts, so that a lost connection costs one part. Forms send files to /write/media as they are. */
export const mediaUploads = new Routes('/write/media/uploads');

const Beginning = z.object({ id: z.uuid(), name: z.string().max(1000), bytes: z.int() });

mediaUploads.post('/', authors, async (req, res) => {
  const form = Beginning.safeParse(req.body);
  if (!form.success) throw unreadable();
  const fault = await beginUpload(req.actor, form.data);
  if (fault) return res.status(422).json({ fault, message: res.locals.t(`media.fault.${fault}`) });
  const upload = found(await findUpload(req.actor, form.data.id));
  res.status(201).json({ part: PART_BYTES, has: await numbersOf(upload) });
});

/** Which parts are here already: a device that lost its connection sends the others. */
mediaUploads.get('/:upload', authors, async (req, res) => {
  res.json({ part: PART_BYTES, has: await numbersOf(await ownUpload(req)) });
});

mediaUploads.post('/:upload/parts/:number', authors, async (req, res) => {
  const upload = await ownUpload(req);
  await takePart(upload, Number(req.params.number), req);
  res.status(204).end();
});

mediaUploads.post('/:upload/finish', authors, async (req, res) => {
  const result = await finishUpload(req.actor, await ownUpload(req));
  if (result.ok) return res.json({ file: shownFile(result.file, req.actor.language) });
  res.status(422).json({ fault: result.fault, message: res.locals.t(`media.fault.${result.fault}`) });
});

mediaUploads.post('/:upload/stop', authors, async (req, res) => {
  await stopUpload(await ownUpload(req));
  res.status(204).end();
});

const ownUpload = async (req: Request): Promise<FileUpload> =>
  found(await findUpload(req.actor, String(req.params.upload)));

const numbersOf = async (upload: FileUpload) => (await selectParts(upload)).map(({ number }) => number);
