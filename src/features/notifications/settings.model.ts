import { db } from '../../lib/db';
import type { Group, Way } from './groups';
import type { MailTimes } from './mail-times';

/** How a person wants to be told, in one organisation. */
export interface NotificationSettings extends MailTimes {
  ways: Partial<Record<Group, Way>>;
  /** Days without learning after which a course under way is reminded of; null for never. */
  unfinished_days: number | null;
  mail_failed_at: Date | null;
}

/** As it is until a person chooses: one mail a day in the morning, none at night. */
export const USUAL: NotificationSettings = {
  ways: {},
  rhythm: 'day',
  hour: 9,
  weekday: 1,
  quiet_from: null,
  quiet_to: null,
  quiet_days: [1, 2, 3, 4, 5, 6, 7],
  unfinished_days: null,
  mail_failed_at: null,
};

/** The person in scope's own choice, or the usual. */
export async function findSettings(organisationId: string, personId: string): Promise<NotificationSettings> {
  const row = await db()
    .table('notification_settings')
    .where({ organisation_id: organisationId, person_id: personId })
    .first();
  return row ?? USUAL;
}

export async function saveSettings(
  organisationId: string,
  personId: string,
  { ways, ...values }: Partial<NotificationSettings>,
): Promise<void> {
  const row = { ...values, ...(ways && { ways: JSON.stringify(ways) }) };
  await db()
    .table('notification_settings')
    .insert({ organisation_id: organisationId, person_id: personId, ...row })
    .onConflict(['organisation_id', 'person_id'])
    .merge(row as never);
}
