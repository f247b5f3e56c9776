import { db } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { ShownBlock } from './places';

export interface ReadCourse {
  id: string;
  title: string;
}

export interface ReadLesson {
  id: string;
  slug: string;
  course_slug: string;
  title: string;
  kind: string;
  quiz_id: string | null;
  /** Where it is written; null for one that came from elsewhere. */
  draft_id: string | null;
  blocks: ShownBlock[];
  html: string;
}

/** A course of the actor's own organisation; no rows for another's. */
export function selectCourse({ organisation_id, content_language }: Actor, id: string) {
  return db().raw<{ rows: ReadCourse[] }>(
    `select c.id, coalesce((select t.title from course_texts t where t.course_id = c.id
       order by array_position(?::text[], t.language) limit 1), c.slug) as title
     from courses c where c.organisation_id = ? and c.id = ?`,
    [contentLanguages(content_language), organisation_id, id] as never,
  );
}

/** Its published lessons in order, with the text that most of it is told by. */
export function selectLessons({ organisation_id, content_language }: Actor, courseId: string) {
  return db().raw<{ rows: ReadLesson[] }>(
    `select l.id, l.slug, c.slug as course_slug, l.kind, l.quiz_id, x.title, coalesce(x.blocks, '[]') as blocks, x.html,
       (select d.id from lesson_drafts d where d.organisation_id = l.organisation_id and d.lesson_id = l.id
         order by d.updated_at desc limit 1) as draft_id
     from courses c join lessons l on l.course_id = c.id and l.published_at is not null
       join lateral (select * from lesson_texts t where t.lesson_id = l.id
         order by array_position(?::text[], t.language) limit 1) x on true
     where c.organisation_id = ? and c.id = ? order by l.position, l.id limit 300`,
    [contentLanguages(content_language), organisation_id, courseId] as never,
  );
}

export interface Told {
  lesson_id: string;
  text: string;
  /** A day; of questions the moment is not told either. */
  day: string;
}

const MOST = 60;

/** What was said of the lessons, without names, the newest first. */
export function selectVoices({ organisation_id }: Actor, courseId: string) {
  return db().raw<{ rows: Told[] }>(
    `select v.lesson_id, v.words as text, to_char(v.given_on, 'YYYY-MM-DD') as day from lesson_voices v
     join lessons l on l.id = v.lesson_id and l.published_at is not null join courses c on c.id = l.course_id
     where v.organisation_id = ? and c.organisation_id = ? and c.id = ? and v.words <> ''
     order by v.given_on desc, v.id limit ${MOST}`,
    [organisation_id, organisation_id, courseId],
  );
}

/** What was asked under the lessons, in the actor's own organisation; what was taken away is not told. */
export function selectAsked({ organisation_id }: Actor, courseId: string) {
  return db().raw<{ rows: Told[] }>(
    `select m.lesson_id, m.body as text, to_char(m.written_at at time zone 'Europe/Helsinki', 'YYYY-MM-DD') as day
     from lesson_messages m join lessons l on l.id = m.lesson_id and l.published_at is not null
     where m.organisation_id = ? and l.organisation_id = ? and l.course_id = ? and m.reply_to is null and m.removed_at is null
     order by m.written_at desc, m.id limit ${MOST}`,
    [organisation_id, organisation_id, courseId],
  );
}
