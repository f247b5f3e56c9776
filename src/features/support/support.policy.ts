import type { Actor } from '../organisations/organisations.model';
import type { HelpRequest } from './support.model';

/** `teamIds`: the teams in which the one who asked is today. Nobody answers their own request as a supervisor. */
export function canAnswer(actor: Actor, request: HelpRequest, teamIds: readonly string[]): boolean {
  return (
    request.organisation_id === actor.organisation_id &&
    request.person_id !== actor.id &&
    teamIds.some((team) => actor.supervised_teams.includes(team))
  );
}

export function canWithdraw(actor: Actor, request: HelpRequest): boolean {
  return request.organisation_id === actor.organisation_id && request.person_id === actor.id;
}
