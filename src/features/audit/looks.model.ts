import { dayOf } from '../../lib/calendar';
import { db } from '../../lib/db';

/** Pages where a named person's things are seen by another. */
export type LookedAt =
  | 'team'
  | 'hours'
  | 'badges'
  | 'person'
  | 'completions'
  | 'heat-map'
  | 'observe'
  | 'account'
  | 'talk'
  | 'plan'
  | 'evidence'
  | 'help'
  | 'field-test'
  | 'file';

/** Looks that this process has kept today: the same page read again costs nothing. */
const kept = new Set<string>();
let keptDay = '';
const MOST_KEPT = 50_000;

/**
 * Keeps that the viewer saw these people on a page, once a day for each page; looking at oneself is not kept. It is written
 * before the page is answered: what a person is told of who looked leaves nobody out.
 */
export async function recordLooks(
  viewer: { id: string; organisation_id: string },
  what: LookedAt,
  personIds: readonly string[],
  now = new Date(),
): Promise<void> {
  const day = dayOf(now);
  if (day !== keptDay || kept.size > MOST_KEPT) {
    kept.clear();
    keptDay = day;
  }
  const keyOf = (person: string) => `${viewer.organisation_id} ${viewer.id} ${person} ${what}`;
  const others = [...new Set(personIds)].filter((person) => person !== viewer.id && !kept.has(keyOf(person)));
  if (others.length === 0) return;
  await db().raw(
    `insert into looks (organisation_id, person_id, viewer_id, what, day)
     select ?, person, ?, ?, ?::date from unnest(?::uuid[]) person on conflict do nothing`,
    [viewer.organisation_id, viewer.id, what, day, others],
  );
  for (const person of others) kept.add(keyOf(person));
}
