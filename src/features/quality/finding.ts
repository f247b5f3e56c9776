import type { Language } from '../../lib/i18n';

/** What must be mended, or let stand with a reason, before others are asked to sign. Others cannot read or hear it otherwise. */
export const MUSTS = [
  'altMissing',
  'altFileName',
  'linkWords',
  'headingOrder',
  'tableHeaders',
  'captions',
  'transcript',
] as const;

/** What would make the text easier. Nothing waits for it. */
export const ADVICE = [
  'altLong',
  'altBegins',
  'altAsCaption',
  'linkAddress',
  'noHeadings',
  'capitals',
  'contrast',
  'captionsOther',
  'videoElsewhere',
  'longSentence',
  'manyClauses',
  'longWord',
  'hardWord',
  'abbreviation',
  'passive',
  'participle',
  'numbers',
  'longParagraph',
  'sameAsPlain',
] as const;

export type Rule = (typeof MUSTS)[number] | (typeof ADVICE)[number];
export const RULES: readonly Rule[] = [...MUSTS, ...ADVICE];

export const isMust = (rule: Rule): boolean => (MUSTS as readonly Rule[]).includes(rule);

/** What a rule found in a text. */
export interface Hit {
  rule: Rule;
  /** The passage as it is written; what is found again in the text. */
  quote?: string;
  values?: Record<string, string | number>;
}

/** What was found, with its place. */
export interface Finding extends Hit {
  language: Language;
  /** The block; of a question outside blocks, undefined. */
  block?: string | undefined;
  /** The question, also of one that stands in a block. */
  question?: string | undefined;
  /** The text of the block or question: `text` is the main one. */
  part: string;
}

/** Tells a finding from others: what an exception is made for. */
export const keyOf = ({ rule, block, question, language }: Pick<Finding, 'rule' | 'block' | 'question' | 'language'>) =>
  [rule, question ?? block ?? '', language].join(' ');

/** What is known of a file that a lesson shows. */
export interface FileFacts {
  name: string;
  captions: readonly Language[];
  /** The ratio of a picture's lightest and darkest tones, 1-21; null or undefined when it was not measured. */
  contrast?: number | null | undefined;
}
