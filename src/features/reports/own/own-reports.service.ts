import { atomically } from '../../../lib/db';
import { recordAudit } from '../../audit/audit.model';
import { notify } from '../../notifications/notifications.service';
import type { Actor } from '../../organisations/organisations.model';
import type { Definition } from './own-definition';
import {
  deleteReader,
  deleteRemoved,
  type Every,
  type Format,
  insertOwnReport,
  insertReader,
  type OwnReport,
  selectColleagues,
  setGetsMail,
  updateOwnReport,
} from './own-reports.model';

/** How long a removed report can be taken back. */
const KEPT_DAYS = 30;

const subject = (id: string) => ({ type: 'own_report', id });

/** Saves a new report and returns its id. The same form sent twice makes one. */
export function saveReport(
  actor: Actor,
  { name, definition, form_key }: { name: string; definition: Definition; form_key?: string },
): Promise<string> {
  const { organisation_id, id: owner_id } = actor;
  return atomically(async () => {
    await deleteRemoved(organisation_id, new Date(Date.now() - KEPT_DAYS * 24 * 3600 * 1000));
    const made = await insertOwnReport({ organisation_id, owner_id, name, definition, ...(form_key && { form_key }) });
    if (!made.isNew) return made.id;
    await insertReader(organisation_id, made.id, owner_id);
    await recordAudit(actor, 'own_report.saved', subject(made.id), { source: definition.source });
    return made.id;
  });
}

export function changeReport(
  actor: Actor,
  report: OwnReport,
  values: { name: string; definition: Definition },
): Promise<void> {
  return atomically(async () => {
    await updateOwnReport(report, values);
    await recordAudit(actor, 'own_report.changed', subject(report.id));
  });
}

/** Takes a report away from all its readers, or back again. */
export function removeReport(actor: Actor, report: OwnReport, isRemoved: boolean): Promise<void> {
  return atomically(async () => {
    await updateOwnReport(report, { deleted_at: isRemoved ? new Date() : null });
    await recordAudit(actor, isRemoved ? 'own_report.removed' : 'own_report.restored', subject(report.id));
  });
}

/** Gives the report to a colleague who may read reports. False for anybody else. */
export function shareReport(actor: Actor, report: OwnReport, personId: string): Promise<boolean> {
  return atomically(async () => {
    const colleagues = await selectColleagues(actor.organisation_id, actor.id);
    if (!colleagues.some(({ person_id }) => person_id === personId)) return false;
    if (!(await insertReader(actor.organisation_id, report.id, personId))) return true;
    await recordAudit(actor, 'own_report.shared', subject(report.id), { person_id: personId });
    await notify({
      organisation_id: actor.organisation_id,
      person_id: personId,
      kind: 'report-shared',
      params: { name: actor.name },
      href: `/reports/own/${report.id}`,
      key: `report-shared ${report.id}`,
    });
    return true;
  });
}

export function revokeReader(actor: Actor, report: OwnReport, personId: string): Promise<void> {
  return atomically(async () => {
    if (personId === report.owner_id) return;
    await deleteReader(actor.organisation_id, report.id, personId);
    await recordAudit(actor, 'own_report.revoked', subject(report.id), { person_id: personId });
  });
}

/** When the report is mailed, and as which file; null for never. */
export function scheduleReport(
  actor: Actor,
  report: OwnReport,
  { every, format }: { every: Every | null; format: Format },
): Promise<void> {
  return atomically(async () => {
    await updateOwnReport(report, { every, format });
    await recordAudit(actor, 'own_report.scheduled', subject(report.id), { every, format });
  });
}

/** Whether this reader gets it by mail. Anyone of its readers says so for themself. */
export function setMail(
  { organisation_id, id }: Pick<Actor, 'organisation_id' | 'id'>,
  reportId: string,
  getsMail: boolean,
): Promise<void> {
  return setGetsMail(organisation_id, reportId, id, getsMail);
}
