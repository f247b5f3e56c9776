import type { Actor } from '../organisations/organisations.model';
import type { Plan } from './plans.model';

/**
 * The person always; the one it was proposed to once it was, for as long as they supervise a team of the person. No
 * administrator, no other supervisor. A draft is the person's alone.
 */
export function canReadPlan(
  actor: Pick<Actor, 'id' | 'lowered'>,
  plan: Pick<Plan, 'person_id' | 'supervisor_id' | 'state' | 'is_supervised'>,
): boolean {
  if (actor.id === plan.person_id) return true;
  return actor.id === plan.supervisor_id && plan.state !== 'draft' && plan.is_supervised && !actor.lowered;
}

/** Writing is the person's, until it is proposed and again once it was sent back. */
export const canWritePlan = (actor: Pick<Actor, 'id'>, plan: Pick<Plan, 'person_id' | 'state'>) =>
  actor.id === plan.person_id && (plan.state === 'draft' || plan.state === 'returned');

/** Agreeing and sending back are the supervisor's, while it waits for them. */
export const canAnswerPlan = (
  actor: Pick<Actor, 'id' | 'lowered'>,
  plan: Pick<Plan, 'person_id' | 'supervisor_id' | 'state' | 'is_supervised'>,
) => actor.id !== plan.person_id && plan.state === 'proposed' && canReadPlan(actor, plan);
