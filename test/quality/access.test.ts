import { aBlock, findings, rulesOf } from './support';

const FILE = '11111111-1111-4111-8111-111111111111';
const file = (more: object = {}) => ({ [FILE]: { name: 'IMG_2031', captions: [], ...more } });
const rules = (...args: Parameters<typeof findings>) => findings(...args).map(({ rule }) => rule);

describe('a picture', () => {
  const picture = (text: string, more: object = {}) => aBlock('image', text, { file_id: FILE, ...more });
  it.each([
    ['', ['altMissing']],
    ['IMG_2031.JPG', ['altFileName']],
    ['DSC 0031', ['altFileName']],
    ['kuva1', ['altFileName']],
    ['kuvakaappaus 2026-01-02', ['altFileName']],
    ['IMG_2031', ['altFileName']],
    ['Kuvassa näkyy puhelin', ['altBegins']],
    ['Kuva: puhelin', ['altBegins']],
    ['a'.repeat(170), ['altLong']],
    ['Puhelin, jonka näytöllä on lukko', []],
    ['Kuvake, joka avaa asetukset', []],
    ['Kuvio lattialla', []],
  ])('said as %j', (text, expected) => {
    expect(rules([picture(text)], 'fi', file())).toEqual(expected);
  });
  it('that only decorates needs no words, and neither does one that is not there yet', () => {
    expect(rules([picture('', { decorative: true })])).toEqual([]);
    expect(rules([aBlock('image', '')])).toEqual([]);
  });
  it('says something else than its caption, and may be seen', () => {
    expect(rules([picture('Lukko', { parts: { caption: 'lukko' } })])).toEqual(['altAsCaption']);
    expect(rules([picture('Lukko')], 'fi', file({ contrast: 2.1 }))).toEqual(['contrast']);
    expect(rules([picture('Lukko')], 'fi', file({ contrast: 12 }))).toEqual([]);
  });
});

describe('a recording', () => {
  const of = (kind: 'video' | 'audio', more: object = {}, captions: string[] = []) =>
    rules([aBlock(kind, 'Nimi', { file_id: FILE, ...more })], 'fi', file({ captions }));
  const said = { parts: { transcript: 'Hei, minä olen Pekka.' } };
  it('is captioned when it is a video, and written when it is a sound', () => {
    expect(of('video')).toEqual(['captions']);
    expect(of('video', said)).toEqual(['captions']);
    expect(of('video', {}, ['fi'])).toEqual([]);
    expect(of('audio')).toEqual(['transcript']);
    expect(of('audio', said)).toEqual([]);
    expect(of('audio', {}, ['fi-x-selko'])).toEqual([]);
  });
  it('is asked for in the language of the text, too, as advice', () => {
    expect(of('video', {}, ['sv'])).toEqual(['captionsOther']);
    expect(of('video', said, ['sv'])).toEqual([]);
  });
  it('elsewhere is told as text', () => {
    const link = { link: 'https://example.org/v' };
    expect(rules([aBlock('video', 'Nimi', link)])).toEqual(['videoElsewhere']);
    expect(rules([aBlock('video', 'Nimi', { ...link, ...said })])).toEqual([]);
  });
});

it.each([
  [
    'fi',
    [
      '[tästä](https://a.fi)',
      'Paina [klikkaa tästä](https://a.fi).',
      '[Lue lisää »](https://a.fi)',
      '[täältä.](https://a.fi)',
      '[**tästä**](https://a.fi)',
    ],
    ['[Kelan lomakkeet](https://a.fi)', '[Lue lisää salasanoista](https://a.fi)', 'Tästä sivusta löydät ohjeen.'],
  ],
  ['sv', ['[här](https://a.fi)', '[Läs mer](https://a.fi)'], ['[FPA:s blanketter](https://a.fi)']],
  ['en', ['[click here](https://a.fi)', '[more](https://a.fi)'], ['[Kela forms](https://a.fi)']],
] as const)('a link says where it leads, in %s', (language, bad, good) => {
  expect(bad.filter((text) => !rulesOf(text, language).includes('linkWords'))).toEqual([]);
  expect(good.filter((text) => rulesOf(text, language).includes('linkWords'))).toEqual([]);
});

it('a link is no address', () => {
  expect(rulesOf('Katso https://www.kela.fi/lomakkeet/a')).toEqual(['linkAddress']);
  expect(rulesOf('Katso [www.kela.fi/lomakkeet](https://www.kela.fi/lomakkeet)')).toEqual(['linkAddress']);
  expect(rulesOf('Katso [kela.fi](https://www.kela.fi) ja ![lukko](https://a.fi/b.png)')).toEqual([]);
});

describe('headings', () => {
  const heading = (level: number, text = 'Otsikko') => aBlock('heading', text, { level } as never);
  it.each([
    [[2, 3, 3, 2], 0],
    [[3, 3], 0],
    [[3, 2], 1],
    [[2, 3, 2, 3], 0],
  ])('of sizes %j', (levels, wrong) => {
    expect(rules(levels.map((level) => heading(level))).filter((rule) => rule === 'headingOrder')).toHaveLength(wrong);
  });
  it('in a text count, too; a very long text has some', () => {
    expect(rulesOf('## Iso\n\nAsia.\n\n#### Pieni\n\nAsia.')).toEqual(['headingOrder']);
    expect(rulesOf('Asia on näin. '.repeat(120))).toContain('noHeadings');
    expect(rules([heading(2), aBlock('text', 'Asia on näin. '.repeat(120))])).not.toContain('noHeadings');
  });
});

it.each([
  ['| Sana | Merkitys |\n| --- | --- |\n| a | b |', false],
  ['|  | Ma | Ti |\n| --- | --- | --- |\n| Aamu | b | c |', false],
  ['|  |  |\n| --- | --- |\n| a | b |', true],
  ['| Sana |  |\n| --- | --- |\n| a | b |', true],
  ['Viiva\n\n---\n\nToinen', false],
])('a table says what is in its columns: %j', (text, isWrong) => {
  expect(rulesOf(text).includes('tableHeaders')).toBe(isWrong);
});
