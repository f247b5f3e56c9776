import type { z } from 'zod';
import type { Language, MessageKey } from '../../../lib/i18n';
import type { Told } from './words';

/** What was sent with a form or stands in an address: one text by name, or several. Nothing in it is known to be true. */
export type Sent = Readonly<Record<string, unknown>>;

/**
 * Stands for the keys of a question on the page of one attempt, so that no key tells the right answer; the order of what is
 * shown differs between attempts and stays the same in one.
 */
export interface Seal {
  token(name: string): string;
  /** The things with their tokens, in the order of the tokens. `side` keeps two lists of the same keys apart. */
  shuffled<T extends { key: string }>(things: readonly T[], side: string): (T & { token: string })[];
  /** The key of `keys` that this token stands for. */
  keyOf(sent: unknown, keys: readonly string[], side: string): string | undefined;
}

/** How a sent form is read: an answer, a page to show again with these fields at this place, or what to mend and by which field. */
export type Reading<R> =
  | { kind: 'answer'; response: R }
  | { kind: 'again'; fields: Record<string, string>; place: string }
  | { kind: 'fault'; field: string; key: MessageKey };

/** What stands in the form: an answer given before, or what was typed just now. */
export interface Filled<R> {
  response?: R | undefined;
  sent?: Sent | undefined;
}

/** Something to mend before publishing. `path`: where in the content, such as `pairs_a_left_sv`. */
export interface ContentFault {
  path: string;
  key: MessageKey;
}

/** What the feedback page says of an answer besides its heading. */
export interface Said {
  /** In place of the question's own words of feedback. */
  lines?: string | undefined;
  /** For answers that nobody judges: nothing was right or wrong in them. */
  unjudged?: boolean;
}

/**
 * A type of question: everything that the product knows of it, besides its three parts of pages in
 * views/question-types/NAME: `ask`, `feedback` and `editor`. `C` is its content with texts by language, `R` an answer.
 */
export interface QuestionType<C extends object, R> {
  /** What a content may be, a draft's too; all limits are here. */
  content: z.ZodType<C>;
  /** What an answer may be; kept answers are read with it. */
  response: z.ZodType<R>;
  /** The content of a new question in the editor. */
  blank(): C;
  /** The lists that an author adds to, by path (`nodes.choices`): the most there may be, and a new row. */
  rows: Record<string, { most: number; blank(key: string): object }>;
  /** The texts, by their name in the content, that may not be empty in any language of the question. */
  needs: readonly string[];
  /** Whether an answer is right or wrong without the person's own word. Only such a question is evidence or practice. */
  judged(content: C): boolean;
  /** Points of an answer, 0..1; how they are counted is written by each type. Keys that the content lacks count as nothing. */
  score(content: C, response: R): number;
  /** Short labels of what was answered that stay the same from person to person and in each language, for statistics. */
  tally(content: C, response: R): string[];
  /** A label of `tally` in words of the content's language. */
  labelOf(told: Told<C>, label: string): string;
  /** Reads a form or an address. Never throws; whatever it does not know is passed over. */
  read(content: C, sent: Sent, seal: Seal, language: Language): Reading<R>;
  /** What the page of the question needs. Must hold nothing that tells the right answer. */
  ask(told: Told<C>, filled: Filled<R>, seal: Seal): object;
  /** What the page of the feedback needs. Without an answer ("I don't know") it only shows the right one. */
  feedback(told: Told<C>, response: R | undefined, seal: Seal): object & Said;
  /** What keeps the content from its readers, besides texts that a language lacks. */
  faults(content: C, languages: readonly Language[]): ContentFault[];
}
