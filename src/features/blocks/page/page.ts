import { z } from 'zod';
import type { Language } from '../../../lib/i18n';
import { BLOCK_KINDS, type Block, type BlockNeeds, type Words } from '../block';
import { withWords } from '../follow';
import type { Way } from '../kinds/kind';
import { BlockId, kindOf, longest, MOST_BLOCKS } from '../registry';
import { fromMarkdown, lineFromMarkdown } from './from-markdown';
import { type PageNode, sameNode } from './node';
import { lineToMarkdown, toMarkdown } from './to-markdown';

/**
 * The editor's document: a `piece` for each block, and in it a node for each text of its kind, by how that is written: `linePart`
 * (letters), `linesPart` (a line for each thing), `richPart` (paragraphs, lists …), or `sourcePart` for Markdown that the editor
 * cannot show.
 */
export function toPage(blocks: readonly Block[], language: Language): PageNode {
  return { type: 'doc', content: blocks.map((block) => blockNode(block, language)) };
}

export function blockNode(block: Block, language: Language): PageNode {
  const { id, kind } = block;
  const needs = Object.fromEntries(
    Object.keys(kindOf(kind).needs.shape).map((name) => [name, block[name as keyof Block]]),
  );
  const content = partsOf(block, language).map(({ name, way, text }) => partNode(name, way, text, language));
  return { type: 'piece', attrs: { id, kind, needs }, ...(content.length > 0 && { content }) };
}

const MAIN = 'text';

function partsOf(block: Pick<Block, 'kind' | 'texts'>, language: Language): { name: string; way: Way; text: string }[] {
  const { text: way, parts } = kindOf(block.kind);
  const says = block.texts[language];
  const others = Object.entries(parts).map(([name, own]) => ({ name, way: own, text: says?.parts?.[name] ?? '' }));
  return way ? [{ name: MAIN, way, text: says?.text ?? '' }, ...others] : others;
}

function partNode(name: string, way: Way, text: string, language: Language): PageNode {
  const attrs = { name };
  if (way === 'line') return { type: 'linePart', attrs, ...(text && { content: [{ type: 'text', text }] }) };
  if (way === 'lines') {
    const lines = text.split('\n').filter((line) => line.trim());
    const nodes = (lines.length > 0 ? lines : ['']).map((line) => lineFromMarkdown(line.trim()));
    if (!nodes.every((node) => node !== undefined)) return source(name, text);
    return {
      type: 'linesPart',
      attrs,
      content: nodes.map((content) => ({ type: 'item', ...(content.length > 0 && { content }) })),
    };
  }
  const nodes = text.trim() ? fromMarkdown(text, keepsBreaks(language)) : [];
  if (!nodes) return source(name, text);
  return { type: 'richPart', attrs, content: nodes.length > 0 ? nodes : [{ type: 'paragraph' }] };
}

const source = (name: string, text: string): PageNode => ({
  type: 'sourcePart',
  attrs: { name },
  content: [{ type: 'text', text }],
});

const keepsBreaks = (language: Language) => language === 'fi-x-selko';

function textOf(part: PageNode, language: Language): string {
  const inside = part.content ?? [];
  if (part.type === 'richPart') return toMarkdown(inside, keepsBreaks(language));
  if (part.type === 'linesPart')
    return inside
      .map((item) => lineToMarkdown(item.content ?? []))
      .filter(Boolean)
      .join('\n');
  const letters = inside.map(({ text = '' }) => text).join('');
  return part.type === 'linePart' ? letters.replace(/\s*\n\s*/g, ' ') : letters;
}

const MOST_DEEP = 24;
const FLOW = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'horizontalRule',
  'codeBlock',
  'item',
  'hardBreak',
  'text',
] as const;

