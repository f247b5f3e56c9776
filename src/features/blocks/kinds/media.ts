import { z } from 'zod';
import type { ToldBlock } from '../block';
import type { Kind } from './kind';
import { ONE_TEXT } from './text';

const FileId = z.uuid().optional();
const Link = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .optional();

const addressOf = ({ file_id, link }: ToldBlock) => (file_id ? `/files/${file_id}` : link);
/** Words that stand inside the brackets of a picture or a link. */
const inBrackets = (words: string) => words.replace(/[[\]\n\\]/g, ' ').trim();
const paragraphs = (...texts: (string | undefined)[]) =>
  texts
    .map((some) => some?.trim())
    .filter(Boolean)
    .join('\n\n');
const isThere = (block: ToldBlock) => addressOf(block) !== undefined;
const linked = (block: ToldBlock) =>
  isThere(block) ? `[${inBrackets(block.text) || addressOf(block)}](${addressOf(block)})` : '';

/** The main text is what the picture shows to one who cannot see it. */
export const image: Kind = {
  ...ONE_TEXT,
  text: 'line',
  parts: { caption: 'line' },
  needs: z.strictObject({ file_id: FileId, decorative: z.boolean().optional() }),
  markdown: (block) =>
    isThere(block)
      ? paragraphs(`![${block.decorative ? '' : inBrackets(block.text)}](${addressOf(block)})`, block.parts.caption)
      : '',
  shown: ({ parts }) => ({ caption: parts.caption ?? '' }),
  prose: ({ parts }) => parts.caption ?? '',
  isShown: isThere,
};

/** The main text is its name; the transcript says the same as the video. Captions belong to the file. */
export const video: Kind = {
  ...ONE_TEXT,
  text: 'line',
  parts: { transcript: 'markdown' },
  needs: z.strictObject({ file_id: FileId, link: Link }),
  markdown: (block) => paragraphs(linked(block), block.parts.transcript),
  shown: ({ parts }) => ({ transcript: parts.transcript ?? '' }),
  prose: ({ parts }) => parts.transcript ?? '',
  isShown: isThere,
};

export const audio: Kind = {
  ...ONE_TEXT,
  text: 'line',
  parts: { transcript: 'markdown' },
  needs: z.strictObject({ file_id: FileId }),
  markdown: (block) => paragraphs(linked(block), block.parts.transcript),
  shown: ({ parts }) => ({ transcript: parts.transcript ?? '' }),
  prose: ({ parts }) => parts.transcript ?? '',
  isShown: isThere,
};

/** The main text is the words of the link. */
export const file: Kind = {
  ...ONE_TEXT,
  text: 'line',
  needs: z.strictObject({ file_id: FileId }),
  markdown: linked,
  shown: () => ({}),
  prose: () => '',
  isShown: isThere,
};
