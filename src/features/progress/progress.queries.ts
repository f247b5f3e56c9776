import type { Knex } from 'knex';
import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { PublishedBlock } from '../blocks/published';
import {
  type BasedOn,
  type LessonKind,
  OWN_FIRST,
  type Picture,
  VISIBLE_COURSES,
  type Video,
} from '../courses/courses.model';
import { OWN_WORDS_AT } from '../glossary/own-words.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { ASSIGNED, assignedBindings } from '../paths/paths.model';
import { ANSWERED_BLOCKS } from './lesson-answers.model';
import { type LessonNews, NEWS } from './lesson-news';
import { type AskedLesson, selectAskedLessons } from './requirements.service';

/** A course as its reader meets it, in the first of their languages that it has. */
export interface CourseHead {
  id: string;
  slug: string;
  picture: Picture;
  minutes: number;
  language: Language;
  title: string;
  summary: string;
  competences: {
    code: string;
    from_level: number;
    to_level: number /** What it was copied from. */;
    based_on: BasedOn | null;
  }[];
  started_at: Date | null;
  completed_at: Date | null;
  last_lesson_id: string | null;
  is_kept: boolean;
}

/** A lesson in the list of its course. */
export interface Stop {
  id: string;
  slug: string;
  kind: LessonKind;
  minutes: number;
  language: Language;
  title: string;
  spot: string;
  completed_at: Date | null;
}

export interface LessonView extends Stop {
  course_id: string;
  course_slug: string;
  course_title: string;
  course_picture: Picture;
  h5p_content_id: string | null;
  video: Video | null;
  html: string;
  practice: string;
  /** The lesson piece by piece, of one published since lessons have had blocks. */
  blocks: PublishedBlock[] | null;
  /** The same in other languages that were asked for. */
  other_blocks: Partial<Record<Language, PublishedBlock[]>> | null;
  reviewed: boolean;
  languages: Language[];
  credits: { kind: 'written' | 'true_to_life' | 'correct_and_safe'; name: string; as_role: boolean }[];
  /** With how many readers it was tried before it was published, and how many of them read it to the end. */
  tested_with: number | null;
  tested_finished: number | null;
  /** What the text was copied from. */
  based_on: BasedOn | null;
  version: number;
  /** The newest version that the reader has seen. */
  seen_version: number | null;
  /** What changed since then. */
  news: LessonNews[];
  /** When the hard words of the reader's organisation changed last. */
  words_at: string | null;
  last_lesson_id: string | null;
  last_seen_at: Date | null;
  is_kept: boolean;
  /** The reader's own notes about the lesson, the oldest first. */
  notes: { id: string; body: string; spot: string }[];
  /** How many messages people of the reader's organisation have under the lesson. */
  messages: number;
  /** Blocks whose question the reader answered. */
  answered: string[];
  /** Whether the reader said how the lesson helped. */
  has_feedback: boolean;
}

/** The course that follows on a path agreed with the reader. */
export interface NextCourse {
  slug: string;
  title: string;
  path_title: string;
}

type Rows<R> = Knex.Raw<{ rows: R[] }>;

/** The course and its lessons for this reader, in one flight; undefined when they may not take it. */
export async function readCourse(
  actor: Actor,
  slug: string,
): Promise<
  { course: CourseHead; stops: Stop[]; nextCourse: NextCourse | undefined; asked: AskedLesson[] } | undefined
> {
  const [heads, stops, next, asked] = await together(
    selectHead(actor, slug),
    selectStops(actor, slug),
    selectNextOnPath(actor, slug),
    selectAskedLessons(actor, slug),
  );
  const course = heads.rows[0];
  return course && { course, stops: stops.rows, nextCourse: next.rows[0], asked: asked.rows };
}

/** A lesson and the list it stands in, in one flight; undefined when it is not there for this reader. */
export async function readLesson(
  actor: Actor,
  courseSlug: string,
  lessonSlug: string,
  others: readonly Language[] = [],
): Promise<{ lesson: LessonView; stops: Stop[] } | undefined> {
  const [lessons, stops] = await together(
    selectLesson(actor, courseSlug, lessonSlug, others),
    selectStops(actor, courseSlug),
  );
  const lesson = lessons.rows[0];
  return lesson && { lesson, stops: stops.rows };
}

/** The course of this slug that the actor may take, as `v`; the bindings of ONE_COURSE. */
const ONE_COURSE = `(${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1) v`;
const oneCourse = (actor: Actor, slug: string) => [
  actor.organisation_id,
  actor.organisation_id,
  slug,
  actor.organisation_id,
];

function selectHead(actor: Actor, slug: string): Rows<CourseHead> {
  return db().raw(
    `select v.id, v.slug, v.picture, v.minutes, v.based_on, t.language, t.title, t.summary,
       coalesce((select jsonb_agg(jsonb_build_object('code', k.competence_code, 'from_level', k.from_level,
         'to_level', k.to_level) order by k.competence_code) from course_competences k where k.course_id = v.id), '[]')
         as competences,
       e.started_at, e.completed_at, e.last_lesson_id,
       exists (select from bookmarks b where b.organisation_id = ? and b.person_id = ? and b.course_id = v.id
         and b.lesson_id is null) as is_kept
     from ${ONE_COURSE}
     cross join lateral (select x.language, x.title, x.summary from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) t
     left join enrolments e on e.course_id = v.id and e.organisation_id = ? and e.person_id = ?`,
    [
      ...[actor.organisation_id, actor.id],
      ...oneCourse(actor, slug),
      ...[contentLanguages(actor.content_language), actor.organisation_id, actor.id],
    ],
  );
}

