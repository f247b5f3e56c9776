import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isSupervisor } from '../organisations/organisations.policy';

/** Reports about a group are for those who supervise it and for the organisation's administrators. */
export const reportReaders = policy('reportReaders', (req) => mayReadReports(req.visitor));

export const mayReadReports = (actor: Actor | undefined) => isSupervisor(actor) || isAdministrator(actor);

/** Names, requests for help and validated competences: only who supervises the team today. */
export const canSeePeopleOf = (actor: Actor, team: { id: string }) => actor.supervised_teams.includes(team.id);

/** Completion of agreed training, and figures of groups. `team` is a team of the actor's organisation. */
export const canReadReportsOf = (actor: Actor, team: { id: string }) =>
  canSeePeopleOf(actor, team) || isAdministrator(actor);
