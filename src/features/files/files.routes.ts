import { pipeline } from 'node:stream/promises';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { storage } from '../../lib/storage';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer, signedIn } from '../organisations/organisations.policy';
import { findVisibleFile, storageKey } from './files.model';

export const files = new Routes('/files');

/** A picture of a lesson that is not published yet is for those who write and those who sign. */
const canSeeDrafts = (actor: Actor) => isAuthor(actor) || isReviewer(actor);

files.get('/:id', signedIn, async (req, res) => {
  const file = found(await findVisibleFile(req.actor, canSeeDrafts(req.actor), String(req.params.id)));
  const bytes = found(await storage().read(storageKey(file)));

  res.set({
    'Content-Type': file.mime,
    'Content-Length': String(file.bytes),
    'Cache-Control': 'private, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
  await pipeline(bytes, res);
});
