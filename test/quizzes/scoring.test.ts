import fc from 'fast-check';
import { countingAttempt, scoreAnswer, shuffled } from '../../src/features/quizzes/scoring';

const options = (key: string) =>
  [...'abcd'].map((letter) => ({ key: letter, is_correct: key.includes(letter), text: letter }));
const single = { type: 'single' as const, options: options('b') };
const multi = { type: 'multi' as const, options: options('abd') };

describe('scoreAnswer', () => {
  it.each([
    [single, ['b'], 1],
    [single, ['a'], 0],
    [single, ['a', 'b'], 0],
    [single, [], 0],
    [{ ...single, type: 'truefalse' as const }, ['b'], 1],
    [multi, ['a', 'b', 'd'], 1],
    [multi, ['a', 'b'], 2 / 3],
    [multi, ['a', 'b', 'c'], 1 / 3],
    [multi, ['a', 'c'], 0],
    [multi, ['c'], 0],
    [multi, ['a', 'b', 'c', 'd'], 2 / 3],
    [multi, ['a', 'a', 'zzz'], 1 / 3],
    [{ type: 'multi' as const, options: options('') }, ['a'], 0],
  ])('%j of %j gives %f', (question, chosen, points) => {
    expect(scoreAnswer(question, chosen)).toBeCloseTo(points, 9);
  });

  const anyQuestion = fc.record({
    type: fc.constantFrom('single' as const, 'multi' as const, 'truefalse' as const),
    options: fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1, maxLength: 3 }), is_correct: fc.boolean() }), {
      selector: ({ key }) => key,
      minLength: 1,
      maxLength: 8,
    }),
  });
  const anyChoice = (question: { options: { key: string }[] }) =>
    fc.array(fc.oneof(fc.constantFrom(...question.options.map(({ key }) => key)), fc.string({ maxLength: 4 })));
  const questionAndChoice = anyQuestion.chain((question) => fc.tuple(fc.constant(question), anyChoice(question)));

  it('stays within 0..1, whatever was sent', () => {
    fc.assert(
      fc.property(questionAndChoice, ([question, chosen]) => {
        const points = scoreAnswer(question, chosen);
        expect(points >= 0 && points <= 1).toBe(true);
      }),
    );
  });

  it('never gives "I do not know" less than an answer with no right pick', () => {
    fc.assert(
      fc.property(questionAndChoice, ([question, chosen]) => {
        const wrong = chosen.filter(
          (key) => !question.options.some((option) => option.key === key && option.is_correct),
        );
        expect(scoreAnswer(question, [])).toBeGreaterThanOrEqual(scoreAnswer(question, wrong));
      }),
    );
  });

  it('gives full points to exactly the key of several, and less to anything else', () => {
    fc.assert(
      fc.property(questionAndChoice, ([question, chosen]) => {
        const several = { ...question, type: 'multi' as const };
        const key = several.options.filter(({ is_correct }) => is_correct).map((option) => option.key);
        fc.pre(key.length > 0);
        const picked = several.options.filter((option) => chosen.includes(option.key)).map((option) => option.key);
        expect(scoreAnswer(several, key)).toBe(1);
        expect(scoreAnswer(several, chosen) === 1).toBe(String(picked) === String(key));
      }),
    );
  });
});

describe('shuffled', () => {
  it('keeps every option, in the same order each time for one attempt', () => {
    const order = shuffled(single.options, 'attempt', 'question').map(({ key }) => key);
    expect(order.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(shuffled(single.options.toReversed(), 'attempt', 'question').map(({ key }) => key)).toEqual(order);
  });

  it('differs between attempts', () => {
    const orders = new Set(
      [...Array(20).keys()].map((attempt) =>
        shuffled(single.options, String(attempt), 'question')
          .map(({ key }) => key)
          .join(''),
      ),
    );
    expect(orders.size).toBeGreaterThan(5);
  });
});

describe('countingAttempt', () => {
  const attempt = (number: number, points: number | null) => ({
    number,
    points,
    points_possible: points === null ? null : 8,
    submitted_at: points === null ? null : new Date(),
  });
  const attempts = [attempt(4, null), attempt(3, 5), attempt(1, 4), attempt(2, 5)];

  it.each([
    ['best', 2],
    ['last', 3],
    ['first', 1],
  ] as const)('by the rule "%s" is number %i; an open one never counts', (rule, number) => {
    expect(countingAttempt(attempts, rule)?.number).toBe(number);
    expect(countingAttempt([attempt(1, null)], rule)).toBeUndefined();
  });
});
