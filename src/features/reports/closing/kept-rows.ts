import { type Day, dayOf } from '../../../lib/calendar';
import { db, onReplica } from '../../../lib/db';
import { newestMonthEnd } from '../period';
import { forgetLists } from './kept-figures.model';

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

/** From so many people on, what is read of the whole organisation as it is today is read once a day. */
const LARGE = 1000;
/** Organisations with how many people they had at a month's end; asked again after the next one. */
const sizes = new Map<string, { month: Day; people: number }>();

/**
 * Rows of a report about a whole organisation as it is today. Of a large one they are those of the first reading of the day:
 * counting a hundred thousand people anew for each reader would keep all the others waiting.
 */
export async function keptToday<Row>(
  organisationId: string,
  name: string,
  read: () => PromiseLike<{ rows: Row[] }>,
): Promise<Row[]> {
  if (!(await isLarge(organisationId))) return (await onReplica(async () => read())).rows;
  const day = dayOf(new Date());
  const rows = await keptRows({ organisationId, month: newestMonthEnd(), name: `${name} ${day}` }, read);
  await forgetLists(organisationId, day);
  return rows;
}

export const isLarge = async (organisationId: string) => (await sizeOf(organisationId, newestMonthEnd())) >= LARGE;

async function sizeOf(organisationId: string, month: Day): Promise<number> {
  const known = sizes.get(organisationId);
  if (known?.month === month) return known.people;
  const { rows } = await onReplica(async () =>
    db().raw<{ rows: { people: number }[] }>(
      'select people from kept_people where organisation_id = ? and to_month = ? limit 1',
      [organisationId, month],
    ),
  );
  const people = rows[0]?.people ?? 0;
  if (rows[0]) sizes.set(organisationId, { month, people });
  return people;
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
