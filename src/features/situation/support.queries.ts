import type { Day } from '../../lib/calendar';
import { db } from '../../lib/db';
import { NOTHING, type SupportSource } from './needs';

/** Sums of kept month figures of the organisation in scope, or of the organisations of a space that it is in, over whole months. */
export async function readSupport(spaceId: string | null, from: Day, to: Day): Promise<SupportSource[]> {
  const { rows } = await db().raw<{ rows: SupportSource[] }>('select * from situation_figures(?, ?, ?)', [
    spaceId,
    from,
    to,
  ]);
  return [...rows, ...unblocked(rows)];
}

/** What nothing blocked: the rest of each municipality, and of each theme in all. */
function unblocked(rows: readonly SupportSource[]): SupportSource[] {
  const rest = new Map<string, SupportSource>();
  const add = (row: SupportSource, dim: SupportSource['dim'], area_code: string, key: string, more: number) => {
    const at = `${dim} ${row.organisation_id} ${area_code} ${key}`;
    const empty = { contacts: 0, minutes: 0, did_self: 0, opened: 0, unmet: 0, visits: 0 };
    const key2 = dim === 'blocked' ? '' : NOTHING;
    const own = rest.get(at) ?? { dim, organisation_id: row.organisation_id, area_code, key, key2, ...empty };
    rest.set(at, { ...own, contacts: own.contacts + more });
  };
  for (const row of rows) {
    if (row.dim === 'theme') add(row, 'blocked', row.area_code, NOTHING, row.contacts);
    if (row.dim === 'theme') add(row, 'theme-blocked', '', row.key, row.contacts);
    if (row.dim === 'blocked') add(row, 'blocked', row.area_code, NOTHING, -row.contacts);
    if (row.dim === 'theme-blocked') add(row, 'theme-blocked', '', row.key, -row.contacts);
  }
  return [...rest.values()];
}
