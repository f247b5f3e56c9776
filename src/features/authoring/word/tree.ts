import { SaxesParser } from 'saxes';
import type { Mark, PageNode } from '../../blocks/page/node';

/** What the reader of Word files writes: well-formed HTML of few elements. */
interface Element {
  tag: string;
  attributes: Record<string, string>;
  inside: (Element | string)[];
}

/** Pieces of a document in order: what will be blocks. */
export type Found =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'text'; nodes: PageNode[] }
  | { kind: 'image'; index: number };

/** HTML of a Word file as what blocks are made of. Throws for HTML that is not well-formed. */
export function foundIn(html: string): Found[] {
  const found: Found[] = [];
  const put = (node: PageNode) => {
    const last = found.at(-1);
    if (last?.kind === 'text') last.nodes.push(node);
    else found.push({ kind: 'text', nodes: [node] });
  };
  for (const child of treeOf(html).inside) {
    if (typeof child === 'string') continue;
    const level = Number(/^h([1-6])$/.exec(child.tag)?.[1] ?? 0);
    const text = wordsOf(child);
    if (level > 0 && text) found.push({ kind: 'heading', level: level <= 2 ? 2 : 3, text });
    else for (const node of flow(child)) put(node);
    for (const picture of picturesIn(child)) found.push({ kind: 'image', index: picture });
  }
  return found;
}

function treeOf(html: string): Element {
  const root: Element = { tag: 'root', attributes: {}, inside: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { tag: name, attributes: attributes as Record<string, string>, inside: [] };
    open.at(-1)?.inside.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', (text) => {
    open.at(-1)?.inside.push(text);
  });
  parser.write(`<root>${html}</root>`).close();
  return root.inside[0] as Element;
}

const wordsOf = (element: Element): string =>
  element.inside
    .map((one) => (typeof one === 'string' ? one : one.tag === 'br' ? ' ' : wordsOf(one)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

const picturesIn = ({ tag, attributes, inside }: Element): number[] => [
  ...(tag === 'img' && /^picture:\d+$/.test(attributes.src ?? '') ? [Number((attributes.src ?? '').slice(8))] : []),
  ...inside.flatMap((one) => (typeof one === 'string' ? [] : picturesIn(one))),
];

const MARKS: Record<string, Mark['type']> = {
  strong: 'bold',
  b: 'bold',
  em: 'italic',
  i: 'italic',
  s: 'strike',
  del: 'strike',
};

function flow(element: Element): PageNode[] {
  const { tag, inside } = element;
  if (tag === 'ul' || tag === 'ol') {
    const items = inside.filter((one): one is Element => typeof one !== 'string' && one.tag === 'li');
    return [
      {
        type: tag === 'ul' ? 'bulletList' : 'orderedList',
        content: items.map((item) => ({ type: 'listItem', content: itemOf(item) })),
      },
    ];
  }
  // A table is read row by row: its words stay, its form does not.
  if (tag === 'table')
    return rowsIn(element).map((row) => ({ type: 'paragraph', content: [{ type: 'text', text: row }] }));
  const content = inline(inside, []);
  return content.length > 0 ? [{ type: 'paragraph', content }] : [];
}

function itemOf({ inside }: Element): PageNode[] {
  const isList = (one: Element | string): one is Element => typeof one !== 'string' && ['ul', 'ol'].includes(one.tag);
  const content = inline(
    inside.filter((one) => !isList(one)),
    [],
  );
  return [{ type: 'paragraph', ...(content.length > 0 && { content }) }, ...inside.filter(isList).flatMap(flow)];
}

const rowsIn = (element: Element): string[] =>
  element.tag === 'tr'
    ? [
        element.inside
          .map((cell) => (typeof cell === 'string' ? '' : wordsOf(cell)))
          .filter(Boolean)
          .join(' – '),
      ].filter(Boolean)
    : element.inside.flatMap((one) => (typeof one === 'string' ? [] : rowsIn(one)));

function inline(inside: readonly (Element | string)[], marks: readonly Mark[]): PageNode[] {
  return inside.flatMap((one): PageNode[] => {
    if (typeof one === 'string') {
      const text = one.replace(/\s+/g, ' ');
      return text ? [{ type: 'text', text, ...(marks.length > 0 && { marks: [...marks] }) }] : [];
    }
    if (one.tag === 'br') return [{ type: 'hardBreak' }];
    if (one.tag === 'img') return [];
    const href = one.attributes.href ?? '';
    const isLink = one.tag === 'a' && /^(https?:\/\/|mailto:|tel:)/i.test(href);
    const mark = MARKS[one.tag];
    const own: Mark[] = isLink ? [{ type: 'link', attrs: { href } }] : mark ? [{ type: mark }] : [];
    return inline(one.inside, [...own, ...marks.filter(({ type }) => !own.some((same) => same.type === type))]);
  });
}
