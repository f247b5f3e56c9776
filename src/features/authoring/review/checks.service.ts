import { addCalendarDays, type Day, dayOf } from '../../../lib/calendar';
import { atomically, db } from '../../../lib/db';
import { conflict } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { withScope } from '../../../lib/scope';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { type Draft, findDraft, lockDraft, updateDraft } from '../drafts.model';
import { insertEvent } from './events.model';
import { peopleOf, tell } from './telling';

/** How long before the day those who make a text are told that it is to be read again. */
const DAYS_BEFORE = 14;

/** Chooses the day by which somebody reads the text again; null takes it away. */
export function setCheckDay(actor: Actor, draft: Draft, check_by: Day | null): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(draft.organisation_id, draft.id));
    await updateDraft(locked, { check_by });
    await recordAudit(actor, 'draft.check-day', { type: 'lesson_draft', id: draft.id }, { check_by });
  });
}

/** Somebody read a published text and it still holds; the next day is a year from now. Throws 409 for one that is not out. */
export function confirmText(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(draft.organisation_id, draft.id));
    if (locked.state !== 'published') throw conflict();
    await updateDraft(locked, { check_by: addCalendarDays(dayOf(new Date()), 365) });
    await insertEvent(locked, { kind: 'checked', person_id: actor.id });
    await recordAudit(actor, 'lesson.checked', { type: 'lesson_draft', id: draft.id });
  });
}

/** Part of the daily job: tells of each day once when it is near and once when it has come. */
export function remindOfChecks(organisation_id: string): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const today = dayOf(new Date());
    const { rows } = await db().raw<{ rows: { id: string; check_by: Day }[] }>(
      `select id, to_char(check_by, 'YYYY-MM-DD') as check_by from lesson_drafts
       where organisation_id = ? and lesson_id is not null and check_by <= ?::date order by check_by limit 500`,
      [organisation_id, addCalendarDays(today, DAYS_BEFORE)],
    );
    for (const { id, check_by } of rows) {
      const draft = await findDraft(organisation_id, id);
      if (!draft) continue;
      const stage = check_by <= today ? 'come' : 'near';
      const href = '/write/aging';
      await tell(draft, peopleOf(draft), {
        kind: 'draft.check',
        by: null,
        href,
        params: { date: check_by },
        key: `check ${id} ${check_by} ${stage}`,
      });
    }
  });
}
