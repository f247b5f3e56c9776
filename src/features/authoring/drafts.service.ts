import { atomically } from '../../lib/db';
import { found } from '../../lib/guards';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import type { DraftContent } from './drafts.document';
import { type Draft, type DraftKind, insertDraft, lockDraft, updateDraft } from './drafts.model';

const subject = (draft: { id: string }) => ({ type: 'lesson_draft', id: draft.id });

/** A new draft of the actor. `more`: its id, when the form that asks for it made one, and what it was copied from. */
export function createDraft(
  actor: Actor,
  courseId: string,
  kind: DraftKind,
  content: DraftContent,
  more: Partial<Pick<Draft, 'id' | 'based_on'>> = {},
): Promise<Draft> {
  return atomically(async () => {
    const draft = await insertDraft({
      organisation_id: actor.organisation_id,
      course_id: courseId,
      kind,
      content,
      author_id: actor.id,
      ...more,
    });
    await recordAudit(actor, 'draft.created', subject(draft), {
      kind,
      ...(more.based_on && { based_on: more.based_on.id }),
    });
    return draft;
  });
}

/** Keeps what was typed. False when someone saved another version meanwhile: nothing of theirs is overwritten. */
export function saveDraft(actor: Actor, draftId: string, version: number, content: DraftContent): Promise<boolean> {
  return atomically(async () => {
    const draft = found(await lockDraft(actor.organisation_id, draftId));
    if (draft.version !== version || draft.state !== 'writing') return false;
    if (JSON.stringify(draft.content) === JSON.stringify(content)) return true;
    await updateDraft(draft, { content, version: draft.version + 1 });
    return true;
  });
}
