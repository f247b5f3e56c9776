import { randomUUID } from 'node:crypto';
import type { Day } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import { tellStepFinished } from '../paths/steps.service';
import {
  deleteGoal,
  deletePreparation,
  deleteTalk,
  endPreparation,
  findOpenTalk,
  hidePreparation,
  insertGoal,
  insertTalk,
  lockOpenTalk,
  putPreparation,
  type Share,
  selectGoals,
  setTalk,
  type Talk,
} from './talks.model';
import { sideOf } from './talks.policy';
import type { AgreementForm, GoalForm, PreparationForm } from './talks.schema';

type Both = Pick<Talk, 'person_id' | 'supervisor_id'>;

/** A goal that is one of very many is none. */
const MOST_GOALS = 10;

/** Plans a talk and tells the other one. Returns its id, or that of the open talk the two have already. */
export function proposeTalk(
  actor: Actor,
  {
    id,
    person_id,
    supervisor_id,
    planned_on,
  }: { id: string; planned_on: Day } & { person_id: string; supervisor_id: string },
): Promise<string> {
  return atomically(async () => {
    const { organisation_id } = actor;
    const talk = { id, organisation_id, person_id, supervisor_id, planned_on, proposed_by: actor.id };
    if (!(await insertTalk(talk))) return (await findOpenTalk(organisation_id, person_id, supervisor_id))?.id ?? id;
    await tellOther(actor, talk, 'talk.planned', { date: planned_on }, `planned ${planned_on}`);
    await recordAudit(actor, 'talk.planned', { type: 'person', id: person_id });
    return id;
  });
}

/** Moves an open talk to another day, and tells the other one. */
export function moveTalk(actor: Actor, talk: Talk, planned_on: Day): Promise<void> {
  return atomically(async () => {
    const open = await lockOpenTalk(talk);
    if (!open || talk.planned_on === planned_on) return;
    await setTalk(talk, { planned_on });
    await tellOther(actor, talk, 'talk.moved', { date: planned_on });
  });
}

/** Takes an open talk away with everything in it, and tells the other one. One that has been held stays. */
export function cancelTalk(actor: Actor, talk: Talk): Promise<void> {
  return atomically(async () => {
    if (!(await lockOpenTalk(talk))) return;
    await deleteTalk(talk);
    await tellOther(actor, talk, 'talk.cancelled', { date: talk.planned_on }, 'cancelled', '/talks');
    await recordAudit(actor, 'talk.cancelled', { type: 'person', id: talk.person_id });
  });
}

/** The person says what the other may see of their skills in this talk; the choice can be taken back at any time. */
export async function shareInTalk(talk: Talk, shared: Share[]): Promise<void> {
  await setTalk(talk, { shared });
}

/**
 * The person gives the talk, and what was agreed in it, to the one who supervises them now. What was said, shown or confirmed
 * between the former two stays with them. False when a talk with the new one is open already.
 */
export function giveTalkTo(actor: Actor, talk: Talk, supervisorId: string): Promise<boolean> {
  return atomically(async () => {
    const { organisation_id, person_id } = talk;
    const open = await lockOpenTalk(talk);
    if (open?.supervisor_id === supervisorId) return true;
    if (open && (await findOpenTalk(organisation_id, person_id, supervisorId))) return false;
    if (open) await hidePreparations(open);
    await setTalk(talk, { supervisor_id: supervisorId, supervisor_confirmed_at: null, ...(open && { shared: [] }) });
    if (open) await changed(open);
    const given = { ...talk, supervisor_id: supervisorId };
    await tellOther(actor, given, 'talk.given', { date: talk.planned_on }, `given ${supervisorId}`);
    await recordAudit(actor, 'talk.given', { type: 'person', id: person_id });
    return true;
  });
}

/** Notes were shown to the other of the two, and to nobody who comes after them. */
async function hidePreparations(talk: Talk): Promise<void> {
  for (const id of bothOf(talk))
    await withScope({ organisationId: talk.organisation_id, personId: id }, () => hidePreparation(talk, id));
}

/** Keeps the actor's own notes, half-done ones too. False when another window of theirs has saved meanwhile. */
export async function prepare(actor: Actor, talk: Talk, { version, ...notes }: PreparationForm): Promise<boolean> {
  return putPreparation(talk, actor.id, version, notes);
}

