import { z } from 'zod';
import type { Kind } from './kind';
import { ONE_TEXT } from './text';

/** A question of the document, shown where it stands. It has its own texts by language. */
export const question: Kind = {
  ...ONE_TEXT,
  text: undefined,
  needs: z.strictObject({ question_id: z.string().max(60).optional() }),
  markdown: () => '',
  shown: () => ({}),
  prose: () => '',
  isShown: ({ question_id }) => question_id !== undefined,
};

/** An interactive task; the main text leads to it. */
export const h5p: Kind = {
  ...ONE_TEXT,
  text: 'line',
  needs: z.strictObject({ h5p_content_id: z.uuid().optional() }),
  markdown: () => '',
  shown: () => ({}),
  prose: () => '',
  isShown: ({ h5p_content_id }) => h5p_content_id !== undefined,
};
