import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { membersChanged } from '../organisations/members-changed';
import { lockOrganisation } from '../organisations/memberships.model';
import { deleteCoordinator, type Network, putCoordinator } from '../organisations/networks.model';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteSupervisor,
  endTeamMember,
  insertTeam,
  putSupervisor,
  putTeamMember,
  selectSubtree,
  setTeam,
} from '../organisations/team-people.model';
import { selectTeams, type Team } from '../organisations/teams.model';
import type { PLACES } from './admin.schema';
import type { Refusal } from './people.service';

type Admin = Pick<Actor, 'id' | 'organisation_id'>;
type TeamValues = Pick<Team, 'name' | 'parent_id'>;
export type Place = (typeof PLACES)[number];

/** Makes a team, under another or at the top. Refuses a name that a team of the organisation has. */
export function addTeam(actor: Admin, values: TeamValues): Promise<Refusal | { id: string }> {
  return inOrder(actor, async (teams) => {
    const refused = check(teams, undefined, values);
    if (refused) return refused;
    const id = await insertTeam({ ...values, organisation_id: actor.organisation_id });
    await recordAudit(actor, 'team.added', { type: 'team', id }, { name: values.name });
    return { id };
  });
}

/** Renames and moves. Refuses a taken name, and a place under the team itself or under one of its own teams. */
export function changeTeam(actor: Admin, team: Team, values: TeamValues): Promise<Refusal | undefined> {
  return inOrder(actor, async (teams) => {
    const refused = check(teams, team, values);
    if (refused) return refused;
    const below = await selectSubtree(actor.organisation_id, team.id);
    if (values.parent_id && below.includes(values.parent_id)) return { refused: { parent_id: 'admin.team.circle' } };
    await setTeam(actor.organisation_id, team.id, values);
    await recordAudit(actor, 'team.changed', { type: 'team', id: team.id }, { before: team.name, name: values.name });
  });
}

/** A parent of another organisation is not known here: it is a parent that does not exist. */
function check(teams: Team[], team: Team | undefined, { name, parent_id }: TeamValues): Refusal | undefined {
  const same = teams.find((other) => other.id !== team?.id && other.name.toLowerCase() === name.toLowerCase());
  if (same) return { refused: { name: 'admin.team.name.taken' } };
  if (parent_id && !teams.some(({ id }) => id === parent_id)) return { refused: { parent_id: 'errors.invalid' } };
}

function inOrder<T>(actor: Admin, work: (teams: Team[]) => Promise<T>): Promise<T> {
  return atomically(async () => {
    await lockOrganisation(actor.organisation_id);
    return work(await selectTeams(actor.organisation_id));
  });
}

/** Puts a member of the organisation into the team: as a member, its supervisor, or a deputy until the end of a day. */
export function placePerson(actor: Admin, team: Team, personId: string, place: Place, endsOn: string | null) {
  return atomically(async () => {
    const { organisation_id } = actor;
    if (place === 'member') await putTeamMember(organisation_id, team.id, personId);
    else await putSupervisor(organisation_id, team.id, personId, { is_deputy: place === 'deputy', ends_on: endsOn });
    if (place === 'member') await membersChanged(organisation_id);
    const details = { team: team.name, ...(endsOn && { until: endsOn }) };
    await recordAudit(actor, `team.${place}-added`, { type: 'person', id: personId }, details);
  });
}

/** Takes the person out of one place in the team; other places stay. */
export function removePerson(actor: Admin, team: Team, personId: string, place: Place): Promise<void> {
  return atomically(async () => {
    if (place === 'member') await endTeamMember(actor.organisation_id, team.id, personId);
    else await deleteSupervisor(actor.organisation_id, team.id, personId);
    if (place === 'member') await membersChanged(actor.organisation_id);
    await recordAudit(actor, `team.${place}-removed`, { type: 'person', id: personId }, { team: team.name });
  });
}

export function nameCoordinator(actor: Admin, network: Network, personId: string): Promise<void> {
  return atomically(async () => {
    await putCoordinator(actor.organisation_id, network.id, personId);
    const subject = { type: 'person', id: personId };
    await recordAudit(actor, 'network.coordinator-added', subject, { network: network.name });
  });
}

export function removeCoordinator(actor: Admin, network: Network, personId: string): Promise<void> {
  return atomically(async () => {
    await deleteCoordinator(actor.organisation_id, network.id, personId);
    const subject = { type: 'person', id: personId };
    await recordAudit(actor, 'network.coordinator-removed', subject, { network: network.name });
  });
}
