import { atomically } from '../../lib/db';
import type { MessageKey } from '../../lib/i18n';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteLine,
  deletePlan,
  insertDraft,
  insertLine,
  lockPlan,
  type Plan,
  type PlanLine,
  replaceAgreed,
  setPlan,
} from './plans.model';
import { canAnswerPlan, canWritePlan } from './plans.policy';

const subject = ({ id }: Pick<Plan, 'id'>) => ({ type: 'plan', id });

/** Begins a new version of the person's plan. Safe to call twice. */
export function beginPlan(actor: Actor, planId: string): Promise<void> {
  return atomically(() => insertDraft(actor, planId));
}

/** Changes a draft under a lock. Undefined when done; else why not. What was sent back is a draft again from the first change. */
function write(actor: Actor, plan: Plan, work: (locked: Plan) => Promise<unknown>): Promise<MessageKey | undefined> {
  return atomically(async () => {
    const locked = await lockPlan(actor.organisation_id, plan.id);
    if (!locked || !canWritePlan(actor, locked)) return 'plans.notDraft';
    if (locked.state === 'returned') await setPlan(locked, { state: 'draft', person_signed_at: null });
    await work(locked);
    return undefined;
  });
}

/** Keeps the words; another window's newer words are not written over. */
export async function writePlan(
  actor: Actor,
  plan: Plan,
  { words, ends_on, text_version }: Pick<Plan, 'words' | 'ends_on' | 'text_version'>,
): Promise<MessageKey | undefined> {
  let isOld = false;
  const fault = await write(actor, plan, async (locked) => {
    isOld = locked.text_version !== text_version && (locked.words !== words || locked.ends_on !== ends_on);
    if (!isOld) await setPlan(locked, { words, ends_on, text_version: locked.text_version + 1 });
  });
  return fault ?? (isOld ? 'plans.savedElsewhere' : undefined);
}

export const addLine = (actor: Actor, plan: Plan, line: PlanLine) =>
  write(actor, plan, (locked) => insertLine(locked, line));

export const removeLine = (actor: Actor, plan: Plan, lineId: string) =>
  write(actor, plan, (locked) => deleteLine(locked, lineId));

/** Throws the draft away. What was agreed before stays agreed. */
export const dropPlan = (actor: Actor, plan: Plan) => write(actor, plan, (locked) => deletePlan(locked));

/** The person signs and proposes; from now on the supervisor reads it too. */
export function proposePlan(actor: Actor, plan: Plan, supervisor_id: string): Promise<MessageKey | undefined> {
  return write(actor, plan, async (locked) => {
    await setPlan(locked, { state: 'proposed', supervisor_id, person_signed_at: new Date() });
    await recordAudit(actor, 'plan.proposed', subject(plan));
    await tell(locked, supervisor_id, 'plan.proposed', { name: locked.person_name });
  });
}

/** Back to a draft that nobody else sees. False when the supervisor has answered meanwhile. */
export function takeBackPlan(actor: Actor, plan: Plan): Promise<boolean> {
  return atomically(async () => {
    const locked = await lockPlan(actor.organisation_id, plan.id);
    if (locked?.state !== 'proposed' || locked.person_id !== actor.id) return false;
    await setPlan(locked, { state: 'draft', person_signed_at: null });
    return true;
  });
}

/** The supervisor sends it back with words. False when it does not wait for them any more. */
export function returnPlan(actor: Actor, plan: Plan, returned_words: string): Promise<boolean> {
  return answer(actor, plan, async (locked) => {
    await setPlan(locked, { state: 'returned', returned_words, returned_at: new Date(), person_signed_at: null });
    await recordAudit(actor, 'plan.returned', subject(plan));
    await tell(locked, locked.person_id, 'plan.returned', { name: actor.name });
  });
}

/** The second signature: it is agreed, and takes the place of the one before. */
export function agreePlan(actor: Actor, plan: Plan): Promise<boolean> {
  return answer(actor, plan, async (locked) => {
    await replaceAgreed(locked);
    await setPlan(locked, { state: 'agreed', supervisor_signed_at: new Date() });
    await recordAudit(actor, 'plan.agreed', subject(plan));
    await tell(locked, locked.person_id, 'plan.agreed', { name: actor.name });
  });
}

function answer(actor: Actor, plan: Plan, work: (locked: Plan) => Promise<void>): Promise<boolean> {
  return atomically(async () => {
    const locked = await lockPlan(actor.organisation_id, plan.id);
    if (!locked || !canAnswerPlan(actor, locked)) return false;
    await work(locked);
    return true;
  });
}

const tell = (plan: Plan, person_id: string, kind: string, params: { name: string }) =>
  notify({ organisation_id: plan.organisation_id, person_id, kind, params, href: `/plans/${plan.id}` });
