import { noonOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { formatter } from '../../lib/format';
import { type Language, translator } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { mailIsOn } from '../../lib/mail';
import { withScope } from '../../lib/scope';
import { groupOf, URGENT, wayOf } from './groups';
import { mailMoment } from './mail-times';
import {
  deleteOldNotifications,
  insertNotification,
  type NewNotification,
  type Notification,
} from './notifications.model';
import { findSettings } from './settings.model';

/** Collects what was told to a person into one mail. */
export const MAIL_JOB = 'notifications.mail';

/**
 * Tells one person one thing, in the caller's transaction, as they chose: a row for their list, and a job that collects it
 * into a mail at the moment that they chose. The same `key` is told once; without one, each time. Params hold no free text
 * of people.
 */
export function notify(told: NewNotification, now = new Date()): Promise<void> {
  const { organisation_id, person_id, kind } = told;
  // The row is the reader's own, so it is written in their scope and nobody else can read it back.
  return withScope({ organisationId: organisation_id, personId: person_id }, () =>
    atomically(async () => {
      const settings = await findSettings(organisation_id, person_id);
      const way = wayOf(kind, settings.ways);
      if (way === 'none') return;
      const id = await insertNotification({ ...told, way });
      if (!id) return;
      await deleteOldNotifications(organisation_id, person_id);
      if (way !== 'mail' || !mailIsOn() || settings.mail_failed_at) return;
      const isUrgent = URGENT.includes(groupOf(kind));
      // One job waits for each collection: the next thing told moves it to the same moment.
      await enqueue(
        MAIL_JOB,
        { organisation_id, person_id },
        {
          key: `mail ${isUrgent ? 'now' : 'collected'} ${organisation_id} ${person_id}`,
          runAt: mailMoment(settings, now, isUrgent),
        },
      );
    }),
  );
}

/** What the notification says, in a language; days are written as that language writes them. */
export function sentenceOf({ kind, params }: Pick<Notification, 'kind' | 'params'>, language: Language): string {
  const written = Object.entries(params).map(([name, value]) => [name, isDay(value) ? dayIn(language, value) : value]);
  return translator(language)(`notifications.kind.${kind}`, Object.fromEntries(written));
}

const isDay = (value: string | number): value is string => /^\d{4}-\d{2}-\d{2}$/.test(String(value));
const dayIn = (language: Language, day: string) => formatter(language).date(noonOf(day));
