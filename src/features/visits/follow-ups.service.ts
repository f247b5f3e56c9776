import { randomInt } from 'node:crypto';
import { dayOf } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import {
  deleteFollowUp,
  type FollowUp,
  type FollowUpCheck,
  type FollowUpSums,
  insertCheck,
  insertFollowUp,
  updateFollowUp,
} from './follow-ups.model';

const subject = ({ id }: Pick<FollowUp, 'id'>) => ({ type: 'follow_up', id });
const WORDS = [
  'KOIVU',
  'KUUSI',
  'PAJU',
  'TUOMI',
  'VUOKKO',
  'KIELO',
  'SUO',
  'NIITTY',
  'PURO',
  'KALLIO',
  'SAARI',
  'TUULI',
];

/** A code to write on the person's own paper: nobody chose it, so it tells of nobody. */
export const offeredCode = (): string => `${WORDS[randomInt(WORDS.length)]} ${randomInt(100, 1000)}`;

/** Begins a follow-up. False when another person has the code. */
export function beginFollowUp(actor: Actor, words: Pick<FollowUp, 'id' | 'code' | 'theme' | 'goal'>): Promise<boolean> {
  return atomically(async () => {
    const kept = await insertFollowUp({ ...words, organisation_id: actor.organisation_id, made_by: actor.id });
    if (kept === 'new') await recordAudit(actor, 'follow_up.begun', subject(words));
    return kept !== 'taken';
  });
}

/** What the person can do now, and what stands in the way. Throws 409 after the end. */
export function checkFollowUp(
  actor: Actor,
  followUp: FollowUp,
  check: Pick<FollowUpCheck, 'id' | 'ability' | 'can_now' | 'barriers'>,
): Promise<void> {
  return atomically(async () => {
    if (followUp.ended_on) throw conflict();
    const { organisation_id, id } = followUp;
    if (await insertCheck({ ...check, organisation_id, follow_up_id: id, made_by: actor.id }))
      await recordAudit(actor, 'follow_up.checked', subject(followUp));
  });
}

export function endFollowUp(actor: Actor, followUp: FollowUp, reached: boolean): Promise<void> {
  return atomically(async () => {
    if (followUp.ended_on) throw conflict();
    await updateFollowUp(followUp, { ended_on: dayOf(new Date()), reached });
    await recordAudit(actor, 'follow_up.ended', subject(followUp));
  });
}

/** The person does not want it any more: nothing of it stays. */
export function removeFollowUp(actor: Actor, followUp: FollowUp): Promise<void> {
  return atomically(async () => {
    await deleteFollowUp(followUp);
    await recordAudit(actor, 'follow_up.removed', subject(followUp));
  });
}

export interface ToldSums {
  followed: number;
  /** Per cent of those whose follow-up ended, and of how many; undefined under the smallest group. */
  reached?: { share: number; people: number };
  alone?: { share: number; people: number };
  /** What stood in somebody's way; null for fewer people than the smallest group. */
  barriers: { key: string; people: number | null }[];
}

/** What may be told of everybody together: nothing of groups smaller than `least`. Undefined when there are fewer altogether. */
export function toldSums(sums: FollowUpSums, least: number): ToldSums | undefined {
  if (sums.followed < least) return undefined;
  const share = (part: number, people: number) =>
    people < least ? undefined : { share: Math.round((100 * part) / people), people };
  const barriers = Object.entries(sums.barriers)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([key, people]) => ({ key, people: people < least ? null : people }));
  return {
    followed: sums.followed,
    reached: share(sums.reached, sums.ended),
    alone: share(sums.alone, sums.checked),
    barriers,
  };
}
