import { addCalendarDays, dayOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { sendMail } from '../../lib/mail';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';

export const ANSWER_JOB = 'publications.accessibility-answer';
/** Act 306/2019, section 10: an answer in 14 days. */
export const DAYS_TO_ANSWER = 14;

export interface AccessibilityReport {
  id: string;
  organisation_id: string;
  about: string;
  body: string;
  email: string;
  received_at: Date;
  /** A day. */
  answer_by: string;
  answer: string;
  answered_at: Date | null;
}

/** Organisations whose pages anybody reads: what is told goes to one of them. */
export async function selectAnswerers(): Promise<{ id: string; name: string }[]> {
  const { rows } = await db().raw(
    `select o.id, o.name from organisations o where exists
       (select from loop_objects l where l.organisation_id = o.id and l.visibility = 'public') order by o.name`,
  );
  return rows;
}

/** Keeps what somebody could not use, once for an id, and tells the organisation's administrators. */
export function addReport(
  organisation_id: string,
  said: Pick<AccessibilityReport, 'id' | 'about' | 'body' | 'email'>,
  now = new Date(),
): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    atomically(async () => {
      const answer_by = addCalendarDays(dayOf(now), DAYS_TO_ANSWER);
      const rows = await db()
        .table('accessibility_reports')
        .insert({ ...said, organisation_id, answer_by, received_at: now })
        .onConflict('id')
        .ignore()
        .returning('id');
      if (rows.length > 0) await tellAdministrators(organisation_id, 'publication.accessibility', answer_by, said.id);
    }),
  );
}

export async function tellAdministrators(
  organisation_id: string,
  kind: string,
  date: string,
  key: string,
): Promise<void> {
  const people: string[] = await db()
    .table('memberships')
    .where({ organisation_id, ended_on: null })
    .whereRaw("'administrator' = any (roles)")
    .pluck('person_id');
  for (const person_id of people)
    await notify({
      ...{ organisation_id, person_id, kind, params: { date } },
      ...{ href: '/accessibility-feedback/received', key: `${kind} ${key} ${person_id}` },
    });
}

export async function selectReports(organisationId: string): Promise<AccessibilityReport[]> {
  const { rows } = await db().raw(
    `select *, answer_by::text as answer_by from accessibility_reports where organisation_id = ?
     order by answered_at is not null, accessibility_reports.answer_by, id limit 300`,
    [organisationId],
  );
  return rows;
}

/** Keeps the answer and mails it to the one who asked, when they gave an address. False when there is no such report. */
export function answerReport(actor: Actor, id: string, answer: string): Promise<boolean> {
  const { organisation_id } = actor;
  return atomically(async () => {
    const rows = await db()
      .table('accessibility_reports')
      .where({ organisation_id })
      .whereRaw('id::text = ?', [id])
      .update({ answer, answered_at: new Date(), answered_by: actor.id })
      .returning('email');
    if (rows.length === 0) return false;
    if (rows[0]?.email) await enqueue(ANSWER_JOB, { organisation_id, id }, { key: `accessibility ${id}` });
    await recordAudit(actor, 'accessibility.answered', { type: 'accessibility_report', id });
    return true;
  });
}

/** The job: the answer by mail. */
export function mailAnswer({ organisation_id, id }: { organisation_id: string; id: string }): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const report = await db().table('accessibility_reports').where({ organisation_id, id }).first();
    if (!report?.email || !report.answer) return;
    const t = translator('fi');
    const text = t('publications.access.mailText', { answer: report.answer, body: report.body });
    await sendMail({ to: report.email, subject: t('publications.access.mailSubject'), text });
  });
}
