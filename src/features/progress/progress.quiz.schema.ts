import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { message } from '../../lib/forms';

/** The parts of an answer that must be read before its question is known. */
export const AnswerHead = z.object({
  question: z.uuid().optional().catch(undefined),
  /** The attempt and the version of the question that the page was made for. */
  attempt: z.uuid().optional().catch(undefined),
  version: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});
export type AnswerHead = z.infer<typeof AnswerHead>;

export const HelpLevelForm = z.object({
  help_level: z.enum(['0', '1', '2', '3'], message('quizzes.howItWent.missing')).transform(Number),
  answer_id: z.uuid().catch(() => randomUUID()),
});

/** The number in the address of a question; undefined when it is none. */
export function questionNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined;
}
