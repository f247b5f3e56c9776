import fc from 'fast-check';
import { cloze } from '../../../src/features/quizzes/question-types/cloze';
import { hotspot } from '../../../src/features/quizzes/question-types/hotspot';
import { matching } from '../../../src/features/quizzes/question-types/matching';
import { numeric } from '../../../src/features/quizzes/question-types/numeric';
import { ordering } from '../../../src/features/quizzes/question-types/ordering';
import { TYPE_NAMES, typeOf } from '../../../src/features/quizzes/question-types/registry';
import { scenario } from '../../../src/features/quizzes/question-types/scenario';
import { shorttext } from '../../../src/features/quizzes/question-types/shorttext';
import { theScenario } from './contents';

const keys = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,4}$/), { minLength: 2, maxLength: 8 });
const en = (text: string) => ({ en: text });

describe('matching', () => {
  const of = (list: string[]) => ({
    pairs: list.map((key) => ({ key, left: en(`left ${key}`), right: en(`right ${key}`) })),
    extras: [],
  });

  it('gives the share of right pairs, whatever the order they come in', () => {
    fc.assert(
      fc.property(keys, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const chosen = list.map((key) => [key, list[numbers.next().value % list.length] as string] as const);
        const right = chosen.filter(([left, other]) => left === other).length;
        const points = matching.score(of(list), { pairs: Object.fromEntries(chosen) });
        expect(points).toBeCloseTo(right / list.length, 9);
        expect(matching.score(of(list), { pairs: Object.fromEntries(chosen.toReversed()) })).toBe(points);
      }),
    );
  });

  it('gives 1 to exactly all right pairs; keys that are not of the question count as nothing', () => {
    expect(matching.score(of(['a', 'b']), { pairs: { a: 'a', b: 'b', zz: 'zz' } })).toBe(1);
    expect(matching.score(of(['a', 'b']), { pairs: { a: 'b', zz: 'zz' } })).toBe(0);
    expect(matching.score({ pairs: [], extras: [] }, { pairs: {} })).toBe(0);
  });
});

describe('ordering', () => {
  const of = (list: string[]) => ({ steps: list.map((key) => ({ key, text: en(key) })) });

  it('gives 1 only to the right order, 0 to the order turned round, and the rest between', () => {
    fc.assert(
      fc.property(
        keys.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
        ),
        ([list, order]) => {
          const points = ordering.score(of(list), { order });
          expect(points >= 0 && points <= 1).toBe(true);
          expect(points === 1).toBe(String(order) === String(list));
          expect(ordering.score(of(list), { order: list.toReversed() })).toBe(0);
        },
      ),
    );
  });

  it('costs the same wherever one step went', () => {
    expect(ordering.score(of([...'abcde']), { order: [...'bcdea'] })).toBe(0.75);
    expect(ordering.score(of([...'abcde']), { order: [...'bacde'] })).toBe(0.75);
  });

  it('passes over steps that are not of the question or come twice', () => {
    expect(ordering.score(of([...'abc']), { order: [...'axbbc'] })).toBe(1);
    expect(ordering.score(of([...'abc']), { order: [...'aaa'] })).toBe(0);
    expect(ordering.score(of([]), { order: [] })).toBe(0);
  });
});

describe('cloze', () => {
  const content = {
    text: {
      fi: 'Älä anna [salasanaa|salasan*] puhelimessa, vaan [lopeta] puhelu.',
      en: 'Give no [password]; [hang up].',
    },
    almost: true,
  };
  const score = (first: string, second: string) => cloze.score(content, { gaps: { 1: first, 2: second } });

  it.each([
    ['salasanaa', 'lopeta', 1],
    ['  SALASANAA. ', 'Lopeta', 1],
    ['salasanoja', 'lopeta', 1],
    ['password', 'lopeta', 1],
    ['salasanaa', 'lopetta', 1],
    ['salasanaa', 'jatka', 0.5],
    ['', '', 0],
  ])('%j and %j give %f', (first, second, points) => expect(score(first, second)).toBe(points));

  it('stays within 0..1 for any text, brackets that are not closed too', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', ']', '|', '*', 'a', ' ') }), fc.string(), (text, typed) => {
        const points = cloze.score({ text: { en: text }, almost: true }, { gaps: { 1: typed } });
        expect(points >= 0 && points <= 1).toBe(true);
      }),
    );
  });

  it('never tells what was written', () => {
    expect(cloze.tally(content, { gaps: { 1: 'my code is 1234', 2: 'lopetta' } })).toEqual(['1:other', '2:almost']);
  });
});

