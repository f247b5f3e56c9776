import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import type { Scorable } from '../quizzes/quizzes.model';
import { optionToken } from '../quizzes/scoring';

/** The value of "I don't know. Show the answer." among the options. */
export const DONT_KNOW = 'dont-know';

const MOST_CHOICES = 50;

/** The parts of an answer that must be read before its question is known. */
export const AnswerHead = z.object({ question: z.uuid().optional().catch(undefined) });
export type AnswerHead = z.infer<typeof AnswerHead>;

/**
 * An answer to this question in this attempt, as keys of options. Nothing chosen, or "I don't know" beside other choices,
 * is asked again kindly.
 */
export function answerForm({ id, type, options }: Scorable, attemptId: string) {
  const keys = new Map(options.map(({ key }) => [optionToken(attemptId, id, key), key]));
  return z
    .object({
      answer: z
        .preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string()).max(MOST_CHOICES))
        .refine((chosen) => chosen.length > 0, message('quizzes.answer.missing'))
        .refine(
          (chosen) => chosen.every((token) => token === DONT_KNOW || keys.has(token)),
          message('quizzes.answer.changed'),
        )
        .refine((chosen) => !chosen.includes(DONT_KNOW) || new Set(chosen).size === 1, message('quizzes.answer.either'))
        .refine((chosen) => type === 'multi' || new Set(chosen).size < 2, message('quizzes.answer.one')),
      answer_id: z.uuid().catch(() => randomUUID()),
    })
    .transform(({ answer, answer_id }) => ({
      chosen: answer.flatMap((token) => keys.get(token) ?? []),
      answerId: answer_id,
    }));
}

export const HelpLevelForm = z.object({
  help_level: z.enum(['0', '1', '2', '3'], message('quizzes.howItWent.missing')).transform(Number),
  answer_id: z.uuid().catch(() => randomUUID()),
});

/** The number in the address of a question; undefined when it is none. */
export function questionNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
}
