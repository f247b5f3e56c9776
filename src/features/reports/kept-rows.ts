import type { Day } from '../../lib/calendar';
import { db, onReplica } from '../../lib/db';

interface Kept {
  organisationId: string;
  /** The end of a month that is over. */
  month: Day;
  /** Which report, and all that its rows depend on besides the month: language, course. */
  name: string;
}

/**
 * The rows of a report about a whole organisation at the end of a month: read the first time that somebody asks, and the same
 * ever after. Rows are of plain values; a Date would come back as text.
 */
export async function keptRows<Row>(kept: Kept, read: () => PromiseLike<{ rows: Row[] }>): Promise<Row[]> {
  const known = await onReplica(() => selectKept<Row>(kept));
  if (known) return known;
  const { rows } = await onReplica(async () => read());
  await insertKept(kept, rows);
  // Somebody else may have been first: all are told the same.
  return (await selectKept<Row>(kept)) ?? rows;
}

async function selectKept<Row>({ organisationId, month, name }: Kept): Promise<Row[] | undefined> {
  const { rows } = await db().raw<{ rows: { rows: Row[] }[] }>(
    'select rows from kept_reports where organisation_id = ? and month_end = ? and name = ?',
    [organisationId, month, name],
  );
  return rows[0]?.rows;
}

async function insertKept<Row>({ organisationId, month, name }: Kept, rows: readonly Row[]): Promise<void> {
  await db()
    .table('kept_reports')
    .insert({ organisation_id: organisationId, month_end: month, name, rows: JSON.stringify(rows) })
    .onConflict(['organisation_id', 'month_end', 'name'])
    .ignore();
}
