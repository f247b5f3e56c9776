import type { BlockKind } from '../blocks/block';
import type { PublishedBlock } from '../blocks/published';
import type { LessonView } from './progress.queries';
import { type Thought, thoughtsOf } from './thoughts';

/** One page of a lesson in simple mode: a thought of its text, a block that is one thing, its task, what to try, or its end. */
export type Part = (Thought & { kind: 'text' }) | BlockPart | { kind: 'task' | 'try'; at: string };

/** `html`: the heading that the block stands under; empty without one. */
export type BlockPart = { kind: 'block'; at: string; html: string; block: PublishedBlock };

/** All pages of the lesson, in order; at least one. */
export function partsOf(lesson: Pick<LessonView, 'html' | 'practice' | 'h5p_content_id' | 'blocks'>): Part[] {
  const parts: Part[] = lesson.blocks?.length
    ? partsOfBlocks(lesson.blocks)
    : thoughtsOf(lesson.html).map((thought) => ({ kind: 'text', ...thought }));
  if (lesson.practice && !lesson.blocks?.length) parts.push({ kind: 'try', at: 'try' });
  if (lesson.h5p_content_id) parts.push({ kind: 'task', at: 'task' });
  return parts.length > 0 ? parts : [{ kind: 'try', at: 'try' }];
}

/** Blocks that are read as running text; each of the others is a page of its own. */
const TEXTS: readonly BlockKind[] = ['text', 'heading', 'steps'];

function partsOfBlocks(blocks: readonly PublishedBlock[]): Part[] {
  const parts: Part[] = [];
  let run = '';
  const endRun = () => {
    for (const thought of thoughtsOf(run)) parts.push({ kind: 'text', ...thought });
    run = '';
  };
  for (const block of blocks) {
    if (TEXTS.includes(block.kind)) {
      run += block.html.text ?? '';
      continue;
    }
    const [, before = '', html = ''] = LAST_HEADINGS.exec(run) ?? [];
    run = before;
    endRun();
    parts.push({ kind: 'block', at: placeOfBlock(block), html: html.trim(), block });
  }
  endRun();
  return named(parts);
}

/** A text, and the headings that it ends in. */
const LAST_HEADINGS = /^([\s\S]*?)((?:\s*<h\d[^>]*>(?:(?!<\/?h\d)[\s\S])*<\/h\d>\s*)*)$/;

/** The id of a block on the lesson's page. */
export const placeOfBlock = ({ id }: Pick<PublishedBlock, 'id'>): string => `b-${id}`;

/** A thought without a place of its own is named by its number among all pages, so that no two have the same name. */
const named = (parts: readonly Part[]): Part[] =>
  parts.map((part, index) => (part.at.startsWith('part-') ? { ...part, at: `part-${index + 1}` } : part));

/** The page that has this place on it; the first page for a place that is nowhere. */
export function indexOfPart(parts: readonly Part[], place: string): number {
  const index = parts.findIndex((part) => part.at === place || htmlOf(part).includes(`id="${place}"`));
  return Math.max(index, 0);
}

function htmlOf(part: Part): string {
  if (part.kind === 'block') return [part.html, ...Object.values(part.block.html)].join('');
  return part.kind === 'text' ? part.html : '';
}

/** Where the reader was; the beginning for one who had come to the end and is done. */
export const placeToGoOn = (lesson: Pick<LessonView, 'completed_at' | 'spot'>, parts: readonly Part[]): string =>
  lesson.completed_at && lesson.spot === parts.at(-1)?.at ? '' : lesson.spot;
