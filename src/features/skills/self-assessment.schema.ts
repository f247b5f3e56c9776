import { z } from 'zod';
import { message } from '../../lib/forms';
import type { Competence } from './skills.model';

/** Where a page's form leads: on, back, out, or nowhere when a script only keeps an answer. */
const Go = z.enum(['forward', 'back', 'stop', 'keep'], message('errors.invalid')).default('forward');
const Answer = z.enum(['0', '1', '2', '3', 'skip'], message('skills.self.answer.wrong')).optional();

/** The form of one skill: each of its items by its code, none of them needed. */
export function answersForm({ selfItems }: Competence) {
  const items = Object.fromEntries(selfItems.map(({ code }) => [code, Answer]));
  return z.object({ go: Go, ...items }).transform(({ go, ...given }) => ({
    go,
    answers: new Map(
      Object.entries(given as Record<string, string | undefined>)
        .filter(([, answer]) => answer !== undefined)
        .map(([code, answer]) => [code, answer === 'skip' ? null : Number(answer)] as const),
    ),
  }));
}
