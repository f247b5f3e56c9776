import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { LessonKind } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';

/** Where a person was last, in the course that they go on with. */
export interface LastPlace {
  kind: LessonKind;
  title: string;
  html: string;
  spot: string;
  completed_at: Date | null;
  last_seen_at: Date;
  /** Questions that have an answer in the open attempt, of how many. */
  answered: number;
  questions: number;
  next_title: string | null;
}

/** One row, or none for somebody who has begun nothing. */
export function selectLastPlace(actor: Actor): Knex.Raw<{ rows: LastPlace[] }> {
  const languages = contentLanguages(actor.content_language);
  const mine = [actor.organisation_id, actor.id];
  const audiences = audiencesOf(actor);
  return db().raw(
    `select l.kind, t.title, t.html, coalesce(p.spot, '') as spot, p.completed_at, e.last_seen_at,
       (select count(distinct a.question_id)::int from quiz_answers a where a.attempt_id = (select id from quiz_attempts q
         where q.organisation_id = ? and q.person_id = ? and q.quiz_id = l.quiz_id and q.submitted_at is null)) as answered,
       (select count(*)::int from questions q where q.quiz_id = l.quiz_id and q.retired_at is null
         and (q.draw is null or q.id = any((select a.drawn from quiz_attempts a
           where a.organisation_id = ? and a.person_id = ? and a.quiz_id = l.quiz_id and a.submitted_at is null)::uuid[]))
         and (q.audience = '{}' or q.audience && ?::text[])) as questions,
       (select x.title from lessons n join lesson_texts x on x.lesson_id = n.id
         where n.course_id = l.course_id and n.published_at is not null and n.position > l.position
           and (n.audience = '{}' or n.audience && ?::text[])
         order by n.position, n.id, array_position(?::text[], x.language) limit 1) as next_title
     from (select * from enrolments where organisation_id = ? and person_id = ? and completed_at is null
       order by last_seen_at desc limit 1) e
     join lessons l on l.id = e.last_lesson_id and l.published_at is not null
     cross join lateral (select x.title, x.html from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     left join lesson_progress p on p.organisation_id = ? and p.person_id = ? and p.lesson_id = l.id`,
    [...mine, ...mine, audiences, audiences, languages, ...mine, languages, ...mine] as never,
  );
}
