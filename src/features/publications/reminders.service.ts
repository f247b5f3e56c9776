import { addCalendarDays, dayOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { notify } from '../notifications/notifications.service';
import { selectOrganisations } from '../organisations/organisations.model';
import { tellAdministrators } from './accessibility.service';

export const REVIEW_JOB = 'publications.reviews';
/** How long before the day of review its owner is told, in days. */
const BEFORE_REVIEW = 14;
const BEFORE_ANSWER = 3;

/** The job of each day: owners hear of reviews that come near, administrators of answers that are due. Told once. */
export async function remindReviews(now = new Date()): Promise<void> {
  const today = dayOf(now);
  for (const { id: organisation_id } of await selectOrganisations())
    await withScope({ organisationId: organisation_id, personId: null }, () =>
      atomically(async () => {
        await remindOwners(organisation_id, today);
        const due = await db()
          .table('accessibility_reports')
          .where({ organisation_id, answered_at: null })
          .where('answer_by', '<=', addCalendarDays(today, BEFORE_ANSWER))
          .select(db().raw('id, answer_by::text as answer_by'));
        for (const { id, answer_by } of due as unknown as { id: string; answer_by: string }[])
          await tellAdministrators(organisation_id, 'publication.accessibility-due', answer_by, id);
      }),
    );
}

async function remindOwners(organisation_id: string, today: string): Promise<void> {
  const { rows } = await db().raw(
    `update publications set reminded_on = ? where organisation_id = ? and reminded_on is null and review_on <= ?
       and state <> 'withdrawn' and owner_id is not null returning id, owner_id, review_on::text as review_on`,
    [today, organisation_id, addCalendarDays(today, BEFORE_REVIEW)],
  );
  for (const { id, owner_id, review_on } of rows)
    await notify({
      ...{ organisation_id, person_id: owner_id, kind: 'publication.review', params: { date: review_on } },
      ...{ href: `/publications/${id}`, key: `review ${id} ${review_on}` },
    });
}