function selectStops(actor: Actor, slug: string): Rows<Stop> {
  return db().raw(
    `select l.id, l.slug, l.kind, l.minutes, t.language, t.title, coalesce(p.spot, '') as spot, p.completed_at
     from ${ONE_COURSE}
     join lessons l on l.course_id = v.id
     cross join lateral (select x.language, x.title from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = ? and p.person_id = ?
     where l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])
     order by l.position, l.id`,
    [
      ...oneCourse(actor, slug),
      contentLanguages(actor.content_language),
      ...[actor.organisation_id, actor.id, audiencesOf(actor)],
    ],
  );
}

function selectNextOnPath(actor: Actor, slug: string): Rows<NextCourse> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select n.slug, ct.title, pt.title as path_title
     from ${ONE_COURSE}
     join path_courses mine on mine.course_id = v.id
     join (select a.path_id, min(a.due_on) as due_on from path_assignments a where ${ASSIGNED} group by 1) d
       on d.path_id = mine.path_id
     join path_courses pc on pc.path_id = mine.path_id and pc.course_id <> v.id
     join (${VISIBLE_COURSES} ${OWN_FIRST}) n on n.id = pc.course_id
     cross join lateral (select x.title from course_texts x where x.course_id = n.id
       order by array_position(?::text[], x.language) limit 1) ct
     cross join lateral (select x.title from learning_path_texts x where x.path_id = pc.path_id
       order by array_position(?::text[], x.language) limit 1) pt
     left join enrolments e on e.course_id = n.id and e.organisation_id = ? and e.person_id = ?
     where e.completed_at is null
     order by d.due_on nulls last, pc.position limit 1`,
    [
      ...oneCourse(actor, slug),
      ...assignedBindings(actor),
      ...[actor.organisation_id, actor.organisation_id, actor.organisation_id],
      ...[languages, languages, actor.organisation_id, actor.id],
    ] as never,
  );
}

function selectLesson(
  actor: Actor,
  courseSlug: string,
  lessonSlug: string,
  others: readonly Language[],
): Rows<LessonView> {
  const languages = contentLanguages(actor.content_language);
  return db().raw(
    `select l.id, l.slug, l.kind, l.minutes, l.course_id, v.slug as course_slug, v.picture as course_picture, l.h5p_content_id, l.video,
       ct.title as course_title, t.language, t.title, t.html, t.practice, t.blocks, t.reviewed,
       (select jsonb_object_agg(x.language, x.blocks) from lesson_texts x
         where x.lesson_id = l.id and x.language = any(?::text[]) and x.blocks is not null) as other_blocks,
       array(select x.language from lesson_texts x where x.lesson_id = l.id) as languages,
       coalesce((select jsonb_agg(jsonb_build_object('kind', k.kind, 'name', k.name, 'as_role', k.as_role) order by k.kind desc)
         from lesson_credits k where k.lesson_id = l.id and (k.name <> '' or k.as_role)), '[]') as credits,
       l.tested_with, l.tested_finished, l.based_on,
       coalesce(p.spot, '') as spot, p.completed_at, l.version, p.seen_version, ${NEWS} as news, ${OWN_WORDS_AT} as words_at, e.last_lesson_id, e.last_seen_at,
       exists (select from bookmarks b where b.organisation_id = ? and b.person_id = ? and b.lesson_id = l.id) as is_kept,
       coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'body', n.body, 'spot', n.spot) order by n.created_at, n.id)
         from notes n where n.organisation_id = ? and n.person_id = ? and n.lesson_id = l.id), '[]') as notes,
       (select count(*)::int from lesson_messages m where m.organisation_id = ? and m.lesson_id = l.id and m.removed_at is null)
         as messages,
       exists (select from lesson_feedback f where f.organisation_id = ? and f.person_id = ? and f.lesson_id = l.id) as has_feedback,
       ${ANSWERED_BLOCKS} as answered
     from ${ONE_COURSE}
     join lessons l on l.course_id = v.id
     cross join lateral (select x.title from course_texts x where x.course_id = v.id
       order by array_position(?::text[], x.language) limit 1) ct
     cross join lateral (select * from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     left join lesson_progress p on p.lesson_id = l.id and p.organisation_id = ? and p.person_id = ?
     left join enrolments e on e.course_id = v.id and e.organisation_id = ? and e.person_id = ?
     where l.slug = ? and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])`,
    [
      [...others],
      ...[actor.organisation_id, actor.organisation_id, actor.id, actor.organisation_id, actor.id],
      ...[actor.organisation_id, actor.organisation_id, actor.id],
      ...[actor.organisation_id, actor.id],
      ...oneCourse(actor, courseSlug),
      ...[languages, languages],
      ...[actor.organisation_id, actor.id, actor.organisation_id, actor.id],
      ...[lessonSlug, audiencesOf(actor)],
    ],
  );
}
