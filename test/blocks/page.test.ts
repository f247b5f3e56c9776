import fc from 'fast-check';
import type { Block } from '../../src/features/blocks/block';
import { fromMarkdown } from '../../src/features/blocks/page/from-markdown';
import type { PageNode } from '../../src/features/blocks/page/node';
import { fromPage, isTooDeep, PageSchema, toPage } from '../../src/features/blocks/page/page';
import { toMarkdown } from '../../src/features/blocks/page/to-markdown';

const words = fc
  .array(
    fc.constantFrom(
      'sana',
      'äö',
      '1.',
      '#',
      '-',
      '+',
      '*tähti*',
      '_a_',
      '[x]',
      'a*b',
      '<b>',
      '&amp;',
      '`k`',
      '\\',
      '~~',
      '!',
      '>',
      '3)',
      '===',
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((some) => some.join(' '));
const word = fc.constantFrom('sana', 'toinen', 'äö', 'pitkä sana');
/** Words with and without marks, a space between them. */
const inline = fc
  .array(fc.tuple(word, fc.subarray(['bold', 'italic', 'strike'])), { minLength: 1, maxLength: 4 })
  .map((pieces) =>
    pieces.flatMap(([text, marks], index): PageNode[] => [
      ...(index > 0 ? [{ type: 'text', text: ' ' }] : []),
      { type: 'text', text, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) },
    ]),
  )
  .map(joined);
const link = fc.webUrl().map((href): PageNode[] => [
  { type: 'text', text: 'katso ' },
  { type: 'text', text: 'tästä', marks: [{ type: 'link', attrs: { href } }] },
]);
const paragraph = fc
  .oneof(
    inline,
    words.map((text): PageNode[] => [{ type: 'text', text }]),
    link,
  )
  .map((content): PageNode => ({ type: 'paragraph', content }));
const listOf = (item: fc.Arbitrary<PageNode[]>) =>
  fc.tuple(fc.boolean(), fc.array(item, { minLength: 1, maxLength: 3 })).map(
    ([numbered, items]): PageNode => ({
      type: numbered ? 'orderedList' : 'bulletList',
      ...(numbered && { attrs: { start: 1 } }),
      content: items.map((content) => ({ type: 'listItem', content })),
    }),
  );
const short = listOf(paragraph.map((one) => [one]));
const list = listOf(
  fc.tuple(paragraph, fc.option(short, { nil: undefined })).map((some) => some.filter((one) => one !== undefined)),
);
const node = fc.oneof(
  paragraph,
  fc
    .tuple(fc.integer({ min: 2, max: 4 }), inline)
    .map(([level, content]): PageNode => ({ type: 'heading', attrs: { level }, content })),
  list,
  fc
    .array(fc.oneof(paragraph, short), { minLength: 1, maxLength: 2 })
    .map((content): PageNode => ({ type: 'blockquote', content })),
  fc.constant<PageNode>({ type: 'horizontalRule' }),
);

function joined(nodes: PageNode[]): PageNode[] {
  return nodes.reduce<PageNode[]>((all, one) => {
    const last = all.at(-1);
    if (last && JSON.stringify(last.marks) === JSON.stringify(one.marks)) last.text = `${last.text}${one.text}`;
    else all.push({ ...one });
    return all;
  }, []);
}

it('writes a page as Markdown and reads it back without losing anything', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 4 }), (nodes) => {
      const markdown = toMarkdown(nodes, false);
      expect(fromMarkdown(markdown, false)).toEqual(nodes);
    }),
    { numRuns: 300 },
  );
});

const anyBlock = fc.oneof(
  fc
    .tuple(fc.constantFrom('text', 'try', 'callout'), fc.oneof(fc.string({ maxLength: 200 }), words))
    .map(([kind, text]) => ({ kind, text })),
  fc
    .tuple(fc.constantFrom('heading', 'steps', 'limits', 'image'), fc.string({ maxLength: 80 }))
    .map(([kind, text]) => ({ kind, text })),
);
const needs: Record<string, object> = { callout: { tone: 'tip' }, heading: { level: 3 } };

it('keeps every document letter by letter when nothing of it was touched, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 6 }), (some) => {
      const blocks = some.map(({ kind, text }, index) => ({
        id: `b${index}`,
        kind,
        version: 3,
        texts: { fi: { text, follows: 3 }, sv: { text: 'Svenska', follows: 2, was: { text: 'Ennen' } } },
        ...needs[kind],
      })) as Block[];
      const page = PageSchema.parse(JSON.parse(JSON.stringify(toPage(blocks, 'fi'))));
      expect(fromPage(page, blocks, 'fi', 'fi')).toEqual({ ok: true, blocks });
    }),
    { numRuns: 200 },
  );
});

const one = (texts: Block['texts']): Block => ({ id: 'x', kind: 'text', version: 1, texts });
const typed = (text: string) => ({
  type: 'doc' as const,
  content: [
    {
      type: 'piece' as const,
      attrs: { id: 'x', kind: 'text' as const, needs: {} },
      content: [
        {
          type: 'richPart' as const,
          attrs: { name: 'text' },
          content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
        },
      ],
    },
  ],
});

it('makes followers late and keeps what they were written for', () => {
  const known = [one({ fi: { text: 'Vanha', follows: 1 }, sv: { text: 'Gammal', follows: 1 } })];
  const read = fromPage(typed('Uusi'), known, 'fi', 'fi');
  expect(read).toMatchObject({
    ok: true,
    blocks: [
      {
        version: 2,
        texts: { fi: { text: 'Uusi', follows: 2 }, sv: { text: 'Gammal', follows: 1, was: { text: 'Vanha' } } },
      },
    ],
  });
  const followed = fromPage(typed('Ny'), read.ok ? read.blocks : [], 'fi', 'sv');
  expect(followed.ok && followed.blocks[0]?.texts.sv).toEqual({ text: 'Ny', follows: 2 });
});

it('refuses what no block is: strange nodes, kinds and facts, the same block twice, depth without end', () => {
  expect(PageSchema.safeParse({ type: 'doc', content: [{ type: 'script' }] }).success).toBe(false);
  const page = typed('x');
  const [piece] = page.content;
  expect(fromPage({ ...page, content: [piece, piece] as never }, [], 'fi', 'fi')).toEqual({
    ok: false,
    id: 'x',
    fault: 'twice',
  });
  const wrong = { ...piece, attrs: { id: 'x', kind: 'heading', needs: { level: 9 } } };
  expect(fromPage({ ...page, content: [wrong] as never }, [], 'fi', 'fi')).toMatchObject({ ok: false, fault: 'needs' });
  let deep: object = {};
  for (let depth = 0; depth < 100; depth += 1) deep = { content: [deep] };
  expect([isTooDeep(deep), isTooDeep(toPage([one({})], 'fi'))]).toEqual([true, false]);
});
