import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { CourseDone, Piece } from './schemes';

/** Counted evidence of one's own in these skills, the newest first; a help level stands for the level that it shows. */
export function ownEvidence({ organisation_id, id }: Actor, codes: readonly string[]) {
  return db().raw<{ rows: Piece[] }>(
    `select id, competence_code, source, coalesce(level, case help_level when 3 then 5 when 2 then 3 when 1 then 1 else 0 end) as level,
       observed_at, note
     from (select o.*, row_number() over (partition by competence_code, source = 'self' order by observed_at desc, id) as place
       from counted_observations o where o.organisation_id = ? and o.person_id = ? and o.competence_code = any(?)) o
     where place <= 20 order by observed_at desc, id`,
    [organisation_id, id, [...codes]],
  );
}

/** Whether one has finished courses that were imported under these ids. */
export function ownCourses({ organisation_id, id }: Actor, exchangeIds: readonly string[]) {
  return db().raw<{ rows: CourseDone[] }>(
    `select distinct on (c.exchange_id) c.exchange_id, c.slug, e.completed_at from courses c
     left join enrolments e on e.organisation_id = :o and e.person_id = :p and e.course_id = c.id
     where c.exchange_id = any(:ids) and c.published_at is not null and (c.organisation_id = :o or exists (
       select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = :o)))
     order by c.exchange_id, e.completed_at nulls last, c.id`,
    { o: organisation_id, p: id, ids: [...exchangeIds] } as never,
  );
}

export interface LessonFor {
  competence_code: string;
  title: string;
  course: string;
  lesson: string;
  minutes: number;
}

/** For each skill one lesson that is not done and is nearest to the level. */
export function lessonsFor(actor: Actor, wanted: readonly { code: string; level: number }[]) {
  const languages = contentLanguages(actor.content_language);
  return db().raw<{ rows: LessonFor[] }>(
    `select distinct on (w.code) w.code as competence_code, t.title, c.slug as course, l.slug as lesson, l.minutes
     from unnest(?::text[], ?::int[]) as w(code, level)
     join lesson_competences k on k.competence_code = w.code
     join lessons l on l.id = k.lesson_id and l.published_at is not null and (l.audience = '{}' or l.audience && ?)
     join courses c on c.id = l.course_id and c.published_at is not null and (c.organisation_id = ? or exists (
       select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?)))
     join lateral (select title from lesson_texts where lesson_id = l.id and language = any(?)
       order by array_position(?, language) limit 1) t on true
     where not exists (select from lesson_progress d where d.organisation_id = ? and d.person_id = ? and d.lesson_id = l.id
       and d.completed_at is not null)
     order by w.code, abs(coalesce(l.level, 1) - w.level), c.slug, l.position`,
    [
      wanted.map(({ code }) => code),
      wanted.map(({ level }) => level),
      audiencesOf(actor),
      actor.organisation_id,
      actor.organisation_id,
      languages,
      languages,
      actor.organisation_id,
      actor.id,
    ] as never,
  );
}
