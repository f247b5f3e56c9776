import { randomUUID } from 'node:crypto';
import { db } from '../../lib/db';
import type { Framework } from './framework';

export interface FrameworkRow {
  id: string;
  /** Null: of the installation, for all. */
  organisation_id: string | null;
  key: string;
  version: string;
  title: string;
  licence: string;
  citation: string;
  source_note: string;
  is_default: boolean;
  content_hash: string;
  imported_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    frameworks: FrameworkRow;
  }
}

/** Makes imports wait for each other until their transactions end: two servers may start at once. */
export async function lockFrameworks(): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', ['frameworks']);
}

/** A version of the organisation's own framework; with null, of the installation's. */
export async function findFramework(
  organisationId: string | null,
  key: string,
  version: string,
): Promise<FrameworkRow | undefined> {
  return db()('frameworks').where({ organisation_id: organisationId, key, version }).first();
}

export async function hasDefaultFramework(): Promise<boolean> {
  return (await db()('frameworks').where({ is_default: true }).first('id')) !== undefined;
}

export async function insertFramework(row: Omit<FrameworkRow, 'imported_at'>): Promise<void> {
  await db()('frameworks').insert(row);
}

export async function setFramework(id: string, values: Partial<FrameworkRow>): Promise<void> {
  await db()('frameworks')
    .where({ id })
    .update({ ...values, imported_at: db().fn.now() as never });
}

/** Puts the content of a version in place of what it had. Nothing points to these rows: evidence points to codes. */
export async function replaceContent(frameworkId: string, { nodes, targets }: Framework): Promise<void> {
  const withIds = nodes.map((node, position) => ({ ...node, id: randomUUID(), position }));
  const texts = withIds.flatMap(({ id, texts }) => texts.map((text) => ({ node_id: id, ...text })));
  await db().raw('delete from framework_nodes where framework_id = ?', [frameworkId]);
  await db().raw('delete from framework_targets where framework_id = ?', [frameworkId]);
  await db().raw(
    `insert into framework_nodes (id, framework_id, kind, code, parent_code, position, data)
     select id, ?, kind, code, parent_code, position, data
     from jsonb_to_recordset(?) as n(id uuid, kind text, code text, parent_code text, position int, data jsonb)`,
    [frameworkId, JSON.stringify(withIds.map(({ texts: _, ...node }) => node))],
  );
  await db().raw(
    `insert into framework_texts (node_id, language, field, text, status)
     select * from jsonb_to_recordset(?) as t(node_id uuid, language text, field text, text text, status text)`,
    [JSON.stringify(texts)],
  );
  await db().raw(
    `insert into framework_targets (framework_id, profile, competence_code, level)
     select ?, profile, competence_code, level
     from jsonb_to_recordset(?) as t(profile text, competence_code text, level int)`,
    [frameworkId, JSON.stringify(targets)],
  );
}

export interface ContentRow {
  kind: string;
  code: string;
  parent_code: string | null;
  data: Record<string, unknown>;
  texts: Record<string, string>;
}

/**
 * What pages say in one language, in the order of the file: the framework with this id, or the default one for null. Bands,
 * levels and answers are the default's always, so that all frameworks speak of one ladder; lines of a skill that the chosen
 * one has none of come from the default's skill of the same code. Where a language has no text, Finnish stands in, then any.
 */
export async function selectContent(language: string, frameworkId: string | null): Promise<ContentRow[]> {
  const { rows } = await db().raw(
    `with base as (select id from frameworks where is_default),
     chosen as (select coalesce((select id from frameworks where id = ?::uuid), (select id from base)) as id),
     nodes as (
       select n.* from framework_nodes n, chosen c where n.framework_id = c.id
         and (c.id = (select id from base) or n.kind not in ('band', 'level', 'answer'))
       union all
       select n.* from framework_nodes n, chosen c where n.framework_id = (select id from base) and n.framework_id <> c.id
         and (n.kind in ('band', 'level', 'answer')
           or n.kind in ('can_do', 'self_item', 'observation')
             and exists (select from framework_nodes s where s.framework_id = c.id and s.kind = 'competence'
               and s.code = n.parent_code)
             and not exists (select from framework_nodes s where s.framework_id = c.id and s.kind = n.kind
               and s.parent_code = n.parent_code)))
     select n.kind, n.code, n.parent_code, n.data, coalesce(t.texts, '{}') as texts
     from nodes n
     left join lateral (
       select jsonb_object_agg(field, text) as texts from (
         select distinct on (field) field, text from framework_texts
         where node_id = n.id order by field, array_position(?::text[], language)) chosen
     ) t on true
     order by n.position`,
    [frameworkId, [...new Set([language, 'fi', 'sv', 'en', 'fi-x-selko'])]] as never,
  );
  return rows;
}

export interface ReadyTarget {
  profile: string;
  competence_code: string;
  level: number;
}

/** The ready target levels of the same framework. */
export async function selectReadyTargets(frameworkId: string | null): Promise<ReadyTarget[]> {
  const { rows } = await db().raw(
    `select t.profile, t.competence_code, t.level from framework_targets t
     join frameworks f on f.id = t.framework_id
     where f.id = coalesce((select id from frameworks where id = ?::uuid), (select id from frameworks where is_default))`,
    [frameworkId],
  );
  return rows;
}
