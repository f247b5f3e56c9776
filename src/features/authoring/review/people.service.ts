import { atomically } from '../../../lib/db';
import { forbidden } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { type CourseRole, type Draft, lockDraft, updateDraft } from '../drafts.model';
import { deletePart, findMembers, insertPart, selectPairChoices } from './people.model';
import { tell } from './telling';

/** What somebody must be in the organisation to have a part; anybody may read and try. */
const NEEDED: Record<CourseRole, readonly string[]> = {
  author: ['author', 'expert'],
  reviewer: ['reviewer', 'expert'],
  tester: [],
  reader: [],
};

/** Gives a person a part in the draft's course, and tells them. False when their role in the organisation does not allow it. */
export function givePart(actor: Actor, draft: Draft, person: string, role: CourseRole): Promise<boolean> {
  return atomically(async () => {
    const [member] = await findMembers(draft.organisation_id, [person]);
    const { roles } = found(member);
    if (NEEDED[role].length > 0 && !NEEDED[role].some((needed) => roles.includes(needed))) return false;
    if (!(await insertPart(draft, { person_id: person, role, added_by: actor.id }))) return true;
    await recordAudit(actor, 'course.part-given', { type: 'person', id: person }, { course: draft.course_id, role });
    if (role !== 'tester') await tell(draft, [person], { kind: `draft.part-${role}`, by: actor.id });
    return true;
  });
}

export function takePart(actor: Actor, draft: Draft, person: string, role: CourseRole): Promise<void> {
  return atomically(async () => {
    if ((await deletePart(draft, { person_id: person, role })) > 0)
      await recordAudit(actor, 'course.part-taken', { type: 'person', id: person }, { course: draft.course_id, role });
  });
}

/**
 * Names the two who sign. Only people who were offered can be chosen; they are two people. Throws 403 otherwise. A place that a
 * signature fills stays with who gave it.
 */
export function namePair(
  actor: Actor,
  draft: Draft,
  pair: { expert_id: string | null; professional_id: string | null },
): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(draft.organisation_id, draft.id));
    const choices = await selectPairChoices(actor, locked);
    const isOffered = (id: string | null, kind: string) =>
      id === null || choices.some((choice) => choice.id === id && choice.kind === kind);
    const isOne = pair.expert_id !== null && pair.expert_id === pair.professional_id;
    if (isOne || !isOffered(pair.expert_id, 'expert') || !isOffered(pair.professional_id, 'reviewer'))
      throw forbidden();
    await updateDraft(locked, pair);
    await recordAudit(actor, 'draft.pair-named', { type: 'lesson_draft', id: draft.id }, pair);
    const fresh = [pair.expert_id, pair.professional_id].filter(
      (id) => id !== null && id !== locked.expert_id && id !== locked.professional_id,
    );
    await tell(locked, fresh as string[], { kind: 'draft.part-pair', by: actor.id });
  });
}
