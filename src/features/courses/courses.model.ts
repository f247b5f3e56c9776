import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import { refreshCourseSearch } from './search-index.model';

export const PICTURES = ['lock', 'message', 'video', 'path'] as const;
export type Picture = (typeof PICTURES)[number];

export interface Course {
  id: string;
  organisation_id: string;
  slug: string;
  exchange_id: string | null;
  picture: Picture;
  minutes: number;
  /** Published lessons of every audience. */
  lessons_total: number;
  sources: string[];
  published_at: Date | null;
  /** Anybody may read its texts, without signing in. */
  is_public: boolean;
  /** What it was copied from. */
  based_on: BasedOn | null;
  created_at: Date;
}

/** Where a copied text comes from, as readers are told: by name, so that it stays true when the other is gone. */
export interface BasedOn {
  /** By language. */
  title: Partial<Record<Language, string>>;
  organisation: string;
  /** The lesson or course; it may be gone. */
  id: string;
  /** What that one was based on itself. */
  earlier?: BasedOn;
}

export interface CourseText {
  course_id: string;
  language: Language;
  title: string;
  summary: string;
  reviewed: boolean;
}

export const LESSON_KINDS = ['text', 'video', 'quiz', 'h5p'] as const;
export type LessonKind = (typeof LESSON_KINDS)[number];

/** A video of our own (an address of ours) or a link to another site. Its transcript is the lesson's text. */
export interface Video {
  file?: string;
  link?: string;
  captions?: string;
}

export interface Lesson {
  id: string;
  organisation_id: string;
  course_id: string;
  module_id: string;
  exchange_id: string | null;
  slug: string;
  position: number;
  kind: LessonKind;
  minutes: number;
  level: number | null;
  /** For whom (see isForAudience in organisations.policy); empty for everyone. */
  audience: string[];
  quiz_id: string | null;
  h5p_content_id: string | null;
  video: Video | null;
  version: number;
  published_at: Date | null;
}

export interface LessonText {
  lesson_id: string;
  language: Language;
  title: string;
  body: string;
  html: string;
  practice: string;
  follows_version: number;
  reviewed: boolean;
}

export type PublishedLesson = Lesson & { course_slug: string };

/**
 * SQL: the ids of courses that the person in scope has begun. What was begun stays theirs when a share is withdrawn. Never
 * bound to a row, so that it is read once for a whole list.
 */
export const BEGUN_COURSES = `(select b.course_id from enrolments b
  where b.organisation_id = (select oppiva_organisation()) and b.person_id = (select oppiva_person()))`;

/**
 * SQL: courses `c` that an organisation (two bindings, the same id) may use: its own and those shared with it or with all,
 * and what the person in scope began while it was shared.
 * Where an own course has the same slug as a shared one, only the own one counts.
 */
export const VISIBLE_COURSES = `
  select distinct on (c.slug) c.* from courses c
  where c.published_at is not null and (c.organisation_id = ? or exists (
    select from course_shares s where s.course_id = c.id and (s.organisation_id is null or s.organisation_id = ?))
    or c.id in ${BEGUN_COURSES})`;
/** SQL that ends VISIBLE_COURSES after more conditions; one binding, the organisation. */
export const OWN_FIRST = 'order by c.slug, (c.organisation_id = ?) desc, c.created_at';

/** A published course of the organisation or one shared with it; undefined for a draft, a foreign and an absent one. */
export async function findVisibleCourse(organisationId: string, slug: string): Promise<Course | undefined> {
  const { rows } = await db().raw(`${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1`, [
    organisationId,
    organisationId,
    slug,
    organisationId,
  ]);
  return rows[0];
}

/** A published lesson of a course that the organisation may use; undefined for any other. Audience is asked with isForAudience. */
export async function findPublishedLesson(
  organisationId: string,
  courseSlug: string,
  lessonSlug: string,
): Promise<PublishedLesson | undefined> {
  const { rows } = await db().raw(
    `select l.*, v.slug as course_slug from (${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1) v
     join lessons l on l.course_id = v.id where l.slug = ? and l.published_at is not null`,
    [organisationId, organisationId, courseSlug, organisationId, lessonSlug],
  );
  return rows[0];
}

/** Published lessons of a course in order, every audience. */
export function selectPublishedLessons(courseId: string): Promise<Lesson[]> {
  return db().table('lessons').where({ course_id: courseId }).whereNotNull('published_at').orderBy(['position', 'id']);
}

/**
 * Keeps the course's count of published lessons, its minutes, and what is found of it; call it last in the transaction that
 * publishes or takes back. It locks the course, so two of them do not meet.
 */
export async function refreshCourseCounts(courseId: string): Promise<void> {
  await db().raw(
    `update courses c set
       lessons_total = (select count(*) from lessons l where l.course_id = c.id and l.published_at is not null),
       minutes = coalesce((select sum(l.minutes) from lessons l where l.course_id = c.id and l.published_at is not null
         and l.kind <> 'quiz'), 0)
     where c.id = ?`,
    [courseId],
  );
  await refreshCourseSearch([courseId]);
}

/** The organisation that keeps most courses of the installation; undefined while there are none. For commands only. */
export async function findCourseKeeper(): Promise<string | undefined> {
  const { rows } = await db().raw(
    'select organisation_id as id from courses group by organisation_id order by count(*) desc, min(created_at) limit 1',
  );
  return rows[0]?.id;
}
