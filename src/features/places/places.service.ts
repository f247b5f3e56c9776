import { addCalendarDays, type Day, dayOf, noonOf } from '../../lib/calendar';
import { atomically, db } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { forgetObject, rememberObject } from '../loop/loop.service';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { selectOrganisations } from '../organisations/organisations.model';
import { changedBy, type ReadLine } from './place-lines';
import {
  adoptPlace,
  closePlaceRow,
  confirmPlace,
  deletePlace,
  insertPlace,
  markTaken,
  type PlaceImport,
  type PlaceWords,
  STANDS,
  type SupportPlace,
  selectOwnKeys,
  updatePlace,
  upsertImported,
} from './places.model';

export const CONFIRM_PLACES_JOB = 'places.confirm';
const subject = (id: string) => ({ type: 'support_place', id });

const tell = (organisation_id: string, id: string, { name, visibility, space_id, area_code, services }: PlaceWords) =>
  rememberObject({
    ...{ kind: 'place', id, organisation_id, space_id, visibility, title: name, href: `/places/${id}` },
    ...{ area: area_code, theme: services[0] ?? null },
  });

/** Keeps a new place, once however often its form is sent. Returns its id. */
export function keepPlace(actor: Actor, id: string, words: PlaceWords): Promise<string> {
  return atomically(async () => {
    const { organisation_id } = actor;
    if (await insertPlace({ ...words, id, organisation_id })) {
      await tell(organisation_id, id, words);
      await recordAudit(actor, 'place.kept', subject(id), { visibility: words.visibility });
    }
    return id;
  });
}

/** Corrects a place; what was corrected today is confirmed today. */
export function savePlace(actor: Actor, place: SupportPlace, words: PlaceWords): Promise<void> {
  return atomically(async () => {
    await updatePlace(place, words);
    await tell(place.organisation_id, place.id, words);
    await recordAudit(actor, 'place.changed', subject(place.id), { visibility: words.visibility });
  });
}

/** Says that what stands of the place is true today. */
export function confirm(actor: Actor, place: SupportPlace): Promise<void> {
  return atomically(async () => {
    await confirmPlace(place);
    await recordAudit(actor, 'place.confirmed', subject(place.id));
  });
}

/** Closes the place from the day on, or opens it again. What stands on it is for the caller, in the same transaction. */
export function markClosed(actor: Actor, place: SupportPlace, day: Day | null): Promise<void> {
  return atomically(async () => {
    await closePlaceRow(place, day);
    const { organisation_id, space_id, visibility, name: title } = place;
    await rememberObject({
      ...{ kind: 'place', id: place.id, organisation_id, space_id, visibility, title, href: `/places/${place.id}` },
      ...{ ended_on: day ? noonOf(day) : null },
    });
    await recordAudit(actor, day ? 'place.closed' : 'place.opened', subject(place.id), { day });
  });
}

/** Takes away a place at which nothing was done: one that was added by mistake. */
export function removePlace(actor: Actor, place: SupportPlace): Promise<void> {
  return atomically(async () => {
    await deletePlace(place);
    await forgetObject('place', place.id);
    await recordAudit(actor, 'place.removed', subject(place.id), { name: place.name });
  });
}

/** Takes the good lines of an import, each once however often it is taken. Returns how many there were. */
export function takeImport(actor: Actor, sent: PlaceImport, lines: readonly ReadLine[]): Promise<number> {
  return atomically(async () => {
    const good = lines.flatMap(({ place, key, id }) => (place ? [{ ...place, import_key: key, id }] : []));
    const changed = changedBy(lines, await selectOwnKeys(actor.organisation_id));
    for (const [key, { id, isAdopted }] of changed) if (isAdopted) await adoptPlace(actor.organisation_id, id, key);
    for (const line of good) {
      const id = await upsertImported({ ...line, organisation_id: actor.organisation_id });
      const kept: PlaceWords = await db().table('support_places').where({ id }).first();
      await tell(actor.organisation_id, id, kept);
    }
    await markTaken(sent);
    await recordAudit(actor, 'place.imported', { type: 'place_import', id: sent.id }, { taken: good.length });
    return good.length;
  });
}

const A_YEAR = 365;

/** The job of each day: who leads hears of places that nobody confirmed in a year, once for each place and year. */
export async function remindConfirming(now = new Date()): Promise<void> {
  const today = dayOf(now);
  for (const { id: organisation_id } of await selectOrganisations())
    await withScope({ organisationId: organisation_id, personId: null }, () =>
      atomically(async () => {
        const { rows } = await db().raw(
          `update support_places set reminded_on = ? where organisation_id = ? and confirmed_on <= ? and reminded_on is null and ${STANDS} returning id`,
          [today, organisation_id, addCalendarDays(today, -A_YEAR)],
        );
        if (rows.length === 0) return;
        const keepers = await db().raw(
          `select person_id from memberships where organisation_id = ? and ended_on is null and 'administrator' = any (roles)`,
          [organisation_id],
        );
        for (const { person_id } of keepers.rows)
          await notify({
            ...{ organisation_id, person_id, kind: 'places.confirm', params: { count: rows.length } },
            ...{ href: '/places', key: `places ${today}` },
          });
      }),
    );
}
