import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import type { Needs } from './needs';

/** Which needs are kept: an organisation's own, or those of a space as the organisation reads them. */
export interface NeedsKey {
  organisation_id: string;
  space_id: string | null;
  area: string;
  first_month: Day;
  last_month: Day;
  least: number;
  made_on: Day;
}

/** What was kept today of the same months; undefined when it was not, or when something of them has changed since. */
export async function findNeeds(key: NeedsKey): Promise<Needs | undefined> {
  const row = await db()
    .table('situation_needs')
    .where({ ...key })
    .first('figures');
  return row?.figures;
}

/** Keeps needs in place of those of an earlier day. */
export async function keepNeeds(key: NeedsKey, figures: Needs): Promise<void> {
  await db()
    .table('situation_needs')
    .insert({ ...key, figures: JSON.stringify(figures) })
    .onConflict(['organisation_id', 'space_id', 'area'])
    .merge();
}
