import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { selectChain } from '../loop/loop.service';
import { selectComments } from './comments.service';
import { selectApprovals, selectPictures, selectResponses, selectSignatures } from './publications.model';
import { canComment, canPublish, canSignFor } from './publications.policy';
import { type Opened, partsOf } from './reading';
import { hashOf, languagesOf, mayBeOutOfDate } from './texts';

/** In seconds; a publication that is public no more is gone from caches so soon. */
const A_WHILE = 300;

/** One who carries nothing gets the same page as anybody, so caches may keep it for a while; others get their own. */
export function cached(req: Request, res: Response): Response {
  res.vary('Cookie').vary('Accept-Language');
  if (!req.visitor && !req.headers.cookie) res.set('Cache-Control', `public, max-age=${A_WHILE}`);
  return res;
}

/** The page of a publication for this reader. */
export async function renderPublication(
  req: Request,
  res: Response,
  opened: Opened,
  errors: FieldErrors = {},
  values: object = {},
): Promise<void> {
  const { publication, version, language } = opened;
  const { id } = publication;
  const { visitor } = req;
  const approvals = await selectApprovals(id);
  const signatures = await selectSignatures(id);
  const responses = await selectResponses(id);
  const comments = await selectComments(id);
  const pictures = await selectPictures(id);
  const chain = await selectChain('publication', id);
  const own = approvals.filter(({ number }) => number === version.number);
  const isMine = signatures.some((one) => one.organisation_id === visitor?.organisation_id && !one.withdrawn_at);
  const canSign = canSignFor(visitor) && publication.kind === 'statement' && publication.state === 'published';
  const page = errorsFree(errors) && !req.query.saved && !req.query.commented ? cached(req, res) : res;
  page.render('publications/publication', {
    ...{ publication, version, language, errors, values, chain, signatures, responses, approvals: own },
    words: version.texts.words[language],
    parts: partsOf(version.texts, language, pictures),
    languages: languagesOf(version.texts, publication.language),
    isOld: mayBeOutOfDate(version.texts, publication.language, language),
    isWhole: version.frozen_hash === null || version.frozen_hash === hashOf(version.texts),
    comments: comments.filter(({ state }) => state !== 'hidden' || canPublish(visitor, publication)),
    isWriter: opened.isWriter,
    isPublisher: canPublish(visitor, publication),
    isAsked: own.some(({ person_id, approved_at }) => person_id === visitor?.id && !approved_at),
    ...{ canSign: canSign && !isMine, isMine: canSign && isMine },
    mayComment: canComment(visitor, publication),
    saved: String(req.query.saved ?? ''),
    commented: String(req.query.commented ?? ''),
  });
}

const errorsFree = (errors: FieldErrors) => Object.keys(errors).length === 0;
