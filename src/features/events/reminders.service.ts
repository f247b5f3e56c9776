import { addCalendarDays, dayOf, endOfDay, startOfDay } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { selectOrganisations } from '../organisations/organisations.model';
import type { Event } from './events.model';
import { tellComing } from './signups.service';

export const EVENTS_JOB = 'events.day';
/** How long needs of access and addresses of visitors are kept after an event, in days. */
const KEPT = 30;

/** The job of each day: tomorrow's events are told, yesterday's materials and questions too, and old needs are erased. */
export async function remindEvents(now = new Date()): Promise<void> {
  const today = dayOf(now);
  for (const { id } of await selectOrganisations())
    await withScope({ organisationId: id, personId: null }, () =>
      atomically(async () => {
        for (const event of await eventsOf(id, addCalendarDays(today, 1)))
          await tellComing(event, 'event.tomorrow', `tomorrow ${event.sequence}`, 'in');
        for (const event of await eventsOf(id, addCalendarDays(today, -1)))
          await tellComing(event, 'event.materials', 'materials', 'in');
        await forgetNeeds(id, startOfDay(addCalendarDays(today, -KEPT)));
      }),
    );
}

function eventsOf(organisation_id: string, day: string): Promise<Event[]> {
  return db()
    .table('events')
    .where({ organisation_id, state: 'planned' })
    .where('starts_at', '>=', startOfDay(day))
    .where('starts_at', '<', endOfDay(day));
}

async function forgetNeeds(organisation_id: string, before: Date): Promise<void> {
  const old = db().table('events').where({ organisation_id }).where('ends_at', '<', before).select('id');
  await db().table('event_signups').whereIn('event_id', old).whereNot({ needs: '' }).update({ needs: '' });
  await db().table('event_signups').whereIn('event_id', old).whereNull('person_id').delete();
}