describe('numeric', () => {
  const content = { value: 112, tolerance: 0.5, unit: en('euros\n€'), unit_asked: true };

  it.each([
    [112, '€', 1],
    [112.5, 'Euros', 1],
    [112.51, '€', 0],
    [112, 'metres', 0.5],
    [-112, '€', 0],
  ])('%d %s gives %d', (value, unit, points) => expect(numeric.score(content, { value, unit })).toBe(points));

  it('is not led astray by how computers keep decimals', () => {
    expect(
      numeric.score({ value: 0.3, tolerance: 0, unit: {}, unit_asked: false }, { value: 0.1 + 0.2, unit: '' }),
    ).toBe(1);
  });

  it('gives nothing while the author has no value', () => {
    expect(numeric.score({ ...content, value: null }, { value: 0, unit: '€' })).toBe(0);
  });
});

describe('shorttext', () => {
  const content = { judged_by: 'accepted' as const, accepted: en('two-step\n2*step'), model: {}, almost: true };

  it('takes what the author accepts, by the word of the person where the author says so, or anything written', () => {
    const score = (judged_by: 'accepted' | 'self' | 'nobody', text: string, same?: 'yes' | 'partly' | 'no') =>
      shorttext.score({ ...content, judged_by }, { text, ...(same && { same }) });
    expect([score('accepted', 'Two-Step'), score('accepted', '2 step'), score('accepted', 'two-stp')]).toEqual([
      1, 1, 1,
    ]);
    expect(score('accepted', 'three')).toBe(0);
    expect([
      score('self', 'x'),
      score('self', 'x', 'yes'),
      score('self', 'x', 'partly'),
      score('self', 'x', 'no'),
    ]).toEqual([0, 1, 0.5, 0]);
    expect([score('nobody', 'x'), score('nobody', '  ')]).toEqual([1, 0]);
  });

  it('is evidence only when the answer can be judged', () => {
    expect(
      (['accepted', 'self', 'nobody'] as const).map((by) => shorttext.judged({ ...content, judged_by: by })),
    ).toEqual([true, false, false]);
  });
});

describe('hotspot', () => {
  const spot = (key: string, is_correct: boolean) => ({ ...hotspot.blank().spots[0]!, key, is_correct });
  const content = { ...hotspot.blank(), spots: [spot('a', true), spot('b', false), spot('c', true)] };

  it('scores one spot as right or not, and several by right ones less wrong ones', () => {
    expect(hotspot.score({ ...content, many: false }, { spots: ['a'] })).toBe(1);
    expect(hotspot.score({ ...content, many: false }, { spots: ['a', 'c'] })).toBe(0);
    const many = { ...content, many: true };
    expect(hotspot.score(many, { spots: ['a', 'c'] })).toBe(1);
    expect(hotspot.score(many, { spots: ['c', 'a'] })).toBe(1);
    expect(hotspot.score(many, { spots: ['a', 'b', 'c'] })).toBe(0.5);
    expect(hotspot.score(many, { spots: ['b', 'zz'] })).toBe(0);
  });
});

describe('scenario', () => {
  it('gives the points of the end, for the path that leads there', () => {
    expect(scenario.score(theScenario, { path: ['a.b'], end: 'd' })).toBe(1);
    expect(scenario.score(theScenario, { path: ['a.a', 'b.b'], end: 'd' })).toBe(1);
    expect(scenario.score(theScenario, { path: ['a.a', 'b.a'], end: 'c' })).toBe(0);
  });

  it('gives nothing to a path that is not in the story, or does not end', () => {
    expect(scenario.score(theScenario, { path: ['a.a'], end: 'b' })).toBe(0);
    expect(scenario.score(theScenario, { path: ['b.b'], end: 'd' })).toBe(0);
    expect(scenario.score(theScenario, { path: ['a.a', 'b.a'], end: 'd' })).toBe(0);
  });

  it('gives the mean of the choices where ends have no points, and 1 for coming to an end where nothing has', () => {
    const nodes = theScenario.nodes.map((node) => ({ ...node, points: null }));
    expect(scenario.score({ nodes }, { path: ['a.a', 'b.b'], end: 'd' })).toBe(1);
    const rated = nodes.map((node) => ({
      ...node,
      choices: node.choices.map((choice) => ({ ...choice, points: choice.key === 'a' ? 0 : 1 })),
    }));
    expect(scenario.score({ nodes: rated }, { path: ['a.a', 'b.b'], end: 'd' })).toBe(0.5);
  });
});

it.each(TYPE_NAMES)('%s: any response that its schema takes scores within 0..1 on a new content', (name) => {
  const type = typeOf(name);
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const read = type.response.safeParse(value);
      if (!read.success) return;
      const points = type.score(type.blank(), read.data);
      expect(points >= 0 && points <= 1).toBe(true);
      expect(type.tally(type.blank(), read.data).every((label) => label.length <= 60)).toBe(true);
    }),
  );
});
