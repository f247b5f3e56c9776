import MarkdownIt from 'markdown-it';
import { MARKS, type Mark, type PageNode } from './node';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

const parser = new MarkdownIt({ html: false });
parser.linkify.set({ fuzzyLink: false });

const OPENS: Record<string, (token: Token) => PageNode> = {
  paragraph_open: () => ({ type: 'paragraph' }),
  heading_open: ({ tag }) => ({ type: 'heading', attrs: { level: Number(tag[1]) } }),
  bullet_list_open: () => ({ type: 'bulletList' }),
  ordered_list_open: (token) => ({ type: 'orderedList', attrs: { start: Number(token.attrGet('start') ?? 1) } }),
  list_item_open: () => ({ type: 'listItem' }),
  blockquote_open: () => ({ type: 'blockquote' }),
};
const MARK_NAMES: Record<string, Mark['type']> = { strong: 'bold', em: 'italic', s: 'strike', link: 'link' };

/** Lists in quotations in lists: what lies deeper is edited as it is written. */
const MOST_NESTED = 12;

/**
 * Markdown as nodes of the editor; undefined where it holds what the editor cannot (a table, a picture between words), so that
 * it is edited as it is written. `keepBreaks`: a line stays a line, as in easy Finnish.
 */
export function fromMarkdown(text: string, keepBreaks: boolean): PageNode[] | undefined {
  const root: PageNode = { type: 'root', content: [] };
  const open: PageNode[] = [root];
  for (const token of parser.parse(text, {})) {
    const parent = open.at(-1) as PageNode;
    const make = OPENS[token.type];
    if (make) {
      const node = make(token);
      if (open.length > MOST_NESTED) return undefined;
      parent.content = [...(parent.content ?? []), node];
      open.push(node);
    } else if (token.type.endsWith('_close')) {
      if (!filled(open.pop() as PageNode)) return undefined;
    } else if (token.type === 'inline') {
      const inline = inlineFrom(token.children ?? [], keepBreaks);
      if (!inline) return undefined;
      if (inline.length > 0) parent.content = inline;
    } else if (token.type === 'hr') parent.content?.push({ type: 'horizontalRule' });
    else if (token.type === 'fence' || token.type === 'code_block') {
      if (token.info) return undefined;
      const code = token.content.replace(/\n$/, '');
      parent.content?.push({ type: 'codeBlock', ...(code && { content: [{ type: 'text', text: code }] }) });
    } else return undefined;
  }
  return root.content;
}

/** Gives an empty quotation or item its paragraph; false for an item that begins with something else, which the editor cannot hold. */
function filled(node: PageNode): boolean {
  if (node.type !== 'listItem' && node.type !== 'blockquote') return true;
  if (!node.content?.length) node.content = [{ type: 'paragraph' }];
  return node.type === 'blockquote' || node.content[0]?.type === 'paragraph';
}

/** One line of Markdown as inline nodes. */
export const lineFromMarkdown = (text: string): PageNode[] | undefined =>
  inlineFrom(parser.parseInline(text, {})[0]?.children ?? [], false);

function inlineFrom(tokens: readonly Token[], keepBreaks: boolean): PageNode[] | undefined {
  const nodes: PageNode[] = [];
  let marks: Mark[] = [];
  const add = (text: string, more: Mark[] = []) => {
    if (!text) return;
    const own = inOrder([...marks, ...more]);
    const last = nodes.at(-1);
    if (last?.type === 'text' && JSON.stringify(last.marks ?? []) === JSON.stringify(own)) last.text += text;
    else nodes.push({ type: 'text', text, ...(own.length > 0 && { marks: own }) });
  };
  for (const token of tokens) {
    const mark = MARK_NAMES[token.type.replace(/_(open|close)$/, '')];
    if (mark && token.nesting === 1) {
      if (mark === 'link' && token.attrGet('title')) return undefined;
      marks = [...marks, { type: mark, ...(mark === 'link' && { attrs: { href: token.attrGet('href') ?? '' } }) }];
    } else if (mark) marks = marks.filter(({ type }) => type !== mark);
    else if (token.type === 'text') add(token.content);
    else if (token.type === 'code_inline') {
      // The editor's code has no other marks.
      if (marks.length > 0) return undefined;
      add(token.content, [{ type: 'code' }]);
    } else if (token.type === 'hardbreak' || (token.type === 'softbreak' && keepBreaks))
      nodes.push({ type: 'hardBreak' });
    else if (token.type === 'softbreak') add(' ');
    else return undefined;
  }
  return nodes;
}

const inOrder = (marks: readonly Mark[]) =>
  MARKS.flatMap((name) => marks.find(({ type }) => type === name) ?? []) as Mark[];
