import { createHash } from 'node:crypto';
import type { Seal } from './type';

/** The seal of one question in one attempt (or one session of practice). */
export function sealOf(attemptId: string, questionId: string): Seal {
  const token = (name: string) =>
    createHash('sha256').update(`${attemptId} ${questionId} ${name}`).digest('hex').slice(0, 16);
  return {
    token,
    shuffled: (things, side) =>
      things
        .map((thing) => ({ ...thing, token: token(`${side}:${thing.key}`) }))
        .sort((a, b) => (a.token < b.token ? -1 : 1)),
    keyOf: (sent, keys, side) => keys.find((key) => token(`${side}:${key}`) === sent),
  };
}
