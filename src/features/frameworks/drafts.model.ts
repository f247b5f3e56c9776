import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { Framework } from '../skills/framework';
import type { Line, LineStatus } from './reading';

/** A file that an administrator sent and has not confirmed yet; theirs alone to see. */
export interface Draft {
  id: string;
  file_name: string;
  form: 'csv' | 'case';
  title: string;
  key: string;
  version: string;
  counts: Counts;
  made_at: Date;
  expires_at: Date;
  /** Taken into use already; its rows are gone from here. */
  is_imported: boolean;
}

export interface Counts {
  lines: Record<LineStatus, number>;
  areas: number;
  skills: number;
  canDo: number;
}

interface Whose {
  id: string;
  organisation_id: string;
}

const HOURS_KEPT = 48;

/** Drafts of the person that are still good, the newest first; or the one with this id. */
const SHOWN = `select id, file_name, form, made_at, expires_at, counts, framework is null as is_imported,
    coalesce(framework ->> 'title', counts ->> 'title') as title, coalesce(framework ->> 'key', counts ->> 'key') as key,
    coalesce(framework ->> 'version', counts ->> 'version') as version
  from framework_drafts where organisation_id = ? and person_id = ? and expires_at > now()`;

export async function findDraft({ id, organisation_id }: Whose, draftId: string): Promise<Draft | undefined> {
  const { rows } = await db().raw(`${SHOWN} and id::text = ?`, [organisation_id, id, draftId]);
  return rows[0];
}

export const selectDrafts = ({ id, organisation_id }: Whose): Knex.Raw<{ rows: Draft[] }> =>
  db().raw(`${SHOWN} and framework is not null order by made_at desc limit 10`, [organisation_id, id]);

export async function insertDraft(
  { id, organisation_id }: Whose,
  draft: { file_name: string; form: 'csv' | 'case'; framework: Framework; lines: Line[]; counts: Counts },
): Promise<string> {
  await db().raw('delete from framework_drafts where organisation_id = ? and person_id = ? and expires_at < now()', [
    organisation_id,
    id,
  ]);
  const { rows } = await db().raw(
    `insert into framework_drafts (organisation_id, person_id, file_name, form, framework, lines, counts, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, now() + interval '${HOURS_KEPT} hours') returning id`,
    [
      ...[organisation_id, id, draft.file_name, draft.form],
      ...[draft.framework, draft.lines, draft.counts].map((part) => JSON.stringify(part)),
    ],
  );
  return rows[0].id;
}

/** What would be taken into use; undefined when it was already. Waits for a twin of the same press. */
export async function lockContent({ id, organisation_id }: Whose, draftId: string): Promise<Framework | undefined> {
  const { rows } = await db().raw(
    `select framework from framework_drafts where organisation_id = ? and person_id = ? and id = ? for update`,
    [organisation_id, id, draftId],
  );
  return rows[0]?.framework ?? undefined;
}

/** Keeps of a draft only what it became. */
export async function closeDraft({ id, organisation_id }: Whose, draftId: string): Promise<void> {
  await db().raw(
    `update framework_drafts set framework = null, lines = '[]',
       counts = counts || jsonb_build_object('title', framework -> 'title', 'key', framework -> 'key', 'version', framework -> 'version')
     where organisation_id = ? and person_id = ? and id = ?`,
    [organisation_id, id, draftId],
  );
}

export async function deleteDraft({ id, organisation_id }: Whose, draftId: string): Promise<void> {
  await db().raw('delete from framework_drafts where organisation_id = ? and person_id = ? and id::text = ?', [
    organisation_id,
    id,
    draftId,
  ]);
}

export const LINES_PER_PAGE = 100;
export const NODES_SHOWN = 300;

/** A page of the lines of one status (or of all), in the order of the file. */
export const selectLines = (
  { id, organisation_id }: Whose,
  draftId: string,
  status: LineStatus | undefined,
  page: number,
): Knex.Raw<{ rows: { line: Line }[] }> =>
  db().raw(
    `select line from framework_drafts, jsonb_array_elements(lines) with ordinality l(line, n)
     where organisation_id = ? and person_id = ? and id = ? and (?::text is null or line ->> 'status' = ?)
     order by n limit ? offset ?`,
    [
      organisation_id,
      id,
      draftId,
      status ?? null,
      status ?? null,
      LINES_PER_PAGE,
      (page - 1) * LINES_PER_PAGE,
    ] as never,
  );

export interface ShownBranch {
  kind: 'area' | 'competence';
  code: string;
  parent_code: string | null;
  texts: { language: string; field: string; text: string }[];
  can_do: number;
}

/** The areas and skills as they would become, as many as a page holds. */
export const selectBranches = ({ id, organisation_id }: Whose, draftId: string): Knex.Raw<{ rows: ShownBranch[] }> =>
  db().raw(
    `with nodes as (select node, n from framework_drafts, jsonb_array_elements(framework -> 'nodes') with ordinality x(node, n)
       where organisation_id = ? and person_id = ? and id = ?),
     lines as (select node ->> 'parent_code' as parent, count(*)::int as count from nodes
       where node ->> 'kind' = 'can_do' group by 1)
     select node ->> 'kind' as kind, node ->> 'code' as code, node ->> 'parent_code' as parent_code, node -> 'texts' as texts,
       coalesce(l.count, 0) as can_do
     from nodes left join lines l on l.parent = node ->> 'code'
     where node ->> 'kind' in ('area', 'competence') order by n limit ?`,
    [organisation_id, id, draftId, NODES_SHOWN] as never,
  );
