import type { z } from 'zod';
import type { BlockNeeds, ToldBlock } from '../block';

/** How a text is written: on one line, one thing on a line, or as Markdown. */
export type Way = 'line' | 'lines' | 'markdown';

/**
 * A kind of block: everything that the product knows of it, besides its two views in views/blocks/NAME: `read` (the learner's
 * page) and `needs` (the form's fields that are alike in all languages; only where the kind has some).
 */
export interface Kind {
  /** How its main text is written; undefined for a kind without one. */
  text: Way | undefined;
  /** Its other texts, by name, in order. */
  parts: Readonly<Record<string, Way>>;
  /** What it needs besides texts. Strict: what a kind does not know is refused. */
  needs: z.ZodObject;
  blank(): BlockNeeds;
  /** The text as Markdown: for search, leaflets, the simple look and other installations. Empty when there is nothing to read. */
  markdown(block: ToldBlock): string;
  /** The texts that the learner's page shows as HTML, as Markdown by the name of the place; `text` is the main one. */
  shown(block: ToldBlock): Record<string, string>;
  /** What is measured for readability: sentences, not names or captions. */
  prose(block: ToldBlock): string;
  /** Whether the page has something to show of it in this language. */
  isShown(block: ToldBlock): boolean;
}
