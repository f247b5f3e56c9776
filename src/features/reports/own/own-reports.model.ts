import { db } from '../../../lib/db';
import type { Definition } from './own-definition';

export type Every = 'week' | 'month';
export type Format = 'csv' | 'xlsx' | 'pdf';

export interface OwnReport {
  id: string;
  organisation_id: string;
  owner_id: string;
  name: string;
  definition: Definition;
  every: Every | null;
  format: Format;
  deleted_at: Date | null;
}

/** A report as one of its readers has it. */
export interface ReadReport extends OwnReport {
  owner: string;
  gets_mail: boolean;
}

const READ = `
  select r.id, r.organisation_id, r.owner_id, r.name, r.definition, r.every, r.format, r.deleted_at, o.name as owner, s.gets_mail
  from own_reports r
  join own_report_readers s on s.organisation_id = r.organisation_id and s.report_id = r.id
  join people o on o.id = r.owner_id
  where r.organisation_id = ? and s.person_id = ?`;

/** Reports that a person has made or been given, by name; removed ones are left out. */
export async function selectOwnReports(organisationId: string, personId: string): Promise<ReadReport[]> {
  const { rows } = await db().raw(`${READ} and r.deleted_at is null order by lower(r.name), r.id limit 500`, [
    organisationId,
    personId,
  ]);
  return rows;
}

/** A report that the person has made or been given; their own also when it was removed. */
export async function findOwnReport(
  organisationId: string,
  personId: string,
  reportId: string,
): Promise<ReadReport | undefined> {
  if (!UUID.test(reportId)) return undefined;
  const { rows } = await db().raw(`${READ} and r.id = ? and (r.deleted_at is null or r.owner_id = s.person_id)`, [
    organisationId,
    personId,
    reportId,
  ]);
  return rows[0];
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of the new report; of the first one when the same form was sent before. */
export async function insertOwnReport(
  report: Pick<OwnReport, 'organisation_id' | 'owner_id' | 'name' | 'definition'> & { form_key?: string },
): Promise<{ id: string; isNew: boolean }> {
  const [made] = await db()
    .table('own_reports')
    .insert({ ...report, definition: JSON.stringify(report.definition) })
    .onConflict(['organisation_id', 'owner_id', 'form_key'])
    .ignore()
    .returning('id');
  if (made) return { id: made.id, isNew: true };
  const { organisation_id, owner_id, form_key } = report;
  const before = await db().table('own_reports').where({ organisation_id, owner_id, form_key }).first('id');
  return { id: before.id, isNew: false };
}

export async function updateOwnReport(
  { organisation_id, id }: Pick<OwnReport, 'organisation_id' | 'id'>,
  values: Partial<Pick<OwnReport, 'name' | 'definition' | 'every' | 'format' | 'deleted_at'>>,
): Promise<void> {
  const { definition, ...rest } = values;
  await db()
    .table('own_reports')
    .where({ organisation_id, id })
    .update({ ...rest, ...(definition && { definition: JSON.stringify(definition) }), updated_at: new Date() });
}

/** Removed reports that nobody took back. */
export async function deleteRemoved(organisationId: string, before: Date): Promise<void> {
  await db().table('own_reports').where({ organisation_id: organisationId }).where('deleted_at', '<', before).delete();
}

/** False when the person had it already. */
export async function insertReader(organisationId: string, reportId: string, personId: string): Promise<boolean> {
  const added = await db()
    .table('own_report_readers')
    .insert({ organisation_id: organisationId, report_id: reportId, person_id: personId })
    .onConflict(['report_id', 'person_id'])
    .ignore()
    .returning('person_id');
  return added.length > 0;
}

export async function deleteReader(organisationId: string, reportId: string, personId: string): Promise<void> {
  await db()
    .table('own_report_readers')
    .where({ organisation_id: organisationId, report_id: reportId, person_id: personId })
    .delete();
}

export async function setGetsMail(
  organisationId: string,
  reportId: string,
  personId: string,
  gets_mail: boolean,
): Promise<void> {
  await db()
    .table('own_report_readers')
    .where({ organisation_id: organisationId, report_id: reportId, person_id: personId })
    .update({ gets_mail });
}

/** Those a report is shared with, by name; without its owner. */
export async function selectReaders(
  organisationId: string,
  reportId: string,
): Promise<{ person_id: string; name: string; may_read: boolean }[]> {
  const { rows } = await db().raw(
    `select s.person_id, p.name, ${MAY_READ('s.organisation_id', 's.person_id')} as may_read
     from own_report_readers s join own_reports r on r.organisation_id = s.organisation_id and r.id = s.report_id
     join people p on p.id = s.person_id
     where s.organisation_id = ? and s.report_id = ? and s.person_id <> r.owner_id order by p.name, p.id`,
    [organisationId, reportId],
  );
  return rows;
}

/** SQL: whether a person may read any reports of the organisation today. */
const MAY_READ = (organisation: string, person: string) => `exists (
  select from memberships may join people mp on mp.id = may.person_id and mp.suspended_at is null
  where may.organisation_id = ${organisation} and may.person_id = ${person} and may.suspended_at is null
    and (may.ended_on is null or may.ended_on > current_date)
    and ('administrator' = any(may.roles) or exists (
      select from team_supervisors ts where ts.organisation_id = may.organisation_id and ts.person_id = may.person_id
        and (ts.ends_on is null or ts.ends_on >= current_date))))`;

/** As many colleagues as a list to choose from can hold. */
const MOST_COLLEAGUES = 300;

/** Who else may read reports of the organisation, by name. */
export async function selectColleagues(
  organisationId: string,
  personId: string,
): Promise<{ person_id: string; name: string }[]> {
  const { rows } = await db().raw(
    `select m.person_id, p.name from memberships m join people p on p.id = m.person_id
     where m.organisation_id = ? and m.person_id <> ? and ${MAY_READ('m.organisation_id', 'm.person_id')}
     order by p.name, p.id limit ${MOST_COLLEAGUES}`,
    [organisationId, personId],
  );
  return rows;
}

/** Who gets which reports by mail this time. */
export async function selectDue(
  organisationId: string,
  every: Every,
): Promise<{ report_id: string; person_id: string }[]> {
  const { rows } = await db().raw(
    `select s.report_id, s.person_id from own_reports r
     join own_report_readers s on s.organisation_id = r.organisation_id and s.report_id = r.id and s.gets_mail
     where r.organisation_id = ? and r.every = ? and r.deleted_at is null`,
    [organisationId, every],
  );
  return rows;
}

/** False when this mail has been claimed before: it was sent, or is being sent. */
export async function claimMail(
  organisationId: string,
  reportId: string,
  personId: string,
  period: string,
): Promise<boolean> {
  const claimed = await db()
    .table('own_report_mails')
    .insert({ organisation_id: organisationId, report_id: reportId, person_id: personId, period })
    .onConflict(['report_id', 'person_id', 'period'])
    .ignore()
    .returning('report_id');
  return claimed.length > 0;
}

/** After a mail that surely did not leave. */
export async function unclaimMail(
  organisationId: string,
  reportId: string,
  personId: string,
  period: string,
): Promise<void> {
  await db()
    .table('own_report_mails')
    .where({ organisation_id: organisationId, report_id: reportId, person_id: personId, period })
    .delete();
}
