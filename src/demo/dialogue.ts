import type { Rows } from './bulk';
import { type Calendar, dateOnly } from './calendar';
import { Chance } from './chance';

const HANDLED: readonly [item: string, daysAgo: number][] = [
  ['who_sees', 190],
  ['sources', 190],
  ['needs', 76],
  ['plan', 76],
];

/** What an organisation has handled with its staff; something always waits. */
export function addDialogue(
  rows: Rows,
  calendar: Calendar,
  { organisationId, administrator }: { organisationId: string; administrator: string | undefined },
): void {
  const chance = new Chance(`dialogue ${organisationId}`);
  for (const [item, daysAgo] of HANDLED)
    rows.add('dialogue_records', {
      id: chance.uuid(),
      organisation_id: organisationId,
      item,
      handled_on: dateOnly(calendar.daysAgo(daysAgo)),
      recorded_by: administrator ?? null,
      recorded_at: calendar.daysAgo(daysAgo - 1),
    });
}
