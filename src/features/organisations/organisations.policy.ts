import { policy } from '../../lib/routes';
import type { Actor, Membership, Relation, Role } from './organisations.model';

/** Route policies: who may use an address at all. Which rows is asked in the handlers. */
export const signedIn = policy('signedIn', (req) => req.visitor !== undefined);
export const authors = policy('authors', (req) => isAuthor(req.visitor));
export const reviewers = policy('reviewers', (req) => isReviewer(req.visitor));
export const supervisors = policy('supervisors', (req) => isSupervisor(req.visitor));
export const coordinators = policy('coordinators', (req) => isCoordinator(req.visitor));
export const administrators = policy('administrators', (req) => isAdministrator(req.visitor));

const has = (actor: Actor | undefined, role: Role) => actor?.roles.includes(role) ?? false;

export const isAuthor = (actor: Actor | undefined) => has(actor, 'author') || has(actor, 'expert');
export const isReviewer = (actor: Actor | undefined) => has(actor, 'reviewer') || has(actor, 'expert');
export const isAdministrator = (actor: Actor | undefined) => has(actor, 'administrator');
export const isSupervisor = (actor: Actor | undefined) => (actor?.supervised_teams.length ?? 0) > 0;
export const isCoordinator = (actor: Actor | undefined) => (actor?.coordinated_networks.length ?? 0) > 0;

/** For whom a lesson or a question is meant. An empty list means everybody. */
export const AUDIENCES = ['client', 'peer_supporter', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

const AUDIENCE_OF: Record<Relation, Audience> = {
  employee: 'staff',
  peer: 'peer_supporter',
  volunteer: 'peer_supporter',
  independent: 'peer_supporter',
  client: 'client',
};

/** The audiences that the actor belongs to, for queries: `audience = '{}' or audience && ?`. */
export const audiencesOf = (actor: Pick<Actor, 'relation'>): Audience[] => [AUDIENCE_OF[actor.relation]];

/** Whether something meant for `audience` is meant for the actor too. */
export function isForAudience(actor: Pick<Actor, 'relation'>, audience: readonly string[]): boolean {
  return audience.length === 0 || audiencesOf(actor).some((ours) => audience.includes(ours));
}

/**
 * The roles of a member that `viewer` may see in a list (domain table, last row). Being an expert by experience may tell of
 * health (GDPR 9): the person sees it, a supervisor of their team when they are employed for it, others when they show it.
 */
export function rolesShownTo(
  viewer: Pick<Actor, 'id' | 'supervised_teams'>,
  member: Pick<Membership, 'person_id' | 'roles' | 'relation' | 'shows_role'> & { team_ids: readonly string[] },
): Role[] {
  const isOwn = member.person_id === viewer.id;
  const isTheirSupervisor =
    member.relation === 'employee' && member.team_ids.some((team) => viewer.supervised_teams.includes(team));
  if (isOwn || member.shows_role || isTheirSupervisor) return member.roles;
  return member.roles.filter((role) => role !== 'expert');
}
