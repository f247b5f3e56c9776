import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { likePatterns } from '../../lib/search-words';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { OWN_FIRST, type Picture, VISIBLE_COURSES } from './courses.model';
import type { CatalogueQuery } from './courses.schema';

export interface CatalogueCourse {
  slug: string;
  picture: Picture;
  minutes: number;
  /** Lessons that are meant for the reader. */
  lessons: number;
  language: Language;
  title: string;
  summary: string;
  started_at: Date | null;
  completed_at: Date | null;
}

export const PER_PAGE = 24;

/** A page of the courses the actor may take, with how far they are: begun ones first, ready ones last. One statement. */
export async function readCatalogue(
  actor: Actor,
  { q, lang, time, page }: CatalogueQuery,
): Promise<{ courses: CatalogueCourse[]; total: number }> {
  const { rows } = await db().raw(CATALOGUE, [
    [...audiencesOf(actor)],
    ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
    contentLanguages(lang ?? actor.content_language),
    ...[actor.organisation_id, actor.id],
    likePatterns(q),
    ...[lang ?? null, lang ?? null],
    ...[time ?? null, time ?? null],
    ...[PER_PAGE, (page - 1) * PER_PAGE],
  ]);
  return { courses: rows, total: Number(rows[0]?.total ?? 0) };
}

const CATALOGUE = `
  select v.slug, v.picture, v.minutes, t.language, t.title, t.summary, e.started_at, e.completed_at,
    (select count(*)::int from lessons l where l.course_id = v.id and l.published_at is not null
      and (l.audience = '{}' or l.audience && ?::text[])) as lessons,
    count(*) over () as total
  from (${VISIBLE_COURSES} ${OWN_FIRST}) v
  cross join lateral (select x.language, x.title, x.summary from course_texts x where x.course_id = v.id
    order by array_position(?::text[], x.language) limit 1) t
  left join enrolments e on e.course_id = v.id and e.organisation_id = ? and e.person_id = ?
  where exists (select from course_texts x where x.course_id = v.id and x.title || ' ' || x.summary ilike all(?::text[])
      and (?::text is null or x.language = ?))
    and (?::int is null or v.minutes <= ?)
  order by e.completed_at is not null, e.started_at is null, e.last_seen_at desc, v.created_at, v.slug
  limit ? offset ?`;
