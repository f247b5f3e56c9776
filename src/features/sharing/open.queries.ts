import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { PublishedBlock } from '../blocks/published';
import type { BasedOn, Picture, Video } from '../courses/courses.model';
import type { StoredFile } from '../files/files.model';

/** SQL: public courses `c` of organisations `o`. What a course has for anybody is its texts and videos that are meant for all. */
const OPEN = `courses c join organisations o on o.id = c.organisation_id and c.is_public and c.published_at is not null`;
const OPEN_LESSON = `l.published_at is not null and l.audience = '{}' and l.kind in ('text', 'video')`;

const TEXT = `cross join lateral (select x.language, x.title, x.summary from course_texts x where x.course_id = c.id
  order by array_position(?::text[], x.language) limit 1) t`;

export interface OpenCourse {
  id: string;
  slug: string;
  organisation_slug: string;
  organisation_name: string;
  picture: Picture;
  language: Language;
  languages: Language[];
  title: string;
  summary: string;
  based_on: BasedOn | null;
  lessons: number;
  minutes: number;
}

const COURSE = `c.id, c.slug, c.picture, c.based_on, o.slug as organisation_slug, o.name as organisation_name, t.language, t.title,
  t.summary, array(select x.language from course_texts x where x.course_id = c.id order by 1) as languages,
  (select count(*)::int from lessons l where l.course_id = c.id and ${OPEN_LESSON}) as lessons,
  (select coalesce(sum(l.minutes), 0)::int from lessons l where l.course_id = c.id and ${OPEN_LESSON}) as minutes`;

/** Every public course of the installation, by title. */
export async function selectOpenCourses(languages: readonly Language[]): Promise<OpenCourse[]> {
  const { rows } = await db().raw(
    `select * from (select ${COURSE} from ${OPEN} ${TEXT}) c where lessons > 0 order by lower(title), id limit 300`,
    [languages] as never,
  );
  return rows;
}

export async function findOpenCourse(
  organisation: string,
  slug: string,
  languages: readonly Language[],
): Promise<OpenCourse | undefined> {
  const { rows } = await db().raw(`select ${COURSE} from ${OPEN} ${TEXT} where o.slug = ? and c.slug = ?`, [
    languages,
    organisation,
    slug,
  ] as never);
  return rows[0];
}

export interface OpenStop {
  id: string;
  slug: string;
  minutes: number;
  title: string;
  language: Language;
}

/** The lessons that anybody may read, in order; `inside`: how many more there are for those who sign in. */
export async function selectOpenStops(
  courseId: string,
  languages: readonly Language[],
): Promise<{ stops: OpenStop[]; inside: number }> {
  const { rows } = await db().raw<{ rows: (OpenStop & { is_open: boolean })[] }>(
    `select l.id, l.slug, l.minutes, t.title, t.language, ${OPEN_LESSON} as is_open
     from lessons l cross join lateral (select x.language, x.title from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     where l.course_id = ? and l.published_at is not null and l.audience = '{}' order by l.position, l.id`,
    [languages, courseId] as never,
  );
  return { stops: rows.filter(({ is_open }) => is_open), inside: rows.filter(({ is_open }) => !is_open).length };
}

export interface OpenLesson extends OpenStop {
  video: Video | null;
  html: string;
  practice: string;
  blocks: PublishedBlock[] | null;
  languages: Language[];
  based_on: BasedOn | null;
  /** What was signed for it, without any name. */
  signed: string[];
}

export async function findOpenLesson(
  courseId: string,
  slug: string,
  languages: readonly Language[],
): Promise<OpenLesson | undefined> {
  const { rows } = await db().raw(
    `select l.id, l.slug, l.minutes, l.video, l.based_on, t.title, t.language, t.html, t.practice, t.blocks,
       array(select x.language from lesson_texts x where x.lesson_id = l.id order by 1) as languages,
       array(select k.kind from lesson_credits k where k.lesson_id = l.id and k.kind <> 'written' order by k.kind desc) as signed
     from lessons l cross join lateral (select x.* from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     where l.course_id = ? and l.slug = ? and ${OPEN_LESSON}`,
    [languages, courseId, slug] as never,
  );
  return rows[0];
}

/** A file that a lesson of the public course shows to anybody. */
export async function findOpenFile(organisation: string, slug: string, id: string): Promise<StoredFile | undefined> {
  const { rows } = await db().raw(
    `select f.* from files f where f.id::text = ? and f.deleted_at is null and exists (
       select from ${OPEN} join lessons l on l.course_id = c.id and ${OPEN_LESSON}
       join lesson_files lf on lf.lesson_id = l.id and lf.file_id = f.id
       where o.slug = ? and c.slug = ? and f.organisation_id = c.organisation_id)`,
    [id, organisation, slug],
  );
  return rows[0];
}