const MarkNode = z.object({
  type: z.enum(['link', 'bold', 'italic', 'strike', 'code', 'underline']),
  attrs: z.record(z.string(), z.unknown()).optional(),
});
const FlowNode: z.ZodType<PageNode> = z.lazy(() =>
  z.object({
    type: z.enum(FLOW),
    attrs: z.record(z.string(), z.unknown()).optional(),
    content: z.array(FlowNode).max(5000).optional(),
    text: z.string().max(200_000).optional(),
    marks: z.array(MarkNode).max(8).optional(),
  }),
) as z.ZodType<PageNode>;
const PartNode = z.object({
  type: z.enum(['linePart', 'linesPart', 'richPart', 'sourcePart']),
  attrs: z.object({ name: z.string().regex(/^[a-z_]{1,20}$/) }),
  content: z.array(FlowNode).max(5000).optional(),
});

/** What the editor may send: known nodes only. What a kind does not know is refused later, block by block. */
export const PageSchema = z.object({
  type: z.literal('doc'),
  content: z
    .array(
      z.object({
        type: z.literal('piece'),
        attrs: z.object({ id: BlockId, kind: z.enum(BLOCK_KINDS), needs: z.record(z.string(), z.unknown()).nullish() }),
        content: z.array(PartNode).max(6).optional(),
      }),
    )
    .max(MOST_BLOCKS)
    .default([]),
});
export type Page = z.output<typeof PageSchema>;

/** Whether JSON is nested deeper than any page of ours: asked before a schema walks it. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > MOST_DEEP * 2 || Object.values(value).some((item) => isTooDeep(item, depth + 1));
}

export type ReadPage = { ok: true; blocks: Block[] } | { ok: false; id: string; fault: 'twice' | 'needs' | 'long' };

/**
 * The blocks as the page has them in one language: known ones with their other languages, in the page's order; new ones; those that
 * the page lacks are gone. A text that was not touched stays letter by letter as it was.
 */
export function fromPage(page: Page, known: readonly Block[], original: Language, language: Language): ReadPage {
  const before = new Map(known.map((block) => [block.id, block]));
  const blocks: Block[] = [];
  for (const node of page.content) {
    const { id, kind } = node.attrs;
    if (blocks.some((block) => block.id === id)) return { ok: false, id, fault: 'twice' };
    const same = before.get(id);
    const old: Block = same?.kind === kind ? same : { id, kind, version: 1, texts: {} };
    const needs = kindOf(kind).needs.safeParse(withoutNothing(node.attrs.needs ?? {}));
    if (!needs.success) return { ok: false, id, fault: 'needs' };
    const words = wordsIn(node.content ?? [], old, language);
    if (isTooLong(kind, words)) return { ok: false, id, fault: 'long' };
    const { version, texts } = old;
    const bare: Block = { id, kind, version, texts, ...(needs.data as BlockNeeds) };
    blocks.push(withWords(bare, original, language, words));
  }
  return { ok: true, blocks };
}

const withoutNothing = (needs: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(needs).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

function wordsIn(parts: readonly PageNode[], old: Block, language: Language): Words {
  const says = Object.fromEntries(
    partsOf(old, language).map(({ name, way, text }) => {
      const now = parts.find(({ attrs }) => attrs?.name === name);
      const isUntouched = !now || sameNode(bare(now), bare(partNode(name, way, text, language)));
      return [name, isUntouched ? text : textOf(now, language)];
    }),
  );
  const { [MAIN]: text = '', ...others } = says;
  return { text, parts: others };
}

/** Without what the editor adds by itself: empty fields of nodes, attributes of links. */
function bare(node: PageNode): PageNode {
  const { attrs, marks, content } = node;
  const kept =
    attrs &&
    Object.entries(attrs).filter(
      ([name, value]) => KEPT.includes(name) && value !== null && !(name === 'start' && value === 1),
    );
  return {
    type: node.type,
    ...(node.text !== undefined && { text: node.text }),
    ...(kept && kept.length > 0 && { attrs: Object.fromEntries(kept) }),
    ...(marks &&
      marks.length > 0 && {
        marks: marks.map(({ type, attrs: own }) => ({ type, ...(type === 'link' && { attrs: { href: own?.href } }) })),
      }),
    ...(content && content.length > 0 && { content: content.map(bare) }),
  };
}
const KEPT = ['name', 'level', 'start'];

const isTooLong = (kind: Block['kind'], { text, parts }: Words) =>
  text.length > longest(kind) || Object.entries(parts ?? {}).some(([name, part]) => part.length > longest(kind, name));
