import { dayOf } from '../../lib/calendar';
import { withScope } from '../../lib/scope';
import { notify } from '../notifications/notifications.service';
import { type Ending, selectEnding } from './renewal.queries';

/**
 * Tells people of one organisation that agreed training of theirs ends soon, once for each last day, and each supervisor how
 * many in their team should renew something, once a month: names are on the team's page and in no mail.
 */
export function remindOfRenewals(organisation_id: string): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const endings = await selectEnding(organisation_id);
    for (const { person_id, course_id, title, valid_until } of endings)
      await notify({
        organisation_id,
        person_id,
        kind: 'training.ending',
        params: { title, date: valid_until },
        href: '/training',
        key: `training ${course_id} ${valid_until}`,
      });
    const month = dayOf(new Date()).slice(0, 7);
    for (const { id, name, supervisors, people } of byTeam(endings))
      for (const person_id of supervisors)
        await notify({
          organisation_id,
          person_id,
          kind: 'training.team-ending',
          params: { team: name, count: people },
          href: `/team/${id}/completions`,
          key: `training team ${id} ${month}`,
        });
  });
}

/** Teams with how many of their people have something ending; a supervisor is not told of themself. */
function byTeam(endings: readonly Ending[]) {
  const teams = new Map<string, Ending['teams'][number] & { members: Set<string> }>();
  for (const { person_id, teams: theirs } of endings)
    for (const team of theirs) {
      const known = teams.get(team.id) ?? { ...team, members: new Set<string>() };
      known.members.add(person_id);
      teams.set(team.id, known);
    }
  return [...teams.values()].map(({ members, ...team }) => ({ ...team, people: members.size }));
}
