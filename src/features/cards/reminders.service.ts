import { dayOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { notify } from '../notifications/notifications.service';
import { selectOrganisations } from '../organisations/organisations.model';
import { CARD_KIND_NAMES, kindOf } from './kinds';

export const DAY_JOB = 'cards.day';

const LOOKED_AT = CARD_KIND_NAMES.filter((kind) => kindOf(kind).day === 'look');
const ENDS = LOOKED_AT.flatMap((kind) => kindOf(kind).ends);

/** The job of each day: who owns an experiment or an agreement hears once, on its day, that it is time to look at it. */
export async function remindOfDays(now = new Date()): Promise<void> {
  for (const { id: organisation_id } of await selectOrganisations())
    await withScope({ organisationId: organisation_id, personId: null }, () =>
      atomically(async () => {
        const { rows } = await db().raw(
          `select id, coalesce(owner_id, made_by) as person_id, happens_on::text as day from cards
           where organisation_id = ? and kind = any (?) and not status = any (?) and happens_on <= ?
             and coalesce(owner_id, made_by) is not null order by id`,
          [organisation_id, LOOKED_AT, ENDS, dayOf(now)],
        );
        for (const { id, person_id, day } of rows)
          await notify({
            ...{ organisation_id, person_id, kind: 'card.day', params: { date: day } },
            ...{ href: `/cards/${id}`, key: `card day ${id} ${day}` },
          });
      }),
    );
}
