import { withScope } from '../../lib/scope';
import { notify } from '../notifications/notifications.service';
import { selectStillAsked } from './views.model';

/** How many days before the last day to answer a colleague is reminded. */
const DAYS_BEFORE = 4;

/** Reminds colleagues of one organisation that somebody still waits for what they have seen; of each request once. */
export function remindOfViews(organisation_id: string, now = new Date()): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    for (const { id, rater_id, name, last_on } of await selectStillAsked(organisation_id, now, DAYS_BEFORE))
      await notify(
        {
          organisation_id,
          person_id: rater_id,
          kind: 'reminder.view',
          params: { name, date: last_on },
          href: `/skills/views/asked/${id}`,
          key: `view ${id} waits`,
        },
        now,
      );
  });
}
