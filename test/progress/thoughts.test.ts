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
    const parts = partsOf({ html: renderMarkdown(TEXT), practice: 'Kokeile', h5p_content_id: null });
    expect(parts.at(-1)).toEqual({ kind: 'try', at: 'try' });
    const place = /id="(spot-\d+)">(?:<p>)?kohta 6/.exec(renderMarkdown(TEXT))?.[1] ?? '';
    expect(indexOfPart(parts, place)).toBe(2);
    expect(indexOfPart(parts, 'spot-999')).toBe(0);
  });

  it('are there for an empty lesson too', () => {
    expect(partsOf({ html: '', practice: '', h5p_content_id: null })).toHaveLength(1);
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
