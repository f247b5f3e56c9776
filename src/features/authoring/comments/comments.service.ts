import { atomically } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import type { Draft } from '../drafts.model';
import { peopleOf, tell } from '../review/telling';
import type { Anchor } from './anchor';
import { type DraftComment, deleteComment, insertComment, selectSpeakers, setResolved } from './comments.model';

const NOWHERE: Anchor = { piece_id: '', quote: '', before: '', after: '' };
const hrefOf = (draft: Draft, comment: string) => `/write/drafts/${draft.id}/comments#${comment}`;

/** Says something of a passage; those who make the draft hear that something was said, not what. Safe to call twice. */
export function comment(
  actor: Actor,
  draft: Draft,
  said: { id: string; body: string; language: Language; anchor: Anchor },
): Promise<void> {
  const { id, body, language, anchor } = said;
  return atomically(async () => {
    const row = { ...anchor, id, body, language, reply_to: null };
    if (!(await insertComment({ ...row, ...ownColumns(actor, draft) }))) return;
    await tell(draft, peopleOf(draft), {
      kind: 'draft.commented',
      by: actor.id,
      href: hrefOf(draft, id),
      key: `comment ${id}`,
    });
  });
}

/** Answers in a thread; everybody in it hears. Safe to call twice. */
export function reply(
  actor: Actor,
  draft: Draft,
  thread: DraftComment,
  said: { id: string; body: string },
): Promise<void> {
  return atomically(async () => {
    const row = { ...NOWHERE, ...said, language: thread.language, reply_to: thread.id };
    if (!(await insertComment({ ...row, ...ownColumns(actor, draft) }))) return;
    const hearers = [...(await selectSpeakers(thread)), ...(draft.author_id ? [draft.author_id] : [])];
    await tell(draft, hearers, {
      kind: 'draft.answered',
      by: actor.id,
      href: hrefOf(draft, thread.id),
      key: `comment ${said.id}`,
    });
  });
}

const ownColumns = (actor: Actor, draft: Draft) => ({
  organisation_id: draft.organisation_id,
  draft_id: draft.id,
  person_id: actor.id,
  draft_version: draft.version,
});

/** Settles a thread, or takes it up again. Safe to call twice. */
export function settle(actor: Actor, thread: DraftComment, isResolved: boolean): Promise<void> {
  return atomically(async () => {
    if (!(await setResolved(thread, isResolved ? actor.id : null))) return;
    const action = isResolved ? 'comment.resolved' : 'comment.reopened';
    await recordAudit(actor, action, { type: 'draft_comment', id: thread.id });
  });
}

/** The speaker takes their own words away. False when somebody has answered them. */
export function withdraw(actor: Actor, own: DraftComment): Promise<boolean> {
  return atomically(async () => {
    const isGone = await deleteComment(own);
    if (isGone) await recordAudit(actor, 'comment.withdrawn', { type: 'draft_comment', id: own.id });
    return isGone;
  });
}
