import type { Knex } from 'knex';
import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import type { SkillEstimate } from '../skills/observations.model';
import type { Candidate } from './suggestions';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** What is known of the person's skills. */
export const selectLevels = ({ organisation_id, id }: Actor) =>
  db()('skill_estimates').where({ organisation_id, person_id: id }).select<SkillEstimate[]>('*');

export interface LessonChoice extends Candidate {
  slug: string;
  /** Questions have the name of their course with them: there are many of that name. */
  title: string;
  language: Language;
  /** There is a text in easy Finnish. */
  has_easy: boolean;
}

/** So many of one skill at most: the ladder shows a few of them. */
const MOST_OF_ONE = 60;

/**
 * Lessons that teach these skills, which the person may open and has not done. A lesson that names a skill of another framework
 * counts for the one that the organisation has mapped it to.
 */
export function selectCandidates(actor: Actor, codes: readonly string[]): Rows<LessonChoice> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `with wanted as (
       select code, code as taught from unnest(?::text[]) as w(code)
       union
       select w.code, m.from_code from unnest(?::text[]) as w(code)
       join framework_mappings m on m.to_code = w.code and m.organisation_id = ?
         and m.to_framework = (select framework_id from organisation_words where organisation_id = ?))
     select * from (
       select l.id, w.code, l.level, l.minutes, v.slug as course, l.position, l.slug,
         case l.kind when 'quiz' then t.title || ': ' || ct.title else t.title end as title, t.language,
         exists (select from lesson_texts e where e.lesson_id = l.id and e.language = 'fi-x-selko') as has_easy,
         row_number() over (partition by w.code order by coalesce(l.level, 1), v.slug, l.position) as place
       from wanted w
       join lesson_competences k on k.competence_code = w.taught
       join lessons l on l.id = k.lesson_id and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])
       join (${VISIBLE_COURSES} ${OWN_FIRST}) v on v.id = l.course_id
       cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
         order by array_position(?::text[], x.language) limit 1) t
       cross join lateral (select x.title from course_texts x where x.course_id = v.id
         order by array_position(?::text[], x.language) limit 1) ct
       where not exists (select from lesson_progress d where d.organisation_id = ? and d.person_id = ?
         and d.lesson_id = l.id and d.completed_at is not null)) found
     where place <= ${MOST_OF_ONE} order by code, place`,
    [
      ...[codes, codes, actor.organisation_id, actor.organisation_id, audiencesOf(actor)],
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      ...[languages, languages, actor.organisation_id, actor.id],
    ] as never,
  );
}
