import type { Request } from 'express';
import { found } from '../../lib/guards';
import { isLanguage } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { sendStored } from '../../lib/send-stored';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer, signedIn } from '../organisations/organisations.policy';
import { selectCaptions } from './captions.model';
import { findVisibleFile, type StoredFile, storageKey } from './files.model';
import { writeVtt } from './webvtt';

export const files = new Routes('/files');

/** A file of a lesson that is not published yet is for those who write and those who sign. */
const canSeeDrafts = (actor: Actor) => isAuthor(actor) || isReviewer(actor);

/** Opened by itself, nothing of a file runs or asks for anything, whatever a browser takes it for. */
const NOTHING_RUNS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

files.get('/:id', signedIn, async (req, res) => {
  const file = await seenFile(req);
  const isShown = file.kind !== 'file';
  await sendStored(req, res, {
    key: storageKey(file),
    size: fullSize(file),
    name: `full.${file.ending}`,
    headers: {
      ...NOTHING_RUNS,
      'Cache-Control': cacheOf(req, file),
      'Content-Disposition': isShown ? 'inline' : attachment(file.name || 'tiedosto', file.ending),
    },
  });
});

files.get('/:id/captions/:track', signedIn, async (req, res) => {
  const file = await seenFile(req);
  const language = /^(.+)\.vtt$/.exec(String(req.params.track))?.[1];
  const captions = found((await selectCaptions(file)).find((one) => isLanguage(language) && one.language === language));
  res
    .set({ ...NOTHING_RUNS, 'Cache-Control': 'private, no-cache' })
    .type('text/vtt')
    .send(writeVtt(captions.cues));
});

/** A copy of a picture, by its name. */
files.get('/:id/:copy', signedIn, async (req, res) => {
  const file = await seenFile(req);
  const copy = found(file.sizes.find(({ name }) => name === req.params.copy));
  await sendStored(req, res, {
    key: storageKey(file, copy.name),
    size: copy.bytes,
    name: copy.name,
    headers: { ...NOTHING_RUNS, 'Cache-Control': cacheOf(req, file), 'Content-Disposition': 'inline' },
  });
});

const seenFile = async (req: Request): Promise<StoredFile> =>
  found(await findVisibleFile(req.actor, canSeeDrafts(req.actor), String(req.params.id)));

const fullSize = ({ bytes, sizes }: StoredFile) => bytes - sizes.reduce((sum, copy) => sum + copy.bytes, 0);

/** An address that names the version is another one after the file was replaced. */
const cacheOf = ({ query }: Request, { version }: StoredFile) =>
  query.v === String(version) ? 'private, max-age=31536000, immutable' : 'private, max-age=300';
