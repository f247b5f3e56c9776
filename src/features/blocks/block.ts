import type { Language } from '../../lib/i18n';

/** A text of a block in one language, and the version of the original that its writer had before them. */
export interface Variant {
  /** The main text: what the kind says it is. */
  text: string;
  /** The kind's other texts, by name: a caption, a transcript. */
  parts?: Record<string, string>;
  follows: number;
  /** The original as it was when this was written; kept only while the original has changed since. */
  was?: Words;
}
export type Variants = Partial<Record<Language, Variant>>;

/** What a block says in one language. */
export type Words = Pick<Variant, 'text' | 'parts'>;

export const BLOCK_KINDS = [
  'text',
  'heading',
  'steps',
  'image',
  'video',
  'audio',
  'file',
  'callout',
  'word',
  'limits',
  'question',
  'h5p',
  'try',
] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** What kinds need besides texts, all languages alike. Which of these a kind has is in its file. */
export interface BlockNeeds {
  /** A file of the organisation. */
  file_id?: string | undefined;
  /** A video elsewhere, when it is no file of ours. */
  link?: string | undefined;
  /** Of a heading: 2 or 3. */
  level?: number | undefined;
  /** Of a callout. */
  tone?: 'remember' | 'careful' | 'tip' | undefined;
  /** A picture that only decorates needs no words. */
  decorative?: boolean | undefined;
  /** A question of the same document. */
  question_id?: string | undefined;
  h5p_content_id?: string | undefined;
}

/** A piece of a lesson. `version` grows when the original text changes, and with it its followers go out of date. */
export interface Block extends BlockNeeds {
  id: string;
  kind: BlockKind;
  version: number;
  texts: Variants;
}

/** A block as it is in one language. */
export interface ToldBlock extends BlockNeeds {
  id: string;
  kind: BlockKind;
  text: string;
  parts: Record<string, string>;
}

/** The block in a language; empty texts where it has none. */
export function told({ texts, version: _, ...block }: Block, language: Language): ToldBlock {
  return { ...block, text: texts[language]?.text.trim() ?? '', parts: texts[language]?.parts ?? {} };
}

/** Whether two texts say the same. A text that is missing says nothing. */
export function sameWords(one: Words | undefined, other: Words | undefined): boolean {
  const names = new Set([...Object.keys(one?.parts ?? {}), ...Object.keys(other?.parts ?? {})]);
  return (
    (one?.text ?? '') === (other?.text ?? '') &&
    [...names].every((name) => (one?.parts?.[name] ?? '') === (other?.parts?.[name] ?? ''))
  );
}

export const hasWords = (words: Words | undefined): boolean =>
  Boolean(words && (words.text.trim() || Object.values(words.parts ?? {}).some((text) => text.trim())));
