import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import { likePatterns } from '../../lib/search-words';
import { OWN_FIRST, VISIBLE_COURSES } from '../courses/courses.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';

/** A course or lesson that a person wants to come back to; only while they may open it. */
export interface Bookmark {
  course_slug: string;
  course_title: string;
  course_language: Language;
  lesson_slug: string | null;
  lesson_title: string | null;
  lesson_language: Language | null;
  created_at: Date;
}

/** A note of a person, for nobody else. */
export interface Note {
  id: string;
  body: string;
  /** What the lesson was called when the note was written. */
  about: string;
  spot: string;
  created_at: Date;
  updated_at: Date;
  /** Where the lesson is now; null when the reader can open it no more. */
  href: string | null;
}

type Owner = Pick<Actor, 'id' | 'organisation_id'>;
const own = ({ id, organisation_id }: Owner) => ({ organisation_id, person_id: id });

/** A second press changes nothing. */
export async function insertBookmark(actor: Owner, courseId: string, lessonId: string | null): Promise<void> {
  await db()
    .table('bookmarks')
    .insert({ ...own(actor), course_id: courseId, lesson_id: lessonId })
    .onConflict(['organisation_id', 'person_id', 'course_id', 'lesson_id'])
    .ignore();
}

export async function deleteBookmark(actor: Owner, courseId: string, lessonId: string | null): Promise<void> {
  await db()
    .table('bookmarks')
    .where({ ...own(actor), course_id: courseId, lesson_id: lessonId })
    .delete();
}

const named = (actor: Actor) => ({
  organisation: actor.organisation_id,
  person: actor.id,
  audiences: [...audiencesOf(actor)],
  languages: contentLanguages(actor.content_language),
});

const VISIBLE = `with visible as (${VISIBLE_COURSES} ${OWN_FIRST})`.replaceAll('?', ':organisation');
const MAY_READ = "l.published_at is not null and (l.audience = '{}' or l.audience && cast(:audiences as text[]))";

/** The newest first. A query, for `together`. */
export function selectBookmarks(actor: Actor, limit: number) {
  return db().raw<{ rows: Bookmark[] }>(
    `${VISIBLE}
     select v.slug as course_slug, ct.title as course_title, ct.language as course_language, l.slug as lesson_slug,
       lt.title as lesson_title, lt.language as lesson_language, b.created_at
     from bookmarks b join visible v on v.id = b.course_id
     left join lessons l on l.id = b.lesson_id and ${MAY_READ}
     cross join lateral (select x.title, x.language from course_texts x where x.course_id = v.id
       order by array_position(cast(:languages as text[]), x.language) limit 1) ct
     left join lateral (select x.title, x.language from lesson_texts x where x.lesson_id = l.id
       order by array_position(cast(:languages as text[]), x.language) limit 1) lt on true
     where b.organisation_id = :organisation and b.person_id = :person and (b.lesson_id is null) = (l.id is null)
     order by b.created_at desc, v.slug, l.slug limit :limit`,
    { ...named(actor), limit } as never,
  );
}

/** The newest first, those with all words of the search. A query, for `together`. */
export function selectNotes(actor: Actor, search: string) {
  return db().raw<{ rows: Note[] }>(
    `${VISIBLE}
     select n.id, n.body, n.about, n.spot, n.created_at, n.updated_at,
       '/learn/' || v.slug || '/' || l.slug || case when n.spot = '' then '' else '#' || n.spot end as href
     from notes n left join lessons l on l.id = n.lesson_id and ${MAY_READ} left join visible v on v.id = l.course_id
     where n.organisation_id = :organisation and n.person_id = :person
       and (n.about || ' ' || n.body) ilike all(cast(:words as text[]))
     order by n.created_at desc, n.id limit 500`,
    { ...named(actor), words: likePatterns(search) } as never,
  );
}

/** How many notes the actor has. A query, for `together`. */
export function countNotes(actor: Owner) {
  return db().raw<{ rows: { total: number }[] }>(
    'select count(*)::int as total from notes where organisation_id = ? and person_id = ?',
    [actor.organisation_id, actor.id],
  );
}

export async function insertNote(
  actor: Owner,
  note: Pick<Note, 'id' | 'body' | 'about' | 'spot'> & { lesson_id: string },
): Promise<void> {
  await db()
    .table('notes')
    .insert({ ...own(actor), ...note })
    .onConflict('id')
    .ignore();
}

export function findNote(actor: Owner, id: string): Promise<Note | undefined> {
  return db()
    .table('notes')
    .where({ ...own(actor), id })
    .first();
}

export async function setNote(actor: Owner, id: string, body: string): Promise<void> {
  await db()
    .table('notes')
    .where({ ...own(actor), id })
    .update({ body, updated_at: new Date() });
}

export async function deleteNote(actor: Owner, id: string): Promise<void> {
  await db()
    .table('notes')
    .where({ ...own(actor), id })
    .delete();
}

/** What a lesson is called in the first of the reader's languages that it has. */
export async function lessonTitle(actor: Actor, lessonId: string): Promise<string> {
  const { rows } = await db().raw(
    `select title from lesson_texts where lesson_id = ? order by array_position(?::text[], language) limit 1`,
    [lessonId, contentLanguages(actor.content_language)] as never,
  );
  return rows[0]?.title ?? '';
}
