import { db } from '../../lib/db';

export interface AuditEvent {
  id: string;
  organisation_id: string | null;
  actor_id: string | null;
  action: string;
  subject_type: string;
  subject_id: string;
  details: object;
  created_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    audit_events: AuditEvent;
  }
}

/**
 * Writes who did what, in the caller's transaction. `details` never holds secrets, answers or free text of people.
 */
export async function recordAudit(
  /** Without an id when a job did it. */
  actor: { id: string | null; organisation_id: string },
  action: string,
  subject: { type: string; id: string },
  details: object = {},
): Promise<void> {
  await db()('audit_events').insert({
    organisation_id: actor.organisation_id,
    actor_id: actor.id,
    action,
    subject_type: subject.type,
    subject_id: subject.id,
    details: JSON.stringify(details) as never,
  });
}
