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
