import { readDefinition } from '../features/reports/own/own-definition';
import type { Rows } from './bulk';
import type { Calendar } from './calendar';
import { Chance } from './chance';

const REPORTS = [
  {
    name: 'Taitojen kasvu puolen vuoden aikana',
    chosen: { source: 'growth', group: 'competence', months: '6' },
    every: 'month',
  },
  {
    name: 'Tavoitteet tiimeittäin: tietosuoja',
    chosen: { source: 'coverage', group: 'team', competence: '4.2' },
    every: null,
  },
];

/** Reports that an administrator has put together and shared with the supervisors; the first is mailed each month. */
export function addOwnReports(
  rows: Rows,
  calendar: Calendar,
  {
    organisationId,
    administrator,
    readers,
  }: { organisationId: string; administrator: string | undefined; readers: string[] },
): void {
  if (!administrator) return;
  const chance = new Chance(`own reports ${organisationId}`);
  for (const { name, chosen, every } of REPORTS) {
    const id = chance.uuid();
    rows.add('own_reports', {
      id,
      organisation_id: organisationId,
      owner_id: administrator,
      name,
      definition: JSON.stringify(readDefinition(chosen)),
      form_key: chance.uuid(),
      every,
      format: 'pdf',
      created_at: calendar.daysAgo(40),
      updated_at: calendar.daysAgo(40),
    });
    for (const person_id of new Set([administrator, ...readers]))
      rows.add('own_report_readers', {
        organisation_id: organisationId,
        report_id: id,
        person_id,
        added_at: calendar.daysAgo(39),
      });
  }
}
