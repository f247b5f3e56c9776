import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import { notify } from '../notifications/notifications.service';
import type { Actor } from '../organisations/organisations.model';
import type { Observation } from './observations.model';
import {
  lockResponse,
  type ObservationResponse,
  selectSupervisorsOf,
  setResponse,
  standingOf,
} from './responses.model';
import { frameworkWords } from './skills.model';
import { SEEN_BY_SUPERVISORS } from './skills.policy';
import { rebuild } from './skills.service';

/** What a verb did: false when the result is not there, not the actor's, or no longer in a state for it. */
type Done = Promise<boolean>;
type Both = { observation: Observation; response: ObservationResponse };

const isOwn = (actor: Actor, { observation }: Both) =>
  observation.person_id === actor.id && observation.source !== 'self';
const isRater = (actor: Actor, { observation }: Both) =>
  observation.recorded_by === actor.id && observation.person_id !== actor.id;

/** The person has read the result: it is no longer marked new. Safe to call again. */
export function markRead(actor: Actor, id: string): Done {
  return change(actor, id, async (both) => {
    if (!isOwn(actor, both)) return false;
    if (!both.response.read_at) await setResponse(id, { read_at: new Date() });
    return true;
  });
}

/** Puts the person's comment beside a result, in place of their earlier one; an empty one takes it away. */
export function comment(actor: Actor, id: string, text: string): Done {
  return change(actor, id, async (both) => {
    if (!isOwn(actor, both)) return false;
    const now = new Date();
    await setResponse(id, {
      comment: text,
      commented_at: text === '' ? null : now,
      read_at: both.response.read_at ?? now,
    });
    return true;
  });
}

/**
 * The person says that a result does not look right. Until it is settled it counts in no figure: the points of the skill are
 * made again without it. Sending it twice contests once.
 * The rater is told, and for what the agreed profile asks for the person's supervisors too.
 */
export function contest(actor: Actor, id: string, reason: string): Done {
  return change(actor, id, async (both) => {
    if (!isOwn(actor, both) || standingOf(both.response) === 'withdrawn') return false;
    if (standingOf(both.response) === 'contested') return true;
    const now = new Date();
    await setResponse(id, {
      contested_at: now,
      reason,
      settled_at: null,
      explained_at: null,
      explained_by: null,
      explanation: '',
      read_at: both.response.read_at ?? now,
    });
    await rebuild(both.observation, both.observation.observed_at);
    await recordAudit(actor, 'skill.contested', { type: 'person', id: actor.id }, { source: both.observation.source });
    await tellRaters(actor, both);
    return true;
  });
}

/** The person lets the result stand after all; their reason and comment stay beside it. It counts again from now on. */
export function settle(actor: Actor, id: string): Done {
  return change(actor, id, async (both) => {
    if (!isOwn(actor, both) || standingOf(both.response) !== 'contested') return false;
    await setResponse(id, { settled_at: new Date() });
    await rebuild(both.observation, both.observation.observed_at);
    await recordAudit(actor, 'skill.settled', { type: 'person', id: actor.id });
    return true;
  });
}

/** The rater tells the person why they saw it so. The person decides what follows. */
export function explain(actor: Actor, id: string, explanation: string): Done {
  return change(actor, id, async (both) => {
    if (!isRater(actor, both) || standingOf(both.response) !== 'contested') return false;
    await setResponse(id, { explained_at: new Date(), explained_by: actor.id, explanation });
    await recordAudit(actor, 'skill.explained', { type: 'person', id: both.observation.person_id });
    await tellPerson(both, 'skill.explained');
    return true;
  });
}

/** The rater takes a contested result back: it stays in the history as withdrawn and never counts again. */
export function withdraw(actor: Actor, id: string): Done {
  return change(actor, id, async (both) => {
    if (!isRater(actor, both)) return false;
    if (both.response.withdrawn_at) return true;
    if (standingOf(both.response) !== 'contested') return false;
    await setResponse(id, { withdrawn_at: new Date(), withdrawn_by: actor.id });
    await rebuild(both.observation, both.observation.observed_at);
    await recordAudit(actor, 'skill.withdrawn', { type: 'person', id: both.observation.person_id });
    await tellPerson(both, 'skill.withdrawn');
    return true;
  });
}

function change(actor: Actor, id: string, work: (both: Both) => Done): Done {
  return atomically(async () => {
    const both = await lockResponse(actor.organisation_id, id);
    return both !== undefined && (await work(both));
  });
}

/** The rater, and the supervisors where the table of who sees what lets them see the result: required and validated. */
async function tellRaters(actor: Actor, { observation }: Both): Promise<void> {
  const { organisation_id, id, source, competence_code, recorded_by } = observation;
  const { targets } = await frameworkWords(actor.language);
  const isRequired = targets.get(actor.target_profile ?? '')?.has(competence_code) ?? false;
  const supervisors =
    isRequired && SEEN_BY_SUPERVISORS.includes(source) ? await selectSupervisorsOf(organisation_id, actor.id) : [];
  const told = new Set([recorded_by, ...supervisors].filter((person) => person !== null && person !== actor.id));
  for (const person_id of told as Set<string>)
    await notify({
      organisation_id,
      person_id,
      kind: 'skill.contested',
      params: { name: actor.name },
      href: `/skills/answers/${id}`,
    });
}

function tellPerson({ observation }: Both, kind: string): Promise<void> {
  const { organisation_id, person_id, id } = observation;
  return notify({ organisation_id, person_id, kind, params: {}, href: `/skills/results/${id}` });
}
