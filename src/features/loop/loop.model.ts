import { db } from '../../lib/db';
import type { LinkHow, LoopKind, Visibility } from './kinds';

/** What any object of the shared work is called, where it is and who may see it. */
export interface LoopObject {
  kind: LoopKind;
  id: string;
  /** Its keeper. */
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  title: string;
  /** Its page, from the root. */
  href: string;
  language: string;
  /** A key of the kind's own states, or empty. */
  status: string;
  theme: string | null;
  /** The code of an area. */
  area: string | null;
  dated_on: Date;
  ended_on: Date | null;
}
export type ObjectKey = Pick<LoopObject, 'kind' | 'id'>;

export interface ChainLink extends LoopObject {
  how: LinkHow;
  organisation_name: string;
  /** Whether the reader's organisation made the link, and may take it away. */
  is_ours: boolean;
}

export async function upsertObject(
  object: Pick<LoopObject, 'kind' | 'id' | 'organisation_id' | 'title' | 'href'> & Partial<LoopObject>,
): Promise<void> {
  const row = { ...object, title: object.title.slice(0, 300) };
  await db().table('loop_objects').insert(row).onConflict(['kind', 'id']).merge();
}

export async function deleteObject({ kind, id }: ObjectKey): Promise<void> {
  await db().table('loop_objects').where({ kind, id }).delete();
}

/** The object when the reader in scope may see it. */
export function findObject({ kind, id }: { kind: string; id: string }): Promise<LoopObject | undefined> {
  return db().table('loop_objects').where('kind', kind).whereRaw('id::text = ?', [id]).first();
}

/** Makes the link once. Returns whether it is new. */
export async function insertLink(link: {
  organisation_id: string;
  made_by: string | null;
  from: ObjectKey;
  to: ObjectKey;
  how: LinkHow;
}): Promise<boolean> {
  const { from, to, ...rest } = link;
  const { rows } = await db().raw(
    `insert into loop_links (organisation_id, made_by, how, from_kind, from_id, to_kind, to_id)
     values (:organisation_id, :made_by, :how, :from_kind, :from_id, :to_kind, :to_id)
     on conflict do nothing returning 1`,
    { ...rest, from_kind: from.kind, from_id: from.id, to_kind: to.kind, to_id: to.id },
  );
  return rows.length > 0;
}

/** Takes away a link that the organisation made. Returns whether there was one. */
export async function deleteLink(organisationId: string, from: ObjectKey, to: ObjectKey): Promise<boolean> {
  const count = await db()
    .table('loop_links')
    .where({
      ...{ organisation_id: organisationId, from_kind: from.kind, from_id: from.id },
      ...{ to_kind: to.kind, to_id: to.id },
    })
    .delete();
  return count > 0;
}

/** What the object came from and what came of it, as the reader in scope may see it; the oldest first. */
export async function selectLinks({ kind, id }: ObjectKey): Promise<{ before: ChainLink[]; after: ChainLink[] }> {
  const { rows } = await db().raw<{ rows: (ChainLink & { side: 'before' | 'after' })[] }>(
    `select o.*, l.how, n.name as organisation_name, l.side,
       l.organisation_id is not distinct from oppiva_organisation() as is_ours
     from (
       select 'before' as side, how, organisation_id, from_kind as kind, from_id as id from loop_links
         where to_kind = :kind and to_id = :id
       union all
       select 'after', how, organisation_id, to_kind, to_id from loop_links where from_kind = :kind and from_id = :id
     ) l join loop_objects o on o.kind = l.kind and o.id = l.id join organisations n on n.id = o.organisation_id
     order by o.dated_on, o.title limit 200`,
    { kind, id },
  );
  return { before: rows.filter((row) => row.side === 'before'), after: rows.filter((row) => row.side === 'after') };
}

/** Objects that the reader in scope may link something to, newest first; `words` are looked for in titles. */
export async function selectLinkable(
  words: string,
  most = 60,
): Promise<(LoopObject & { organisation_name: string })[]> {
  const { rows } = await db().raw(
    `select o.*, n.name as organisation_name from loop_objects o join organisations n on n.id = o.organisation_id
     where ? = '' or o.title ilike '%' || ? || '%' order by o.dated_on desc, o.title, o.id limit ?`,
    [words, words.replaceAll(/[%_\\]/g, '\\$&'), most],
  );
  return rows;
}

/** Links a lesson that has been published to what its draft was begun from. Safe to call again. */
export async function linkBegun(organisationId: string, draftId: string, lessonId: string): Promise<void> {
  await db().raw(
    `insert into loop_links (organisation_id, from_kind, from_id, to_kind, to_id, how)
     select organisation_id, from_kind, from_id, 'lesson', ?, 'answers' from loop_beginnings where organisation_id = ? and draft_id = ?
     on conflict do nothing`,
    [lessonId, organisationId, draftId],
  );
}

/** Keeps a published lesson by its first title, on the day it was published first. */
export async function rememberLesson(organisationId: string, lessonId: string): Promise<void> {
  await db().raw(
    `insert into loop_objects (kind, id, organisation_id, visibility, title, href, language)
     select 'lesson', l.id, l.organisation_id, case when c.is_public then 'public' else 'organisation' end, t.title,
       '/learn/' || c.slug || '/' || l.slug, t.language
     from lessons l join courses c on c.id = l.course_id
     join lateral (select title, language from lesson_texts t where t.lesson_id = l.id order by language <> 'fi', language limit 1) t on true
     where l.organisation_id = ? and l.id = ?
     on conflict (kind, id) do update set title = excluded.title, href = excluded.href, visibility = excluded.visibility`,
    [organisationId, lessonId],
  );
}
