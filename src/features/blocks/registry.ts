import { z } from 'zod';
import { LANGUAGES } from '../../lib/i18n';
import { BLOCK_KINDS, type Block, type BlockKind } from './block';
import type { Kind } from './kinds/kind';
import { audio, file, image, video } from './kinds/media';
import { callout, heading, limits, steps, text, tryIt, word } from './kinds/text';
import { h5p, question } from './kinds/things';

/** Every kind by its name in the document. A new kind: one object here, a folder of views, its words in the locales. */
const KINDS: Record<BlockKind, Kind> = {
  text,
  heading,
  steps,
  image,
  video,
  audio,
  file,
  callout,
  word,
  limits,
  question,
  h5p,
  try: tryIt,
};

export const kindOf = (name: BlockKind): Kind => KINDS[name];

export const isBlockKind = (name: unknown): name is BlockKind => BLOCK_KINDS.includes(name as BlockKind);

export const MOST_BLOCKS = 400;
export const LONGEST_TEXT = 20_000;
export const LONGEST_LINE = 300;
/** What is said in a recording of an hour. */
const LONGEST_TRANSCRIPT = 200_000;

/** The most letters of a text of a block, by how it is written. */
export const longest = (kind: BlockKind, part?: string): number => {
  const way = part === undefined ? KINDS[kind].text : KINDS[kind].parts[part];
  if (way === 'line') return part === undefined && kind !== 'image' ? LONGEST_LINE : 1000;
  return part === 'transcript' ? LONGEST_TRANSCRIPT : LONGEST_TEXT;
};

/** What tells a block from the others of its document; answers, comments and switched languages keep it. */
export const BlockId = z.string().regex(/^[\w-]{1,40}$/);

const wordsOf = (kind: BlockKind) =>
  z.strictObject({
    text: z.string().max(longest(kind)),
    parts: z
      .strictObject(
        Object.fromEntries(
          Object.keys(KINDS[kind].parts).map((name) => [name, z.string().max(longest(kind, name)).optional()]),
        ),
      )
      .optional(),
  });

const blockOf = (kind: BlockKind) =>
  z.strictObject({
    ...KINDS[kind].needs.shape,
    id: BlockId,
    kind: z.literal(kind),
    version: z.int().min(1),
    texts: z.partialRecord(
      z.enum(LANGUAGES),
      z.strictObject({
        ...wordsOf(kind).shape,
        follows: z.int().min(0),
        was: wordsOf(kind).optional(),
      }),
    ),
  });

const [first, ...others] = BLOCK_KINDS.map(blockOf);

/** A block as it may be: known kind, known fields, limited texts. Does not ask whether its file is there. */
export const BlockSchema = z.discriminatedUnion('kind', [
  first as ReturnType<typeof blockOf>,
  ...others,
]) as unknown as z.ZodType<Block>;

export const BlocksSchema = z.array(BlockSchema).max(MOST_BLOCKS);