export async function forgetPreparation(actor: Actor, talk: Talk): Promise<void> {
  await deletePreparation(talk, actor.id);
}

/** Adds a goal; the same form twice adds it once. False when there are as many as one can keep in mind. */
export function addGoal(talk: Talk, { key, competence, level, words }: GoalForm): Promise<boolean> {
  return atomically(async () => {
    const open = await lockOpenTalk(talk);
    if (!open) return true;
    if ((await selectGoals(talk.organisation_id, [talk.id])).length >= MOST_GOALS) return false;
    const goal = { id: key, talk_id: talk.id, competence_code: competence, level: competence ? level : null, words };
    if (await insertGoal(talk.organisation_id, goal)) await changed(open);
    return true;
  });
}

export function removeGoal(talk: Talk, goalId: string): Promise<void> {
  return atomically(async () => {
    const open = await lockOpenTalk(talk);
    if (open && (await deleteGoal(talk, goalId))) await changed(open);
  });
}

/** Writes what was agreed over the version that was read. False when the other one has written meanwhile. */
export function agree(talk: Talk, { agreement, next_on, text_version }: AgreementForm): Promise<boolean> {
  return atomically(async () => {
    const open = await lockOpenTalk(talk);
    if (!open || open.text_version !== text_version) return false;
    await setTalk(talk, { agreement, next_on, text_version: text_version + 1 });
    await changed(open);
    return true;
  });
}

/** A confirmation is of what was read: any change asks for both again. */
function changed({ organisation_id, id, version }: Talk): Promise<void> {
  return setTalk(
    { organisation_id, id },
    { version: version + 1, person_confirmed_at: null, supervisor_confirmed_at: null },
  );
}

export type Confirmed = 'confirmed' | 'held' | 'changed' | 'empty';

/**
 * One of the two says yes to what they read. With the second yes the talk has been held: notes of both are deleted unless
 * their writer keeps them, and the next talk is planned when a day was agreed.
 */
export function confirmTalk(actor: Actor, talk: Talk, version: number): Promise<Confirmed> {
  return atomically(async () => {
    const open = await lockOpenTalk(talk);
    if (!open || open.version !== version) return 'changed';
    const goals = await selectGoals(talk.organisation_id, [talk.id]);
    if (goals.length === 0 && open.agreement === '') return 'empty';

    const side = sideOf(actor, talk);
    const other = side === 'person' ? open.supervisor_confirmed_at : open.person_confirmed_at;
    const now = new Date();
    await setTalk(talk, { [`${side}_confirmed_at`]: now, ...(other && { held_at: now }) });
    if (!other) {
      await tellOther(actor, talk, 'talk.confirm', { date: talk.planned_on }, `confirm ${version}`);
      return 'confirmed';
    }
    await endTalk(actor, { ...talk, supervisor_id: open.supervisor_id });
    return 'held';
  });
}

async function endTalk(actor: Actor, talk: Talk): Promise<void> {
  const { organisation_id, person_id, supervisor_id, next_on } = talk;
  for (const id of bothOf(talk))
    await withScope({ organisationId: organisation_id, personId: id }, () => endPreparation(talk, id));
  if (next_on)
    await insertTalk({
      id: randomUUID(),
      organisation_id,
      person_id,
      supervisor_id,
      proposed_by: actor.id,
      planned_on: next_on,
    });
  await tellOther(actor, talk, 'talk.held', { date: talk.planned_on }, 'held');
  await tellStepFinished({ id: person_id, organisation_id });
  await recordAudit(actor, 'talk.held', { type: 'person', id: person_id });
}

const bothOf = ({ person_id, supervisor_id }: Both): string[] =>
  supervisor_id ? [person_id, supervisor_id] : [person_id];

async function tellOther(
  actor: Actor,
  talk: Both & { id: string },
  kind: string,
  params: Record<string, string>,
  key?: string,
  href = `/talks/${talk.id}`,
): Promise<void> {
  const { organisation_id } = actor;
  for (const person_id of bothOf(talk).filter((id) => id !== actor.id))
    await notify({ organisation_id, person_id, kind, params, href, ...(key && { key: `talk ${talk.id} ${key}` }) });
}
