/** A node of the document, as Tiptap writes it in JSON. */
export interface JsonNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: JsonNode[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

export interface AboutBlock {
  state: 'original' | 'missing' | 'current' | 'behind';
  original?: string;
  changed?: { text: string; way: 'same' | 'gone' | 'new' }[];
  /** Of a question's block: which one, and a mark that changes when the question does. */
  question?: { id: string; mark: string };
}

/** Something to mend, in words, with its place. */
export interface Finding {
  key: string;
  weight: 'must' | 'advice' | 'excepted';
  short: string;
  text: string;
  quote: string;
  place: string;
  block?: string;
  part: string;
  language: string;
  reason?: string;
  captions?: string;
}

/** What the server says of the draft: with the page, and after each saving. */
export interface PageData {
  draft: string;
  version: number;
  language: string;
  original: string;
  title: string;
  doc: JsonNode;
  about: Record<string, AboutBlock>;
  checks: { findings: Finding[]; sum: string };
  others: { name: string; language: string; seen_at: string }[];
  /** What is to be mended before others are asked to sign, with the way to its place. */
  missing: { text: string; href: string }[];
}

export type Words = Record<string, string> & {
  kinds: Record<string, string>;
  parts: Record<string, string>;
  tones: Record<string, string>;
  levels: Record<string, string>;
  /** The organisation's own H5P tasks: id to name. */
  tasks: Record<string, string>;
  checks: Record<string, string>;
};

export interface KindFacts {
  text?: 'line' | 'lines' | 'markdown';
  parts: Record<string, 'line' | 'lines' | 'markdown'>;
  needs: Record<string, unknown>;
}

export interface Start {
  data: PageData;
  words: Words;
  kinds: Record<string, KindFacts>;
}

export const newId = (): string => crypto.randomUUID().slice(0, 8);

/** An empty block of a kind. */
export function emptyPiece(kind: string, { text, parts, needs }: KindFacts, inside?: JsonNode[]): JsonNode {
  const ways = { ...(text && { text }), ...parts };
  const content = Object.entries(ways).map(([name, way]) => ({ ...emptyPart(way), attrs: { name } }));
  if (inside && content[0]) content[0].content = inside;
  return { type: 'piece', attrs: { id: newId(), kind, needs: { ...needs } }, ...(content.length > 0 && { content }) };
}

function emptyPart(way: 'line' | 'lines' | 'markdown'): JsonNode {
  if (way === 'line') return { type: 'linePart' };
  if (way === 'lines') return { type: 'linesPart', content: [{ type: 'item' }] };
  return { type: 'richPart', content: [{ type: 'paragraph' }] };
}

const TITLE = 'title of the lesson';

/** The title stands as a block of its own before the others, so that it is kept and compared like them. */
export const pageOf = (title: string, { content = [] }: JsonNode): JsonNode => ({
  type: 'doc',
  content: [
    {
      type: 'title',
      attrs: { id: TITLE, kind: 'title' },
      content: [{ type: 'linePart', content: [{ type: 'text', text: title }] }],
    },
    ...content,
  ],
});

/** The other way: the title, and the document without it. */
export function asSent(page: JsonNode): { title: string; doc: JsonNode } {
  const isTitle = ({ type }: JsonNode) => type === 'title';
  const content = page.content ?? [];
  return {
    title: wordsOf(content.find(isTitle)).trim(),
    doc: { type: 'doc', content: content.filter((node) => !isTitle(node)) },
  };
}

/** The words of a node, a line for each of its paragraphs. */
export function wordsOf(node: JsonNode | undefined): string {
  if (!node) return '';
  if (node.text !== undefined) return node.text;
  const inside = (node.content ?? []).map(wordsOf);
  return ['paragraph', 'item', 'heading', 'linePart', 'codeBlock'].includes(node.type)
    ? inside.join('')
    : inside.filter(Boolean).join('\n');
}
