import type { Day } from '../../../lib/calendar';
import { monthEndBefore } from '../../../lib/calendar';
import { db } from '../../../lib/db';
import {
  keepGroups,
  selectGroups,
  selectKnownCodes,
  selectKnownFrom,
  selectPlaceChanges,
} from './counted-people.model';
import { placesOf, staysOf } from './home-teams';
import { countedGroups, type Group } from './release';

/**
 * Decides who is counted at month ends that are being closed, in the transaction that closes them and after their other rows
 * are written: for each competence the groups of `release.ts`, carried on from what was decided before.
 */
export async function countMonths(organisationId: string, first: Day, last: Day): Promise<void> {
  const { smallest_group } = await db().table('organisations').where({ id: organisationId }).first('smallest_group');
  const changes = Map.groupBy(await selectPlaceChanges(organisationId), ({ person_id }) => person_id);
  const places = new Map(
    [...changes].map(([person, own]) => [person, placesOf(own, organisationId, smallest_group)] as const),
  );
  const months = monthEnds(first, last);
  for (const code of await selectKnownCodes(organisationId)) {
    const stays = staysOf(await selectKnownFrom(organisationId, code), places);
    const groups = countedGroups(stays, months, await selectGroups(organisationId, code));
    await keepGroups(organisationId, code, groups.map(changedSince(first)));
  }
}

/** Of a group, what these closings decided: who came and who went. */
const changedSince =
  (first: Day) =>
  ({ members, ...group }: Group): Group => ({
    ...group,
    members: members.filter(({ from, until }) => from >= first || (until !== null && until >= first)),
  });

function monthEnds(first: Day, last: Day): Day[] {
  const months: Day[] = [];
  for (let month = last; month >= first; month = monthEndBefore(month, 1)) months.unshift(month);
  return months;
}
