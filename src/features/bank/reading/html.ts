import sanitize from 'sanitize-html';
import { isMarked } from './html-marks';
import { type Block, HtmlReader, type Pictures } from './html-reader';
import type { Notes } from './item';

export type { Pictures } from './html-reader';

const LOST_MEDIA = ['video', 'audio', 'iframe', 'object', 'embed', 'svg', 'canvas'];
const SCRIPTS = ['script', 'form', 'input', 'button', 'textarea', 'select', 'style', 'link', 'meta', 'base'];
/** Elements that the texts of questions are made of; all others give only their words. */
const KEPT = ['p', 'div', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'table', 'tr', 'td', 'th'];
const MARKS = ['strong', 'b', 'em', 'i', 'code', 'pre', 'blockquote', 'a', 'img', 'sup', 'sub'];
const DEEPEST = 60;

/**
 * HTML as somebody's editor left it, cut into pieces of our own. Nothing of it is kept as HTML. What cannot be kept is noted.
 * `pictures` undefined: the text stands where no picture can.
 */
export function blocksOf(html: string, notes: Notes, pictures: Pictures | undefined): Block[] {
  const inline = takeInlinePictures(html, pictures);
  const clean = sanitize(inline, {
    allowedTags: [...KEPT, ...MARKS],
    allowedAttributes: { a: ['href'], img: ['src', 'alt'], div: ['class'] },
    allowedClasses: { div: ['oppiva-text'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'inline'],
    nestingLimit: DEEPEST,
    onOpenTag: (name) => {
      if (LOST_MEDIA.includes(name)) notes.add('media');
      else if (SCRIPTS.includes(name)) notes.add('script');
    },
  });
  return new HtmlReader(notes, pictures).read(clean);
}

/** Pictures written into the text itself are long: they leave it before anything looks at it. */
function takeInlinePictures(html: string, pictures: Pictures | undefined): string {
  let count = 0;
  return html.replace(/data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)/g, (_, data: string) => {
    count += 1;
    const name = `inline:${count}-${pictures?.byName.size ?? 0}`;
    pictures?.byName.set(name, data);
    return name;
  });
}

/** Plain words of a text, its pieces with an empty line between them: for answers, feedback and other short texts. */
export function plainText(html: string, notes: Notes, between = '\n\n'): string {
  const blocks = blocksOf(html, notes, undefined);
  if (blocks.some(({ kind, plain, markdown }) => kind === 'text' && isMarked(plain, markdown))) notes.add('marks');
  return blocks
    .map(({ plain }) => plain)
    .filter(Boolean)
    .join(between);
}

/**
 * The text of a question as we keep it: one paragraph is plain text; of several the last is the question and the others stand
 * before it as Markdown.
 */
export function promptText(html: string, notes: Notes, pictures: Pictures): string {
  return joined(blocksOf(html, notes, pictures), notes);
}

export function joined(blocks: readonly Block[], notes: Notes): string {
  const at = blocks.findLastIndex(({ kind }) => kind === 'text');
  const last = at < 0 ? blocks.findLastIndex(({ plain }) => plain !== '') : at;
  const head = blocks[last];
  if (!head) return blocks.map(({ markdown }) => markdown).join('\n\n');
  if (isMarked(head.plain, head.markdown)) notes.add('marks');
  const plain = head.plain.replace(/\s*\n\s*/g, blocks.length > 1 ? ' ' : '\n');
  const before = blocks.filter((_, index) => index !== last).map(({ markdown }) => markdown);
  return [...before, plain].join('\n\n');
}
