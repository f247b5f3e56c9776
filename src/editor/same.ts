import type { JsonNode } from './data';

/**
 * Whether two nodes say the same to a reader. Passed over is what the server tidies when it keeps a text: the order of fields,
 * empty paragraphs, spaces at the ends of a line.
 */
export const same = (one: JsonNode | undefined, other: JsonNode | undefined): boolean =>
  one === other ||
  (one !== undefined && other !== undefined && JSON.stringify(tidy(one)) === JSON.stringify(tidy(other)));

const LINES = ['paragraph', 'item', 'heading', 'linePart'];
const SHOWN_EMPTY = ['piece', 'horizontalRule', 'hardBreak', 'codeBlock', 'title'];

function tidy({ type, attrs, content, text, marks }: JsonNode): unknown {
  const inside = content?.map((node) => tidy(node) as { type: string; text?: string; content?: unknown[] });
  if (inside && LINES.includes(type)) trim(inside);
  const kept = inside?.filter((node) => node.text || node.content?.length || SHOWN_EMPTY.includes(node.type));
  return {
    type,
    ...(text !== undefined && { text }),
    attrs: inOrder(attrs ?? {}),
    ...(marks && { marks: marks.map((mark) => [mark.type, mark.attrs?.href ?? '']) }),
    content: kept ?? [],
  };
}

function trim(line: { type: string; text?: string }[]): void {
  const [first, last] = [line[0], line.at(-1)];
  if (first?.text) first.text = first.text.trimStart();
  if (last?.text) last.text = last.text.trimEnd();
}

function inOrder(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value)
    .filter(([name, item]) => item !== null && item !== undefined && item !== '' && !(name === 'start' && item === 1))
    .map(([name, item]): [string, unknown] => [
      name,
      typeof item === 'object' ? inOrder(item as Record<string, unknown>) : item,
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1));
}
