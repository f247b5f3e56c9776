import { type Block, blocksOf, wordsOf } from '../../lib/html-blocks';

/** A part of a lesson that stands on a page of its own. */
export interface Thought {
  /** What stands in the address: the place of its first block, which `lesson.html` has as an id. */
  at: string;
  html: string;
  /** Short enough for the largest letters. */
  is_short: boolean;
}

/** A list longer than this goes on over the next page. */
const MOST_ITEMS = 5;
const SHORT = 130;

/**
 * The text of a lesson as thoughts: a block each. A heading or a picture stays with what follows it, and so does a
 * sentence that ends in a colon; a long list is cut into pieces.
 */
export function thoughtsOf(html: string): Thought[] {
  const thoughts: Thought[] = [];
  let before = '';
  for (const block of blocksOf(html)) {
    if (block.tag === 'hr') continue;
    if (/^h\d$/.test(block.tag) || isPicture(block) || (block.tag === 'p' && wordsOf(block.html).endsWith(':'))) {
      before += block.html;
      continue;
    }
    for (const piece of piecesOf(block)) {
      thoughts.push(thought(before + piece, thoughts.length));
      before = '';
    }
  }
  if (before) thoughts.push(thought(before, thoughts.length));
  return thoughts;
}

const isPicture = ({ tag, html }: Block) => tag === 'p' && html.includes('<img') && wordsOf(html) === '';

function thought(html: string, index: number): Thought {
  return {
    at: /\bid="(spot-\d+)"/.exec(html)?.[1] ?? `part-${index + 1}`,
    html,
    is_short: wordsOf(html).length <= SHORT && !/<(?:ul|ol|table|img)\b/.test(html),
  };
}

function piecesOf(block: Block): string[] {
  if (block.tag !== 'ul' && block.tag !== 'ol') return [block.html];
  const [, open = '', inside = ''] = /^(<[^>]*>)([\s\S]*)<\/[uo]l>$/.exec(block.html) ?? [];
  const items = blocksOf(inside).map(({ html }) => html);
  if (items.length <= MOST_ITEMS) return [block.html];
  const pieces = Math.ceil(items.length / MOST_ITEMS);
  const each = Math.ceil(items.length / pieces);
  const first = Number(/\bstart="(\d+)"/.exec(open)?.[1] ?? 1);
  return Array.from({ length: pieces }, (_, piece) => {
    const tag = block.tag === 'ol' ? `<ol start="${first + piece * each}">` : '<ul>';
    return `${tag}${items.slice(piece * each, (piece + 1) * each).join('')}</${block.tag}>`;
  });
}
