import { renderMarkdown } from '../../lib/markdown';

/** A picture on lines of its own. */
const PICTURE = /^!\[[^\]]*\]\([^)\s]*\)$/;

/**
 * A question's text cut in two: the question itself, which is its last paragraph and plain text, and what is read or looked
 * at before it (pictures, a case, a list), as Markdown. Most questions are one paragraph, and all of it is the question.
 */
export function promptParts(prompt: string): { head: string; context: string } {
  const blocks = prompt
    .split(/\n[ \t]*\n/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter(Boolean);
  const at = blocks.findLastIndex((block) => !PICTURE.test(block.trim()));
  if (at < 0) return { head: '', context: blocks.join('\n\n') };
  return { head: (blocks[at] ?? '').trim(), context: blocks.toSpliced(at, 1).join('\n\n') };
}

/** The question itself, for lists, headings and labels. */
export const headOf = (prompt: string): string => promptParts(prompt).head;

/** Safe HTML of what comes before the question; empty when nothing does. */
export function contextOf(prompt: string): string {
  const { context } = promptParts(prompt);
  // Several questions may stand on a page, and an id only once.
  return context && renderMarkdown(context).replace(/ id="spot-\d+"/g, '');
}
