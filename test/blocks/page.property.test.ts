import { getSchema } from '@tiptap/core';
import fc from 'fast-check';
import { PARTS } from '../../src/editor/nodes';
import { Piece } from '../../src/editor/piece';
import { BLOCK_KINDS, type Block, type BlockKind } from '../../src/features/blocks/block';
import { fromPage, isTooDeep, PageSchema, toPage } from '../../src/features/blocks/page/page';
import { kindOf } from '../../src/features/blocks/registry';
import type { Language } from '../../src/lib/i18n';

const schema = getSchema([...PARTS, Piece]);

/** Pieces of Markdown, among them all that the editor has no place for. */
const SNIPPETS = [
  `${'> '.repeat(30)}syvä\n`,
  ...[
    'Sana',
    ' ',
    '\n',
    '\n\n',
    '  \n',
    '\\\n',
    '**lihava**',
    '*kursivoitu*',
    '~~pois~~',
    '`koodi`',
    '**`a`**',
    '***x***',
  ],
  ...[
    '[linkki](https://example.org)',
    '[l](https://a.fi "nimi")',
    '<https://a.fi>',
    '![kuva](/files/x)',
    '[x][y]',
    '[y]: https://b.fi',
  ],
  ...[
    '# Otsikko\n',
    '## Toinen\n',
    '####### ei',
    'Alla\n===\n',
    '- a\n- b\n',
    '- a\n\n  b\n',
    '* a\n  * b\n',
    '1. a\n2. b\n',
    '3) c\n',
  ],
  ...[
    '- # otsikko\n',
    '- - a\n',
    '-\n',
    '1.\n',
    '- ```\n  x\n  ```\n',
    '- > a\n',
    '> lainaus\n',
    '>\n',
    '> - a\n',
    '> > a\n',
    '---\n',
    '***\n',
  ],
  ...[
    '| a | b |\n|---|---|\n| 1 | 2 |\n',
    '```\nkoodi\n```\n',
    '```js\nkoodi\n```\n',
    '    sisennys\n',
    '<b>html</b>',
    '<!-- x -->',
    '&amp;',
    '&nbsp;',
  ],
  ...[
    '\\*',
    '\\',
    '_',
    '*',
    '`',
    '#',
    '+',
    '1\\.',
    '~',
    '|',
    '[ ] tehtävä',
    '- [x] tehty\n',
    'https://example.org',
    'a@b.fi',
    '😀',
    '\t',
    '\u00a0',
    '\r\n',
    '«»',
  ],
];
const markdown = fc.oneof(
  fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 9 }).map((all) => all.join('')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

const NEEDS = {
  file_id: fc.uuid(),
  link: fc.constant('https://example.org/video'),
  level: fc.constantFrom(2, 3),
  tone: fc.constantFrom('remember' as const, 'careful' as const, 'tip' as const),
  decorative: fc.boolean(),
  question_id: fc.stringMatching(/^[a-z0-9]{1,8}$/),
  h5p_content_id: fc.uuid(),
};

function aBlock(kind: BlockKind) {
  const { parts, needs, blank, text } = kindOf(kind);
  const variant = fc.record({
    text: text ? markdown : fc.constant(''),
    parts: fc.record(Object.fromEntries(Object.keys(parts).map((name) => [name, markdown])), { requiredKeys: [] }),
  });
  const wanted = Object.fromEntries(Object.keys(needs.shape).map((name) => [name, NEEDS[name as keyof typeof NEEDS]]));
  return fc.tuple(fc.record(wanted, { requiredKeys: Object.keys(blank()) }), variant, variant).map(
    ([more, fi, sv]) =>
      ({
        id: '',
        kind,
        version: 1,
        texts: { fi: { ...fi, follows: 1 }, sv: { ...sv, follows: 1 } },
        ...more,
      }) as Block,
  );
}

/** The page as the editor has it once opened, as it sends it. Throws where the editor would have to change it. */
function throughEditor(blocks: readonly Block[], language: Language) {
  const node = schema.nodeFromJSON(JSON.parse(JSON.stringify(toPage(blocks, language))));
  node.check();
  return JSON.parse(JSON.stringify(node.toJSON()));
}

describe.each(['fi', 'sv'] as const)('a page opened and saved in %s', (language) => {
  it.each(BLOCK_KINDS)('keeps a block of kind %s letter by letter', (kind) => {
    fc.assert(
      fc.property(fc.array(aBlock(kind), { minLength: 1, maxLength: 3 }), (some) => {
        const blocks = some.map((block, index) => ({ ...block, id: `b${index}` }));
        const sent = throughEditor(blocks, language);
        expect(isTooDeep(sent)).toBe(false);
        const read = fromPage(PageSchema.parse(sent), blocks, 'fi', language);
        expect(read).toEqual({ ok: true, blocks });
      }),
      { numRuns: 100 },
    );
  });
});
