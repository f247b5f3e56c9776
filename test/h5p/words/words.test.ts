import { valueAt } from '../../../src/features/h5p/semantics/walk';
import { wordsPage } from '../../../src/features/h5p/words/words';
import { withWords } from '../../../src/features/h5p/words/words.service';
import { shelfOf } from '../semantics/made-up';

/** Slides with parts in their places, as presentations have them. */
const DECK = 'H5P.Deck-1.0';
const shelf = shelfOf({
  [DECK]: [
    { name: 'title', type: 'text', label: 'Title' },
    {
      name: 'slides',
      type: 'list',
      label: 'Slides',
      entity: 'slide',
      field: {
        name: 'slide',
        type: 'group',
        label: 'Slide',
        fields: [
          {
            name: 'elements',
            type: 'list',
            label: 'Elements',
            field: {
              name: 'element',
              type: 'group',
              label: 'Element',
              fields: [
                { name: 'x', type: 'number', label: 'X' },
                { name: 'colour', type: 'text', label: 'Colour', optional: true },
                { name: 'action', type: 'library', label: 'Part', options: ['H5P.Words 1.0', 'H5P.Picture 1.0'] },
              ],
            },
          },
          { name: 'secret', type: 'text', label: 'Secret', widget: 'none' },
        ],
      },
    },
    {
      name: 'l10n',
      type: 'group',
      label: 'Texts',
      common: true,
      fields: [
        { name: 'next', type: 'text', label: 'Next' },
        { name: 'last', type: 'text', label: 'Last' },
      ],
    },
  ],
  'H5P.Words-1.0': [{ name: 'text', type: 'text', widget: 'html', label: 'Text', tags: ['strong'] }],
  'H5P.Picture-1.0': [
    { name: 'file', type: 'image', label: 'Picture' },
    { name: 'decorative', type: 'boolean', label: 'Decorative' },
    { name: 'alt', type: 'text', label: 'Alt text' },
  ],
});

const words = (x: number, text: string) => ({
  x,
  colour: '#aabbcc',
  action: { library: 'H5P.Words 1.0', params: { text }, subContentId: '1-2' },
});
const picture = (decorative: boolean) => ({
  x: 7,
  action: { library: 'H5P.Picture 1.0', params: { file: { path: 'images/a.png', mime: 'image/png' }, decorative } },
});
const PARAMS = {
  title: 'Kysy ensin',
  slides: [
    { elements: [words(1.5, '<p>Saat <strong>viestin</strong>.</p>'), picture(false)], secret: 'token' },
    { elements: [words(3, 'Älä avaa linkkiä.'), picture(true)], unknown: { kept: [1, null] } },
  ],
  l10n: { next: 'Seuraava', last: 'Viimeinen' },
};
const page = (number?: number) => wordsPage(PARAMS, DECK, shelf, number);
const textsOf = ({ passages }: ReturnType<typeof page>) =>
  passages.flatMap((passage) => passage.words.map(({ name }) => name));
const TEXT = 'slides.0.elements.0.action.params.text';

it('shows the words, the descriptions of pictures that tell something, and the files; no places, colours or tokens', () => {
  expect(textsOf(page())).toEqual([
    'title',
    TEXT,
    'slides.0.elements.1.action.params.alt',
    'slides.1.elements.0.action.params.text',
  ]);
  expect(page().passages.flatMap(({ media }) => media.map(({ file }) => file))).toEqual(['a.png', 'a.png']);
  expect(page().passages.map(({ title }) => title)).toEqual([
    DECK,
    '1.1. H5P.Words-1.0',
    '1.2. H5P.Picture-1.0',
    '2.1. H5P.Words-1.0',
    '2.2. H5P.Picture-1.0',
  ]);
});

it('has the words of buttons on a page of their own', () => {
  expect(page().pages.map(({ isCommon }) => isCommon)).toEqual([false, true]);
  expect(textsOf(page(2))).toEqual(['l10n.next', 'l10n.last']);
  expect(page(99).number).toBe(1);
});

it('gives a chapter per page when the content is large', () => {
  const slide = { elements: Array.from({ length: 35 }, (_, index) => words(index, `Sanoja ${index}`)) };
  const large = wordsPage({ ...PARAMS, slides: [slide, slide, slide] }, DECK, shelf, 2);
  expect(large.pages.map(({ isCommon }) => isCommon)).toEqual([false, false, false, true]);
  expect(large.passages.every(({ title }) => title.startsWith('2.'))).toBe(true);
});

const sent = () => {
  const all = [...page().passages, ...page(2).passages].flatMap((passage) => passage.words);
  return Object.fromEntries(all.map(({ name, value }) => [name, value.replaceAll('\n', '\r\n')]));
};

it('changes nothing when it is sent as it came', () => {
  expect(withWords(PARAMS, DECK, shelf, sent())).toEqual(PARAMS);
});

it('changes the words alone, cleaned by what their field allows', () => {
  const changed = withWords(PARAMS, DECK, shelf, {
    ...sent(),
    [TEXT]: '<p onclick="x()">Uusi<script>x()</script></p>',
  });
  expect(
    valueAt(
      changed,
      TEXT.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
    ),
  ).toBe('<p>Uusi</p>');
  const back = withWords(changed, DECK, shelf, { [TEXT]: '<p>Saat <strong>viestin</strong>.</p>' });
  expect(back).toEqual({ ...PARAMS, slides: [expect.anything(), PARAMS.slides[1]] });
});

it('passes over whatever else is sent', () => {
  const hostile = {
    'slides.0.elements.0.x': '99',
    'slides.0.elements.0.colour': 'url(x)',
    'slides.0.elements.1.action.params.decorative': 'yes',
    'slides.0.secret': 'changed',
    'slides.9.elements.0.action.params.text': 'new',
    '__proto__.polluted': 'yes',
    title: ['a', 'list'],
  };
  expect(withWords(PARAMS, DECK, shelf, hostile)).toEqual(PARAMS);
});
