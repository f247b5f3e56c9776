import { contentLanguages, type Language } from '../../lib/i18n';
import type { Question, Scorable } from './question';
import { isChoice, typeOf } from './question-types/registry';
import { tell } from './question-types/words';

/** An answer as it is kept: keys of options, or what was answered to another type; neither for "I don't know". */
export interface Kept {
  chosen: readonly string[];
  response?: unknown;
}

/** What a question holds, its key too, with texts in all their languages. */
export const contentOf = ({ type, options, content }: Pick<Scorable, 'type' | 'options' | 'content'>): object =>
  isChoice(type) ? { options } : (content ?? typeOf(type).blank());

/** The same in the language that the question is read in. */
export const toldOf = (question: Question): object => tell(contentOf(question), languagesOf(question.language));

const languagesOf = (language: Language) => [...new Set([language, ...contentLanguages(language)])];

/** The answer as its type reads it; undefined for "I don't know", and for one that the type does not understand any more. */
export function responseOf({ type }: Pick<Scorable, 'type'>, { chosen, response }: Kept): unknown {
  const kept = isChoice(type) ? chosen : response;
  if (isChoice(type) && chosen.length === 0) return undefined;
  const read = typeOf(type).response.safeParse(kept ?? undefined);
  return read.success ? read.data : undefined;
}

/** The points of an answer, 0..1, rounded as they are kept; 0 for "I don't know". */
export function pointsOf(question: Scorable, kept: Kept): number {
  const response = responseOf(question, kept);
  const points = response === undefined ? 0 : typeOf(question.type).score(contentOf(question), response);
  return Math.round(Math.min(1, Math.max(0, points)) * 1000) / 1000;
}

/** What was answered as short labels that stay the same, for statistics: `dont-know`, or those of the type. */
export function tallyOf(question: Scorable, kept: Kept): string[] {
  const response = responseOf(question, kept);
  return response === undefined ? ['dont-know'] : typeOf(question.type).tally(contentOf(question), response);
}
