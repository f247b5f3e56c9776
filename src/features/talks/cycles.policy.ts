import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import type { CycleTeam } from './cycles.queries';

type Of = Pick<CycleTeam, 'id' | 'is_member'>;

/** Days, theme and the next year are planned by who supervises the team. */
export const canPlanCycle = (actor: Actor, team: Pick<CycleTeam, 'id'>): boolean =>
  actor.supervised_teams.includes(team.id);

/** The team does what was planned: members mark steps and try things out with their supervisor. */
export const canWorkOnCycle = (actor: Actor, team: Of): boolean => team.is_member || canPlanCycle(actor, team);

/** Nothing in a cycle is about one person, so the organisation's administrators see it too. */
export const canSeeCycle = (actor: Actor, team: Of): boolean => canWorkOnCycle(actor, team) || isAdministrator(actor);
