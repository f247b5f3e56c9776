import { db, onReplica } from '../../../lib/db';
import type { Actor } from '../../organisations/organisations.model';
import { ASSIGNED, assignedBindings } from '../../paths/paths.model';
import type { AgreedCourse } from '../figures/training';
import { HISTORY, VALID_UNTIL } from '../pages/team.queries';

/** A course of one's own: agreed or begun freely. */
export interface OwnCourse extends Omit<AgreedCourse, 'person_id' | 'name' | 'agreed_at'> {
  /** Null when nobody agreed on it: only the person sees it. */
  agreed_at: Date | null;
  started_at: Date | null;
}

/** All courses that have been agreed with the person or that they have begun, by title; those agreed first. */
export async function readOwnTraining(actor: Actor, read = onReplica): Promise<OwnCourse[]> {
  const { rows } = await read(async () =>
    db().raw<{ rows: OwnCourse[] }>(
      `with agreed as (
         select pc.course_id, min(a.due_on) as due_on, min(a.assigned_at) as agreed_at, min(pc.valid_months) as valid_months,
           max(lp.renewal_days) as renewal_days
         from path_assignments a join learning_paths lp on lp.id = a.path_id join path_courses pc on pc.path_id = a.path_id
         where ${ASSIGNED} group by 1
       ),
       enrolled as (select * from enrolments where organisation_id = ? and person_id = ?)
       select c.id as course_id, c.slug,
         (select title from course_texts where course_id = c.id order by language = ? desc, language = 'fi' desc limit 1) as title,
         a.agreed_at, to_char(a.due_on, 'YYYY-MM-DD') as due_on, e.started_at, e.completed_at, e.renewed_at, r.recognised_at,
         coalesce(e.lessons_done, 0) as lessons_done, coalesce(e.lessons_total, c.lessons_total) as lessons_total,
         to_char(${VALID_UNTIL}, 'YYYY-MM-DD') as valid_until,
         to_char(${VALID_UNTIL} - a.renewal_days, 'YYYY-MM-DD') as renew_from,
         (select max(p.completed_at) from lesson_progress p where p.organisation_id = e.organisation_id
           and p.person_id = e.person_id and p.course_id = e.course_id) as last_done_at,
         ${HISTORY('e.organisation_id', 'e.person_id', 'e.course_id')} as history
       from agreed a full join enrolled e using (course_id) join courses c on c.id = course_id
       left join (select s.course_id as recognised_id, max(k.marked_at) as recognised_at from path_step_marks k
         join path_steps s on s.organisation_id = k.organisation_id and s.id = k.step_id and s.course_id is not null
         where k.organisation_id = ? and k.person_id = ? and k.how = 'recognised' group by 1) r on r.recognised_id = course_id
       order by a.agreed_at is null, title, c.id`,
      [
        ...[...assignedBindings(actor), actor.organisation_id, actor.id, actor.content_language],
        ...[actor.organisation_id, actor.id],
      ],
    ),
  );
  return rows;
}
