/** One outermost element of a lesson's text: its tag and its whole HTML. */
export interface Block {
  tag: string;
  html: string;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g;
const EMPTY = new Set(['br', 'hr', 'img', 'source']);

/** The outermost elements of HTML that `renderMarkdown` made, in order. Text between them (line ends) is left out. */
export function blocksOf(html: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let start = 0;
  let outermost = '';
  for (const found of html.matchAll(TAG)) {
    const [whole, slash, tag = ''] = found;
    const isEmpty = EMPTY.has(tag);
    if (depth === 0 && !slash) {
      start = found.index;
      outermost = tag;
    }
    if (!isEmpty) depth += slash ? -1 : 1;
    if (depth === 0) blocks.push({ tag: outermost, html: html.slice(start, found.index + whole.length) });
  }
  return blocks;
}

/** The words of HTML, without tags. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
