import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';
import { htmlLang } from '../../lib/i18n';
import type { Question, Scorable } from './question';
import { optionToken, shuffled } from './scoring';

/** The value of "I don't know. Show the answer." among the options. */
export const DONT_KNOW = 'dont-know';

const MOST_CHOICES = 50;

/** The choices of a question without its key: all that leaves the server before the answer. `chosen`: earlier or just sent. */
export function answerFields({ id, type, options, language }: Question, attemptId: string, chosen: unknown) {
  const shown = shuffled(options, attemptId, id);
  const values = [chosen].flat().filter((value) => typeof value === 'string');
  const wasDontKnow = Array.isArray(chosen) && chosen.length === 0;
  return {
    isMulti: type === 'multi',
    lang: htmlLang(language),
    values: wasDontKnow ? [DONT_KNOW] : values.map((value) => shown.find(({ key }) => key === value)?.token ?? value),
    options: shown.map(({ token, text }) => ({ value: token, text, lang: htmlLang(language) })),
    dontKnow: DONT_KNOW,
  };
}

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
