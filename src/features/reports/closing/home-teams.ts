import type { Day } from '../../../lib/calendar';
import type { Relation } from '../../organisations/organisations.model';
import type { Stay } from './release';
import { leastOf } from './skill-ends';

/** A change of one person's place in a team or in the organisation, as it stood when the month was closed. */
export interface PlaceChange {
  scope_id: string;
  month_end: Day;
  is_member: boolean;
  target_profile: string | null;
  relation: Relation;
}

export type Place = Pick<Stay, 'team_id' | 'profile' | 'least' | 'from' | 'until'>;

/**
 * Where a person was counted and as what, from the changes of their places in the order of months. A person in several teams
 * has one home: the team that they have been in the longest of those that they are in.
 */
export function placesOf(changes: readonly PlaceChange[], organisationId: string, smallestGroup: number): Place[] {
  const places: Place[] = [];
  const teams = new Map<string, Day>();
  let own: PlaceChange | undefined;
  let home: string | null = null;
  for (const [month, now] of Map.groupBy(changes, ({ month_end }) => month_end)) {
    for (const change of now) {
      if (change.scope_id === organisationId) own = change;
      else if (!change.is_member) teams.delete(change.scope_id);
      else if (!teams.has(change.scope_id)) teams.set(change.scope_id, month);
    }
    if (home === null || !teams.has(home)) home = longest(teams);
    const next = own?.is_member
      ? { team_id: home, profile: own.target_profile, least: leastOf([own], smallestGroup) }
      : undefined;
    const last = places.at(-1);
    const isOpen = last?.until === null;
    if (isOpen && next && isSame(last, next)) continue;
    if (isOpen) last.until = month;
    if (next) places.push({ ...next, from: month, until: null });
  }
  return places;
}

function longest(teams: ReadonlyMap<string, Day>): string | null {
  const [first] = [...teams].toSorted(([a, since], [b, then]) => (since === then ? order(a, b) : order(since, then)));
  return first?.[0] ?? null;
}

/** When a skill of a person was known: from which month end, seen by others then or not, and until when, if it was taken back. */
export interface KnownFrom {
  person_id: string;
  from: Day;
  until: Day | null;
  seen: boolean;
}

/** The stays of one competence: where people were while their skill was known. */
export function staysOf(known: readonly KnownFrom[], places: ReadonlyMap<string, readonly Place[]>): Stay[] {
  return known.flatMap(({ person_id, from, until, seen }) =>
    (places.get(person_id) ?? []).flatMap((place) => {
      const stay = { ...place, person_id, seen, from: later(place.from, from), until: earlier(place.until, until) };
      return stay.until === null || stay.until > stay.from ? [stay] : [];
    }),
  );
}

const order = (a: string, b: string) => (a < b ? -1 : 1);
const later = (a: Day, b: Day) => (a > b ? a : b);
const earlier = (a: Day | null, b: Day | null) => (a === null || (b !== null && b < a) ? b : a);
const isSame = (a: Place, b: Omit<Place, 'from' | 'until'>) =>
  a.team_id === b.team_id && a.profile === b.profile && a.least === b.least;
