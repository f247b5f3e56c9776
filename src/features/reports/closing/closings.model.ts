import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';

const CLOSED = `select to_char(closed_month, 'YYYY-MM-DD') as closed_month from closings where organisation_id = ?`;

/** The newest closed month end of an organisation; null when none has been closed. */
export async function findClosedMonth(organisationId: string): Promise<Day | null> {
  const { rows } = await db().raw<{ rows: { closed_month: Day | null }[] }>(CLOSED, [organisationId]);
  return rows[0]?.closed_month ?? null;
}

/** The same, and whoever else wants to close waits until the transaction ends. */
export async function lockClosing(organisationId: string): Promise<Day | null> {
  await db().raw('insert into closings (organisation_id) values (?) on conflict do nothing', [organisationId]);
  const { rows } = await db().raw<{ rows: { closed_month: Day | null }[] }>(`${CLOSED} for update`, [organisationId]);
  return rows[0]?.closed_month ?? null;
}

export async function setClosedMonth(organisationId: string, month: Day): Promise<void> {
  await db().raw('update closings set closed_month = ?, closed_at = now() where organisation_id = ?', [
    month,
    organisationId,
  ]);
}

/**
 * For the rest of the transaction: whole tables are joined, and rows written a moment ago are in no statistics, so that
 * PostgreSQL would take them for few and go through them row by row.
 */
export async function expectManyRows(): Promise<void> {
  await db().raw(
    "select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true)",
  );
}
