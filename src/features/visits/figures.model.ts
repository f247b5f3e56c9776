import { db } from '../../lib/db';

/** Where a figure stands: an organisation's month, municipality, theme and form. */
export interface FigurePlace {
  organisation_id: string;
  area_code: string;
  /** A day of the month. */
  day: string;
  theme: string;
  form: string;
}
/** What is added, or taken back when negative. */
export interface FigureChange {
  contacts?: number;
  minutes?: number;
  did_self?: number;
  requests_opened?: number;
  requests_met?: number;
  requests_unmet?: number;
  visits?: number;
  /** What blocked, counted `contacts` times. */
  blocked?: string | null;
}
const COUNTS = [
  'contacts',
  'minutes',
  'did_self',
  'requests_opened',
  'requests_met',
  'requests_unmet',
  'visits',
] as const;

/** Adds to the month's figures. In the transaction that makes the change that is counted, so that kept figures equal a count of rows. */
export async function addFigures(at: FigurePlace, change: FigureChange): Promise<void> {
  const { organisation_id, area_code, day, theme, form } = at;
  const counts = COUNTS.map((key) => change[key] ?? 0);
  const stops = change.contacts ?? 0;
  const key = change.blocked ?? null;
  const first = key ? JSON.stringify({ [key]: stops }) : '{}';
  await db().raw(
    `insert into support_month_figures as f (organisation_id, area_code, month, theme, form, ${COUNTS.join(', ')}, blocked)
     values (?, ?, date_trunc('month', ?::date), ?, ?, ${COUNTS.map(() => '?').join(', ')}, ?::jsonb)
     on conflict (organisation_id, month, area_code, theme, form) do update set
       ${COUNTS.map((name) => `${name} = f.${name} + excluded.${name}`).join(', ')},
       blocked = case when ?::text is null then f.blocked
         else jsonb_set(f.blocked, array[?::text], to_jsonb(coalesce((f.blocked->>?::text)::int, 0) + ?::int)) end`,
    [organisation_id, area_code, day, theme, form, ...counts, first, key, key, key, stops],
  );
}

/** Counts a supporter's contacts of a month and municipality; the row goes when none is left. */
export async function addSupporter(
  at: Pick<FigurePlace, 'organisation_id' | 'area_code' | 'day'>,
  supporterId: string,
  contacts: number,
): Promise<void> {
  const { organisation_id, area_code, day } = at;
  await db().raw(
    `insert into support_month_supporters as s (organisation_id, month, area_code, supporter_id, contacts)
     values (?, date_trunc('month', ?::date), ?, ?, ?)
     on conflict (organisation_id, month, area_code, supporter_id) do update set contacts = s.contacts + excluded.contacts`,
    [organisation_id, day, area_code, supporterId, contacts],
  );
  await db().raw(
    'delete from support_month_supporters where organisation_id = ? and supporter_id = ? and contacts <= 0',
    [organisation_id, supporterId],
  );
}
