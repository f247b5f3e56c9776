import { policy } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator, isSupervisor } from '../organisations/organisations.policy';
import type { PathRule } from './rules.model';
import type { StepKind, StepState } from './step-states';

/** Route policy: those who agree on training, for their teams or for the organisation. */
export const pathAssigners = policy(
  'pathAssigners',
  (req) => isAdministrator(req.visitor) || isSupervisor(req.visitor),
);

/** Makes and changes paths of the organisation: those who write its lessons, and the administrator. */
export const canEditPaths = (actor: Actor | undefined) =>
  isAdministrator(actor) || (actor?.roles.includes('author') ?? false);

/** Route policy: those who build paths. */
export const pathEditors = policy('pathEditors', (req) => canEditPaths(req.visitor));

/** Route policy: those who agree on paths or build them. */
export const pathKeepers = policy('pathKeepers', (req) => pathAssigners.allows(req) || pathEditors.allows(req));

/** What only the learner can know to be done, and only once it is open. A locked step is not marked past its lock. */
export const canMarkStep = ({ kind, state }: { kind: StepKind; state: StepState }) =>
  (kind === 'outside' || kind === 'talk') && state !== 'locked';

/** An agreement with many: the administrator all, a supervisor that with a team of theirs or one they made with some people. */
export function canAgreeWith(actor: Actor, rule: Pick<PathRule, 'kind' | 'team_id' | 'made_by'>): boolean {
  if (isAdministrator(actor)) return true;
  if (rule.kind === 'team') return actor.supervised_teams.includes(rule.team_id ?? '');
  return rule.kind === 'people' && rule.made_by === actor.id;
}

/** To a team: its supervisor; to a person: a supervisor of one of `personTeams`, their teams of today; the administrator to all. */
export function canAssignTo(
  actor: Actor,
  target: { team_id: string } | { person_id: string; personTeams: readonly string[] },
): boolean {
  if (isAdministrator(actor)) return true;
  if ('team_id' in target) return actor.supervised_teams.includes(target.team_id);
  return target.person_id !== actor.id && target.personTeams.some((team) => actor.supervised_teams.includes(team));
}
