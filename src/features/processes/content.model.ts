import { db } from '../../lib/db';
import type { Process } from './processes.model';

/** Tables of what belongs to a process: each row has its keeper's organisation, its process and its level. */
export type ContentTable =
  | 'process_texts'
  | 'process_decisions'
  | 'process_topics'
  | 'process_sessions'
  | 'process_contributions'
  | 'process_comments'
  | 'process_key_results'
  | 'process_actions'
  | 'process_progress'
  | 'process_parties'
  | 'process_phases'
  | 'process_first_steps'
  | 'process_targets'
  | 'process_discussions'
  | 'process_reviews';

export type Of = Pick<Process, 'organisation_id' | 'id'>;
type Values = Record<string, unknown>;

/** Words by language, and nothing else here, are objects. */
const stored = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
        ? JSON.stringify(value)
        : value,
    ]),
  );

/** False when the row is there already: a form sent twice. */
export async function insertContent(
  table: ContentTable,
  { organisation_id, id }: Of,
  values: Values,
): Promise<boolean> {
  const rows = await db()
    .table(table)
    .insert({ organisation_id, process_id: id, ...stored(values) })
    .onConflict()
    .ignore()
    .returning('process_id');
  return rows.length > 0;
}

/** How many rows were changed. */
export const updateContent = (
  table: ContentTable,
  { organisation_id, id }: Of,
  where: Values,
  values: Values,
): Promise<number> =>
  db()
    .table(table)
    .where({ organisation_id, process_id: id, ...where })
    .update(stored(values));

export const deleteContent = (table: ContentTable, { organisation_id, id }: Of, where: Values): Promise<number> =>
  db()
    .table(table)
    .where({ organisation_id, process_id: id, ...where })
    .delete();

/** Whether the process has such a row: nothing of another process is ever pointed to. */
export async function hasContent(table: ContentTable, { organisation_id, id }: Of, where: Values): Promise<boolean> {
  const row = await db()
    .table(table)
    .where({ organisation_id, process_id: id, ...where })
    .first('process_id');
  return row !== undefined;
}

export async function countContent(table: ContentTable, { organisation_id, id }: Of): Promise<number> {
  const [row] = await db().table(table).where({ organisation_id, process_id: id }).count('* as n');
  return Number(row?.n);
}
