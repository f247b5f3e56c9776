import { z } from 'zod';
import type { ToldBlock } from '../block';
import type { Kind } from './kind';

export const NOTHING = z.strictObject({});

/** What kinds made of one text share. */
export const ONE_TEXT = {
  parts: {},
  needs: NOTHING,
  blank: () => ({}),
  shown: ({ text }: ToldBlock) => ({ text }),
  prose: ({ text }: ToldBlock) => text,
  isShown: ({ text }: ToldBlock) => text !== '',
} as const;

/** Paragraphs, lists, links and bold, as Markdown. */
export const text: Kind = { ...ONE_TEXT, text: 'markdown', markdown: ({ text: words }) => words };

/** What the learner tries out. It is kept apart from the body: the lesson ends with "how did it go". */
export const tryIt: Kind = { ...ONE_TEXT, text: 'markdown', markdown: () => '' };

const asHeading = ({ text: words, level }: ToldBlock) => (words ? `${'#'.repeat(level ?? 2)} ${words}` : '');

export const heading: Kind = {
  ...ONE_TEXT,
  text: 'line',
  needs: z.strictObject({ level: z.literal([2, 3]) }),
  blank: () => ({ level: 2 }),
  markdown: asHeading,
  shown: (block) => ({ text: asHeading(block) }),
  prose: () => '',
};

export const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const numbered = ({ text: words }: ToldBlock) =>
  linesOf(words)
    .map((line, index) => `${index + 1}. ${line}`)
    .join('\n');

/** Numbered: one step on a line. */
export const steps: Kind = {
  ...ONE_TEXT,
  text: 'lines',
  markdown: numbered,
  shown: (block) => ({ text: numbered(block) }),
  prose: ({ text: words }) => linesOf(words).join('\n\n'),
};

export const TONES = ['remember', 'careful', 'tip'] as const;

export const callout: Kind = {
  ...ONE_TEXT,
  text: 'markdown',
  needs: z.strictObject({ tone: z.enum(TONES) }),
  blank: () => ({ tone: 'remember' }),
  markdown: ({ text: words }) => words.replace(/^(?=.|\n)/gm, '> '),
};

/** A hard word with what it means. */
export const word: Kind = {
  ...ONE_TEXT,
  text: 'line',
  parts: { explanation: 'markdown' },
  markdown: ({ text: words, parts }) => (words ? `**${words}**: ${parts.explanation?.trim() ?? ''}` : ''),
  shown: ({ parts }) => ({ explanation: parts.explanation ?? '' }),
  prose: ({ parts }) => parts.explanation ?? '',
};

const listed = (words: string) =>
  linesOf(words)
    .map((line) => `- ${line}`)
    .join('\n');

/** The supporter's limits: what one may do (the main text), and what one may not; a thing on a line. */
export const limits: Kind = {
  ...ONE_TEXT,
  text: 'lines',
  parts: { may_not: 'lines' },
  markdown: ({ text: words, parts }) =>
    [words, parts.may_not ?? '']
      .flatMap((some, index) => linesOf(some).map((line) => `- ${index === 0 ? '✓' : '✗'} ${line}`))
      .join('\n'),
  shown: ({ text: words, parts }) => ({ may: listed(words), may_not: listed(parts.may_not ?? '') }),
  prose: ({ text: words, parts }) => [...linesOf(words), ...linesOf(parts.may_not ?? '')].join('\n\n'),
  isShown: ({ text: words, parts }) => words !== '' || Boolean(parts.may_not?.trim()),
};
