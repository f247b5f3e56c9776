import type { PublishedBlock } from '../../src/features/blocks/published';
import { textOfLeaflet } from '../../src/features/progress/leaflet';
import { indexOfPart, partsOf } from '../../src/features/progress/simple-lesson';
import { thoughtsOf } from '../../src/features/progress/thoughts';
import { wordsOf } from '../../src/lib/html-blocks';
import { renderMarkdown } from '../../src/lib/markdown';

const TEXT = `# Alku

Ensin tämä.

Sitten nämä:

${Array.from({ length: 7 }, (_, index) => `${index + 1}. kohta ${index + 1}`).join('\n')}

> Muista tämä.

---

![Kuva](/files/abc)

| a | b |
|---|---|
| 1 | 2 |`;

describe('thoughts of a lesson', () => {
  const thoughts = thoughtsOf(renderMarkdown(TEXT));

  it('keep a heading and a lead-in with what follows, and cut a long list in pieces that go on counting', () => {
    const said = thoughts.map(({ html }) => wordsOf(html));
    expect(said.slice(0, 4)).toEqual([
      'Alku Ensin tämä.',
      'Sitten nämä: kohta 1 kohta 2 kohta 3 kohta 4',
      'kohta 5 kohta 6 kohta 7',
      'Muista tämä.',
    ]);
    expect(thoughts[2]?.html).toMatch(/^<ol start="5">/);
  });

  it('lose no word of the lesson', () => {
    expect(
      thoughts
        .map(({ html }) => wordsOf(html))
        .join(' ')
        .trim(),
    ).toBe(wordsOf(renderMarkdown(TEXT)));
  });

  it('have each an address of their own, and any place of the text leads to its page', () => {
    expect(new Set(thoughts.map(({ at }) => at)).size).toBe(thoughts.length);
    const parts = partsOf({ html: renderMarkdown(TEXT), practice: 'Kokeile', h5p_content_id: null, blocks: null });
    expect(parts.at(-1)).toEqual({ kind: 'try', at: 'try' });
    const place = /id="(spot-\d+)">(?:<p>)?kohta 6/.exec(renderMarkdown(TEXT))?.[1] ?? '';
    expect(indexOfPart(parts, place)).toBe(2);
    expect(indexOfPart(parts, 'spot-999')).toBe(0);
  });

  it('are there for an empty lesson too', () => {
    expect(partsOf({ html: '', practice: '', h5p_content_id: null, blocks: null })).toHaveLength(1);
  });
});

describe('a lesson of blocks', () => {
  const of = (id: string, kind: PublishedBlock['kind'], html = ''): PublishedBlock => ({
    ...{ id, kind, text: '', parts: {}, languages: ['fi'] },
    html: { text: html },
  });
  const blocks = [
    of('a', 'text', '<p id="spot-1">Ensin tämä.</p>\n<p id="spot-2">Sitten tämä.</p>\n'),
    of('b', 'heading', '<h2 id="spot-3">Mieti</h2>\n'),
    of('c', 'question'),
    of('d', 'h5p'),
    of('e', 'heading', '<h2>Lopuksi</h2>\n'),
    of('f', 'text', '<p>Loppu.</p>\n'),
    of('g', 'try', '<p id="spot-4">Kokeile.</p>'),
  ];
  const parts = partsOf({ html: '', practice: 'Kokeile.', h5p_content_id: null, blocks });

  it('has a page for each thing in its place, with the heading it stands under, and nothing twice', () => {
    const told = parts.map((part) => [part.at, part.kind === 'block' ? part.block.kind : part.kind]);
    expect(told).toEqual([
      ['spot-1', 'text'],
      ['spot-2', 'text'],
      ['b-c', 'question'],
      ['b-d', 'h5p'],
      ['part-5', 'text'],
      ['b-g', 'try'],
    ]);
    expect(parts.map((part) => ('html' in part ? wordsOf(part.html) : ''))).toEqual([
      'Ensin tämä.',
      'Sitten tämä.',
      'Mieti',
      '',
      'Lopuksi Loppu.',
      '',
    ]);
  });

  it('opens at the page that has a place, in a block or in the heading over it', () => {
    expect(['b-c', 'spot-3', 'spot-4', 'b-zzz'].map((place) => indexOfPart(parts, place))).toEqual([2, 2, 5, 0]);
  });
});

describe('text of a leaflet', () => {
  it('is whole when it is short; a long one is cut between blocks, never after a heading', () => {
    const html = renderMarkdown(TEXT);
    expect(textOfLeaflet(html)).toMatchObject({ isWhole: true });
    const long = renderMarkdown(`${'Pitkä kappale. '.repeat(20)}\n\n## Otsikko\n\n${'Toinen kappale. '.repeat(400)}`);
    const cut = textOfLeaflet(long, 500);
    expect(cut.isWhole).toBe(false);
    expect(cut.html).not.toContain('Otsikko');
  });
});
