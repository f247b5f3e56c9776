import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { sendStored } from '../../lib/send-stored';
import type { Actor } from '../organisations/organisations.model';
import { isAuthor, isReviewer, signedIn } from '../organisations/organisations.policy';
import { findVisibleFile, storageKey } from './files.model';

export const files = new Routes('/files');

/** A picture of a lesson that is not published yet is for those who write and those who sign. */
const canSeeDrafts = (actor: Actor) => isAuthor(actor) || isReviewer(actor);

files.get('/:id', signedIn, async (req, res) => {
  const file = found(await findVisibleFile(req.actor, canSeeDrafts(req.actor), String(req.params.id)));
  await sendStored(req, res, {
    key: storageKey(file),
    size: file.bytes,
    name: 'picture.webp',
    headers: {
      'Cache-Control': 'private, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    },
  });
});
