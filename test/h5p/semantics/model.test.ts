import { withTyped } from '../../../src/features/h5p/semantics/body';
import { faultsOf } from '../../../src/features/h5p/semantics/faults';
import { readSemantics } from '../../../src/features/h5p/semantics/field';
import { type Press, pressed } from '../../../src/features/h5p/semantics/lists';
import { translated } from '../../../src/features/h5p/semantics/translated';
import { newParams } from '../../../src/features/h5p/semantics/values';
import { type Params, pathName, spotsOf } from '../../../src/features/h5p/semantics/walk';
import { EVERY_TYPE, SHELF, shelfOf } from './made-up';

const EVERY = 'H5P.Every-1.0';
const fresh = () => newParams(EVERY, SHELF);
const press = (params: Params, verb: Press['verb'], at: string, library?: string) =>
  pressed(params, EVERY, SHELF, { verb, at, library });

it('fills a new content with every default', () => {
  expect(fresh()).toEqual({
    title: '',
    points: 3,
    again: true,
    mode: 'calm',
    answers: [
      { text: '', correct: false },
      { text: '', correct: false },
    ],
    words: [],
    parts: [],
    check: 'Tarkista',
  });
});

it('writes what was typed as content holds it', () => {
  const typed = {
    title: '5 < 6 & <b>',
    story: 'Yksi\r\n\r\nKaksi <script>alert(1)</script><strong>iso</strong>',
    points: '2,5',
    again: 'no',
    'answers.0.correct': ['no', 'yes'],
    'answers.1.more': 'Vihje asuu ryhmänsä paikalla',
    picture: 'nothing to write here',
    '__proto__.x': 'y',
  };
  const params = withTyped(fresh(), EVERY, SHELF, typed);
  expect(params).toMatchObject({
    title: '5 < 6 & &lt;b>',
    story: '<p>Yksi</p>\n<p>Kaksi <strong>iso</strong></p>',
    points: 2.5,
    again: false,
    answers: [
      { text: '', correct: true },
      { text: '', correct: false, more: 'Vihje asuu ryhmänsä paikalla' },
    ],
  });
  expect(params).not.toHaveProperty('picture');
});

it('adds, moves and removes what lists hold', () => {
  const typed = withTyped(fresh(), EVERY, SHELF, { 'answers.0.text': 'a', 'answers.1.text': 'b' });
  const three = press(typed, 'add', 'answers');
  expect(three?.at).toBe('answers.2');
  const texts = (params: Params = {}) => (params.answers as { text: string }[]).map(({ text }) => text);
  expect(texts(press(three?.params ?? {}, 'up', 'answers.1')?.params)).toEqual(['b', 'a', '']);
  expect(texts(press(three?.params ?? {}, 'down', 'answers.1')?.params)).toEqual(['a', '', 'b']);
  expect(texts(press(three?.params ?? {}, 'remove', 'answers.0')?.params)).toEqual(['b', '']);
  expect(press(typed, 'add', 'parts', 'H5P.Inner 1.0')?.params.parts).toMatchObject([
    { library: 'H5P.Inner 1.0', params: { body: '' }, metadata: { license: 'U' } },
  ]);
});

it.each([
  ['up', 'answers.0'],
  ['down', 'answers.1'],
  ['remove', 'answers.7'],
  ['remove', 'answers.00'],
  ['add', 'title'],
  ['add', 'nowhere'],
  ['add', 'parts', 'H5P.Every 1.0'],
  ['clear', 'answers'],
] as const)('does nothing where it cannot: %s %s', (...[verb, at, library]) => {
  expect(press(fresh(), verb, at, library)).toBeUndefined();
});

it('tells what is still missing, by field', () => {
  const params = { ...fresh(), title: 'x'.repeat(61), points: 'monta', mode: 'gone', answers: [] };
  expect(faultsOf(params, EVERY, SHELF).map(({ path, key }) => `${pathName(path)}: ${key}`)).toEqual([
    'title: tooLong',
    'points: number',
    'mode: choose',
    'answers: tooFew',
  ]);
  const given = withTyped(fresh(), EVERY, SHELF, { title: 'a', 'answers.0.text': 'b', 'answers.1.text': 'c' });
  expect(faultsOf(given, EVERY, SHELF)).toEqual([]);
});

it('takes semantics that mean harm, and keeps the values of what it does not know', () => {
  const deep = (depth: number): unknown =>
    depth === 0
      ? { name: 'end', type: 'text' }
      : { name: 'in', type: 'group', fields: [deep(depth - 1), { name: 'x', type: 'text' }] };
  const wide = Array.from({ length: 10_000 }, (_, index) => ({ name: `f${index}`, type: 'text' }));
  expect(readSemantics(wide)).toHaveLength(3000);
  expect(JSON.stringify(readSemantics([deep(200)])).length).toBeLessThan(10_000);
  for (const json of [null, 7, {}, [null, 3, { name: '__proto__', type: 'text' }, { name: 'a.b', type: 'text' }]]) {
    expect(readSemantics(json)).toEqual([]);
  }
  const [odd] = readSemantics([{ name: 'odd', type: { not: 'a text' }, label: 5, fields: 'none', showWhen: [] }]);
  expect(odd).toMatchObject({ kind: 'other', label: 'odd' });
  const params = { odd: { kept: [1, { so: 'it is' }] }, strange: true };
  expect(
    withTyped(params, 'H5P.Odd-1.0', shelfOf({ 'H5P.Odd-1.0': [{ name: 'odd', type: 'x' }] }), { odd: 'y' }),
  ).toEqual(params);
});

it('walks no further than a form could be', () => {
  const params = { words: Array.from({ length: 300_000 }, () => null) };
  expect([...spotsOf(params, EVERY, SHELF)]).toHaveLength(100_000);
});

it('takes words of a translation, and nothing else', () => {
  const words = [{ label: 'Rubrik', name: 'evil', type: 'file', maxLength: 1, default: 'Hej' }, 'odd', null];
  expect(translated(EVERY_TYPE, words)).toEqual([{ ...EVERY_TYPE[0], label: 'Rubrik' }, ...EVERY_TYPE.slice(1)]);
});
