import type { Mark, PageNode } from './node';

/** Nodes of the editor as Markdown. What it does not know is written as its words. */
export function toMarkdown(nodes: readonly PageNode[], keepBreaks: boolean): string {
  return blocks(nodes, keepBreaks).join('\n\n').trim();
}

/** Inline nodes on one line. */
export const lineToMarkdown = (nodes: readonly PageNode[]): string => atLineStart(inline(nodes, ' ').trim());

function blocks(nodes: readonly PageNode[], keepBreaks: boolean): string[] {
  let other = false;
  return nodes
    .map((node, index) => {
      // Two lists one after the other would be read as one: the second takes another sign.
      other = isList(node) && nodes[index - 1]?.type === node.type ? !other : false;
      return block(node, keepBreaks, other);
    })
    .filter((text) => text !== '');
}

const isList = ({ type }: PageNode) => type === 'bulletList' || type === 'orderedList';

function block(node: PageNode, keepBreaks: boolean, other: boolean): string {
  const inside = node.content ?? [];
  const words = () => inline(inside, keepBreaks ? '\n' : '\\\n').trim();
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, Number(node.attrs?.level) || 2))} ${inline(inside, ' ').trim().replace(/(#+)$/, '\\$1')}`.trimEnd();
    case 'bulletList':
      return items(inside, keepBreaks, () => (other ? '* ' : '- '));
    case 'orderedList': {
      const start = Number(node.attrs?.start ?? 1) || 1;
      return items(inside, keepBreaks, (index) => `${start + index}${other ? ')' : '.'} `);
    }
    case 'blockquote':
      return prefixed(blocks(inside, keepBreaks).join('\n\n'), '> ', '> ').replace(/^> $/gm, '>');
    case 'horizontalRule':
      return '---';
    case 'codeBlock': {
      const code = inside.map(({ text = '' }) => text).join('');
      const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
      return `${fence}\n${code}\n${fence}`;
    }
    default:
      return words()
        .split('\n')
        .map((line) => atLineStart(line.trim()))
        .join('\n');
  }
}

const items = (list: readonly PageNode[], keepBreaks: boolean, sign: (index: number) => string) =>
  list
    .map((item, index) => {
      const text = blocks(item.content ?? [], keepBreaks).join('\n\n');
      return prefixed(text, sign(index), ' '.repeat(sign(index).length)).trimEnd();
    })
    .join('\n');

/** The first line after one sign, the others after another; empty lines stay empty. */
const prefixed = (text: string, first: string, others: string) =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : line || others.trim() ? others + line : line))
    .join('\n');

const SIGNS: Record<string, string> = { bold: '**', italic: '*', strike: '~~' };

function inline(nodes: readonly PageNode[], lineBreak: string): string {
  let written = '';
  let open: Mark[] = [];
  const close = (keep: number) => {
    for (const mark of open.slice(keep).reverse()) {
      // A sign after a space would not be read as the end of its mark.
      const [, body = '', space = ''] = /^([\s\S]*?)(\s*)$/.exec(written) ?? [];
      written = body + closing(mark) + space;
    }
    open = open.slice(0, keep);
  };
  for (const node of nodes) {
    if (node.type === 'hardBreak') {
      close(0);
      written = written.trimEnd() + lineBreak;
      continue;
    }
    if (node.text === undefined) continue;
    const marks = node.marks ?? [];
    const code = marks.some(({ type }) => type === 'code');
    const wanted = marks.filter(({ type }) => type !== 'code' && (type === 'link' || type in SIGNS));
    let same = 0;
    while (same < open.length && JSON.stringify(open[same]) === JSON.stringify(wanted[same])) same += 1;
    close(same);
    const [, space = '', text = ''] = /^(\s*)([\s\S]*)$/.exec(node.text) ?? [];
    written += space;
    for (const mark of wanted.slice(same)) written += mark.type === 'link' ? '[' : SIGNS[mark.type];
    open = wanted;
    written += code ? asCode(text) : escaped(text);
  }
  close(0);
  return written;
}

const closing = (mark: Mark) =>
  mark.type === 'link' ? `](${asAddress(String(mark.attrs?.href ?? ''))})` : SIGNS[mark.type];

const asAddress = (href: string) =>
  /^[^\s()<>\\]*$/.test(href) ? href : `<${href.replace(/[<>\\\n]/g, encodeURIComponent)}>`;

function asCode(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const space = /^`|`$/.test(text) ? ' ' : '';
  return text ? fence + space + text + space + fence : '';
}

/** Signs that Markdown would read as something else. */
const escaped = (text: string) =>
  text
    .replace(/\n/g, ' ')
    .replace(/[\\`*_[\]~<>]/g, '\\$&')
    .replace(/&(?=[#\w]+;)/g, '&amp;')
    .replace(/!(?=\\\[)/g, '\\!');

/** A line that begins like a heading, a list or a rule but is none. */
const atLineStart = (line: string) =>
  line
    .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|-{3,}|={1,}|(?:-\s*){3,})/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
