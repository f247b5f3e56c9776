import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { LessonKind } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { VISIBLE } from './meaning.queries';

/** A course under way and the exact place to go on from. */
export interface UnderWay {
  course_slug: string;
  course_title: string;
  course_language: Language;
  slug: string;
  kind: LessonKind;
  spot: string;
  title: string;
  language: Language;
  done: number;
  total: number;
}

const MOST = 3;

/** The courses that the actor is in the middle of, the last seen first, each with the lesson that stopToContinue would choose. */
export function selectUnderWay(actor: Actor): Knex.Raw<{ rows: UnderWay[] }> {
  return db().raw(UNDER_WAY, {
    organisation: actor.organisation_id,
    person: actor.id,
    audiences: [...audiencesOf(actor)],
    languages: contentLanguages(actor.content_language),
    most: MOST,
  } as never);
}

const UNDER_WAY = `
  with visible as (${VISIBLE})
  select v.slug as course_slug, ct.title as course_title, ct.language as course_language, s.slug, s.kind, s.spot,
    t.title, t.language, n.done, n.total
  from (select * from enrolments where organisation_id = :organisation and person_id = :person and completed_at is null) e
  join visible v on v.id = e.course_id
  cross join lateral (select x.title, x.language from course_texts x where x.course_id = v.id
    order by array_position(cast(:languages as text[]), x.language) limit 1) ct
  cross join lateral (
    select l.id, l.slug, l.kind, coalesce(p.spot, '') as spot from lessons l
    left join lessons last on last.id = e.last_lesson_id
    left join lesson_progress p on p.organisation_id = e.organisation_id and p.person_id = e.person_id and p.lesson_id = l.id
    where l.course_id = v.id and l.published_at is not null and (l.audience = '{}' or l.audience && cast(:audiences as text[]))
      and p.completed_at is null
    order by (l.position, l.id) < (coalesce(last.position, 0), coalesce(last.id, l.id)), l.position, l.id limit 1) s
  cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = s.id
    order by array_position(cast(:languages as text[]), x.language) limit 1) t
  cross join lateral (
    select count(*)::int as total, count(p.completed_at)::int as done from lessons l
    left join lesson_progress p on p.organisation_id = e.organisation_id and p.person_id = e.person_id and p.lesson_id = l.id
    where l.course_id = v.id and l.published_at is not null
      and (l.audience = '{}' or l.audience && cast(:audiences as text[]))) n
  order by e.last_seen_at desc, v.slug limit :most`;
