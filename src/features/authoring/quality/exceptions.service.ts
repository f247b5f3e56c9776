import { atomically } from '../../../lib/db';
import { conflict } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { type Draft, lockDraft, updateDraft } from '../drafts.model';

/**
 * Lets a barrier stand with a reason; an empty reason takes that back. Part of the text: whoever signs, signs it too. Throws 409
 * when the draft is not being written. What the reason says is not in the audit, only what it is for.
 */
export function putException(actor: Actor, draft: Draft, finding: string, reason: string): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(draft.organisation_id, draft.id));
    if (locked.state !== 'writing') throw conflict();
    const before = locked.content.exceptions ?? [];
    if (before.some((one) => one.finding === finding && one.reason === reason)) return;
    const others = before.filter((one) => one.finding !== finding);
    const exceptions = reason ? [...others, { finding, reason }] : others;
    await updateDraft(locked, { content: { ...locked.content, exceptions }, version: locked.version + 1 });
    const action = reason ? 'draft.exception' : 'draft.exception-removed';
    await recordAudit(actor, action, { type: 'lesson_draft', id: draft.id }, { finding });
  });
}
