import { db, together } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';

/** A message as it is read: the words of one that was taken away are null. */
export interface ShownMessage {
  id: string;
  reply_to: string | null;
  name: string;
  body: string | null;
  written_at: Date;
  changed_at: Date | null;
  is_own: boolean;
  /** Taken away by the reader themself: they may give it back. */
  removed_by_self: boolean;
}
export type Thread = ShownMessage & { answers: ShownMessage[] };

export interface DiscussedLesson {
  id: string;
  title: string;
  language: Language;
  course_title: string;
  course_slug: string;
  slug: string;
}

/** The newest that a page shows; who wants older ones opens them by `before`. */
const MOST_THREADS = 50;

/**
 * A lesson with what people of the actor's organisation said under it, the newest thread first, in one flight; undefined when
 * the actor may not open the lesson.
 */
export async function readDiscussion(actor: Actor, course: string, slug: string) {
  const [lessons, messages, follows] = await together(
    selectDiscussed(actor, course, slug),
    selectMessages(actor, course, slug),
    db().raw<{ rows: { is_on: boolean }[] }>(
      `select f.is_on from lesson_follows f where f.organisation_id = ? and f.person_id = ?
         and f.lesson_id = (select l.id from (${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1) v
           join lessons l on l.course_id = v.id where l.slug = ?)`,
      [actor.organisation_id, actor.id, ...oneCourse(actor, course), slug],
    ),
  );
  const lesson = lessons.rows[0];
  if (!lesson) return undefined;
  const threads = messages.rows
    .filter(({ reply_to }) => reply_to === null)
    .map((first): Thread => ({ ...first, answers: messages.rows.filter(({ reply_to }) => reply_to === first.id) }))
    // A thread that was taken away before anybody answered has nothing to tell, but to the one who may give it back.
    .filter(({ body, answers, removed_by_self }) => body !== null || answers.length > 0 || removed_by_self)
    .reverse();
  return { lesson, threads, follows: follows.rows[0]?.is_on ?? false };
}

const oneCourse = (actor: Actor, slug: string) => [
  actor.organisation_id,
  actor.organisation_id,
  slug,
  actor.organisation_id,
];

function selectDiscussed(actor: Actor, course: string, slug: string) {
  const languages = contentLanguages(actor.content_language);
  return db().raw<{ rows: DiscussedLesson[] }>(
    `select l.id, l.slug, v.slug as course_slug, t.title, t.language,
       (select x.title from course_texts x where x.course_id = v.id order by array_position(?::text[], x.language) limit 1)
         as course_title
     from (${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1) v
     join lessons l on l.course_id = v.id
     cross join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(?::text[], x.language) limit 1) t
     where l.slug = ? and l.published_at is not null and (l.audience = '{}' or l.audience && ?::text[])`,
    [languages, ...oneCourse(actor, course), languages, slug, audiencesOf(actor)],
  );
}

/** The oldest first, with all answers of the newest threads. */
function selectMessages(actor: Actor, course: string, slug: string) {
  return db().raw<{ rows: ShownMessage[] }>(
    `with here as (
       select l.id from (${VISIBLE_COURSES} and c.slug = ? ${OWN_FIRST} limit 1) v
       join lessons l on l.course_id = v.id where l.slug = ?
     ), firsts as (
       select m.id from lesson_messages m join here on here.id = m.lesson_id
       where m.organisation_id = ? and m.reply_to is null order by m.written_at desc, m.id limit ?
     )
     select m.id, m.reply_to, m.written_at, m.changed_at, m.person_id = ? as is_own,
       case when m.removed_at is null then m.body end as body,
       m.removed_at is not null and coalesce(m.removed_by = ?, false) as removed_by_self,
       case when m.signed = 'first' then split_part(p.name, ' ', 1) else p.name end as name
     from lesson_messages m join people p on p.id = m.person_id
     where m.organisation_id = ? and (m.id in (select id from firsts) or m.reply_to in (select id from firsts))
     order by m.written_at, m.id`,
    [
      ...oneCourse(actor, course),
      ...[slug, actor.organisation_id, MOST_THREADS],
      ...[actor.id, actor.id, actor.organisation_id],
    ],
  );
}

export interface FlaggedMessage {
  id: string;
  body: string;
  name: string;
  written_at: Date;
  told: number;
  href: string;
  lesson_title: string;
}

/** Messages that somebody told of and nobody has settled. */
export async function readFlagged(actor: Actor): Promise<FlaggedMessage[]> {
  const [{ rows }] = await together(
    db().raw<{ rows: FlaggedMessage[] }>(
      `select m.id, m.body, p.name, m.written_at, count(*)::int as told,
         '/learn/' || c.slug || '/' || l.slug || '/discussion' as href,
         (select x.title from lesson_texts x where x.lesson_id = l.id order by array_position(?::text[], x.language) limit 1)
           as lesson_title
       from message_flags f join lesson_messages m on m.id = f.message_id join people p on p.id = m.person_id
       join lessons l on l.id = m.lesson_id join courses c on c.id = l.course_id
       where f.organisation_id = ? and m.organisation_id = ? and f.settled_at is null and m.removed_at is null
       group by m.id, p.name, l.id, c.slug order by m.written_at, m.id limit 200`,
      [contentLanguages(actor.content_language), actor.organisation_id, actor.organisation_id],
    ),
  );
  return rows;
}
