import type { Picture } from '../features/accounts/pictures';
import { DEMO_ACCOUNTS } from './accounts';
import type { Rows } from './bulk';
import type { Calendar } from './calendar';
import type { Team } from './history';
import type { Member } from './people';

/** Everybody who has pictures in the demo has these; the README tells them. */
export const DEMO_PICTURES: readonly Picture[] = ['cat', 'sun', 'boat', 'key'];

interface Ways {
  organisationId: string;
  administrator: string | undefined;
  /** Argon2 of the demo's pictures. */
  pictureHash: string;
  teams: readonly Team[];
  staff: readonly Member[];
}

/** Some of the first team's named people come in by pictures, and one by mail; a shared device shows their names. */
export function addWays(rows: Rows, calendar: Calendar, ways: Ways): void {
  const { organisationId, administrator, pictureHash, teams, staff } = ways;
  const team = teams.find(({ members }) => members.some(({ named }) => named !== undefined)) ?? teams[0];
  const created_at = calendar.monthsAgo(2);
  const people = (team?.members ?? []).filter(({ leftOn }) => leftOn === null).slice(0, 9);
  for (const { id: person_id, chance, named } of people) {
    // Professionals keep to the password: pictures do not open what they are there for.
    if (named?.account && named.account !== DEMO_ACCOUNTS.usernames[0]) continue;
    rows.add('sign_in_ways', {
      id: chance.uuid(),
      person_id,
      kind: 'picture',
      secret: pictureHash,
      made_by: person_id,
      created_at,
    });
  }
  const writer = staff.find(({ named }) => named?.account === 'expert');
  if (writer) {
    const { id: person_id, chance } = writer;
    rows.add('sign_in_ways', {
      id: chance.uuid(),
      person_id,
      kind: 'mail',
      secret: '',
      made_by: person_id,
      created_at,
    });
  }
  if (!team) return;
  rows.add('shared_devices', {
    organisation_id: organisationId,
    name: 'Kirjaston tabletti',
    token_hash: `demo ${organisationId}`,
    team_id: team.id,
    until: calendar.daysAgo(-60).toISOString().slice(0, 10),
    made_by: administrator ?? null,
  });
  rows.add('sign_in_rules', { organisation_id: organisationId, second_factor: false, names_on_devices: true });
}
