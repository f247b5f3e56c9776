import type { Actor } from '../organisations/organisations.model';
import { type Observed, supervises } from '../skills/skills.policy';
import type { Submission } from './submissions.model';

type Asked = Pick<Submission, 'organisation_id' | 'person_id' | 'judge_id' | 'state'>;

export const isOwn = (actor: Pick<Actor, 'id'>, { person_id }: Pick<Submission, 'person_id'>) => person_id === actor.id;

type Judge = Pick<Actor, 'id' | 'lowered'>;
const isJudge = (actor: Judge, { judge_id }: Asked) => judge_id === actor.id && !actor.lowered;

/** States in which the learner may still change what they tell. */
export const canChange = (actor: Pick<Actor, 'id'>, submission: Asked) =>
  isOwn(actor, submission) && ['draft', 'more'].includes(submission.state);

/** Until somebody has said what they saw, the learner may take it back. */
export const canWithdraw = (actor: Pick<Actor, 'id'>, submission: Asked) =>
  isOwn(actor, submission) && ['draft', 'sent', 'looking', 'more'].includes(submission.state);

/** A result waits for the learner's own yes. */
export const canTake = (actor: Pick<Actor, 'id'>, submission: Asked) =>
  isOwn(actor, submission) && submission.state === 'judged';

/** The one who was asked, while it waits for them. What else they may see of it: `canRead`. */
export const canJudge = (actor: Judge, submission: Asked) =>
  isJudge(actor, submission) && !isOwn(actor, submission) && ['sent', 'looking'].includes(submission.state);

/** The person, and the one they asked as long as it waits or was looked at by them; nobody else, whatever their role. */
export const canRead = (actor: Judge, submission: Asked) =>
  isOwn(actor, submission) || (isJudge(actor, submission) && !['draft', 'withdrawn'].includes(submission.state));

/**
 * Whom a person may ask about these skills: a professional of the organisation about any, their supervisor about those of
 * the agreed target profile only (domain 4.5). Never oneself.
 */
export function mayBeAsked(
  judge: Pick<Actor, 'id' | 'roles' | 'supervised_teams'>,
  person: Observed,
  codes: readonly string[],
  agreed: ReadonlySet<string>,
): boolean {
  if (judge.id === person.id) return false;
  if (judge.roles.includes('reviewer')) return true;
  return supervises(judge as Actor, person) && codes.every((code) => agreed.has(code));
}
