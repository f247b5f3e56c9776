import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import { ASSIGNED, assignedBindings } from '../paths/paths.model';

/** One completion of a course, the first or a renewal. */
export interface Completion {
  on: Day;
  is_renewal: boolean;
  /** The last day it was valid, as was agreed that day; null when it did not end. */
  valid_until: Day | null;
}

/**
 * Adds the newest completion of the course to the person's history, with its last day as agreed today. Safe to repeat; does
 * nothing while the course is not completed.
 */
export async function keepCompletion(organisationId: string, personId: string, courseId: string): Promise<void> {
  await db().raw(
    `insert into course_completions (organisation_id, person_id, course_id, completed_at, is_renewal, valid_until)
     select e.organisation_id, e.person_id, e.course_id, coalesce(e.renewed_at, e.completed_at), e.renewed_at is not null,
       ((coalesce(e.counts_from, e.renewed_at, e.completed_at) at time zone 'Europe/Helsinki')::date
         + make_interval(months => agreed.months))::date
     from enrolments e, (select min(pc.valid_months) as months from path_assignments a
       join path_courses pc on pc.path_id = a.path_id and pc.course_id = ? where ${ASSIGNED}) agreed
     where e.organisation_id = ? and e.person_id = ? and e.course_id = ? and e.completed_at is not null
     on conflict do nothing`,
    [
      ...[courseId, ...assignedBindings({ id: personId, organisation_id: organisationId })],
      ...[organisationId, personId, courseId],
    ] as never,
  );
}
