import { type Day, dayOf } from '../../../lib/calendar';
import { db, onReplica } from '../../../lib/db';
import { newestMonthEnd } from '../period';
import { forgetLists } from './kept-figures.model';

type Read<Row> = () => PromiseLike<{ rows: Row[] }>;

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
export function keptRows<Row>(kept: Kept, read: Read<Row>): Promise<Row[]> {
  return keptPart(kept, () => onReplica(async () => (await read()).rows));
}

/** The same for rows that are picked from others that are kept: what a page shows of a large report. */
export async function keptPart<Row>(kept: Kept, make: () => Promise<Row[]>): Promise<Row[]> {
  const known = await onReplica(() => selectKept<Row>(kept));
  if (known) return known;
  const rows = await make();
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
export async function keptToday<Row>(organisationId: string, name: string, read: Read<Row>): Promise<Row[]> {
  return keptPartToday(organisationId, name, () => onReplica(async () => (await read()).rows));
}

/** The same for rows that are picked from others that are read once a day. */
export async function keptPartToday<Row>(
  organisationId: string,
  name: string,
  make: () => Promise<Row[]>,
): Promise<Row[]> {
  if (!(await isLarge(organisationId))) return make();
  const day = dayOf(new Date());
  return keptPart({ organisationId, month: newestMonthEnd(), name: `${name} ${day}` }, async () => {
    // The first reader of the day takes yesterday's away; the others only read.
    await forgetLists(organisationId, day);
    return make();
  });
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
