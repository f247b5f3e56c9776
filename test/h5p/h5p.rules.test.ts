import * as rules from '../../src/features/h5p/h5p.rules';
import { ENDING_POINT, type IncomingStatement, readStatement } from '../../src/features/h5p/h5p.statements';

interface Told {
  verb: string;
  score?: Record<string, number>;
  parent?: unknown;
  slide?: unknown;
}

/** A statement in the shape that H5P sends. */
function told({ verb, score, parent, slide }: Told): IncomingStatement {
  const statement = readStatement({
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { 'en-US': verb } },
    object: { id: 'x', objectType: 'Activity', definition: { extensions: { [ENDING_POINT]: slide } } },
    context: { contextActivities: { parent } },
    result: { score, completion: true },
  });
  if (!statement) throw new Error('no statement');
  return statement;
}

const PART = [{ id: 'https://oppiva.example/h5p/1', objectType: 'Activity' }];

it('counts a statement about the whole, not about a part', () => {
  expect(rules.countsForTotal(told({ verb: 'answered' }))).toBe(true);
  expect(rules.countsForTotal(told({ verb: 'answered', parent: [] }))).toBe(true);
  expect(rules.countsForTotal(told({ verb: 'answered', parent: PART }))).toBe(false);
  expect(rules.countsForTotal(told({ verb: 'answered', parent: PART[0] }))).toBe(false);
});

it.each<[Record<string, number> | undefined, number | undefined]>([
  [{ min: 0, max: 6, raw: 1, scaled: 0.1667 }, 1 / 6],
  [{ raw: 70, max: 80 }, 0.875],
  [{ min: 10, max: 20, raw: 15 }, 0.5],
  [{ scaled: 0.4 }, 0.4],
  [{ raw: 0, max: 0, min: 0 }, undefined],
  [{ raw: 9, max: 3 }, 1],
  [{ raw: -2, max: 3 }, 0],
  [{ raw: 3 }, undefined],
  [undefined, undefined],
])('reads the share of points from %j', (score, share) => {
  expect(rules.scoreShare(told({ verb: 'answered', ...(score && { score }) }))).toBe(share);
});

it('takes no share from a part', () => {
  expect(rules.scoreShare(told({ verb: 'answered', score: { raw: 1, max: 1 }, parent: PART }))).toBeUndefined();
});

const FINISHED = { kind: 'completed-statement' } as const;
const SEVENTY = { kind: 'score-at-least', share: 0.7 } as const;
const SIX_SLIDES = { kind: 'last-slide', slides: 6 } as const;

it.each<[rules.CompletionRule, Told, boolean]>([
  [FINISHED, { verb: 'completed' }, true],
  [FINISHED, { verb: 'answered' }, true],
  [FINISHED, { verb: 'passed' }, true],
  [FINISHED, { verb: 'answered', parent: PART }, false],
  [FINISHED, { verb: 'attempted' }, false],
  [FINISHED, { verb: 'interacted' }, false],
  [FINISHED, { verb: 'progressed' }, false],
  // An accordion sends this when it loads, with completion true.
  [FINISHED, { verb: 'consumed' }, false],
  [SEVENTY, { verb: 'answered', score: { raw: 7, max: 10 } }, true],
  [SEVENTY, { verb: 'answered', score: { raw: 6.9, max: 10 } }, false],
  [SEVENTY, { verb: 'answered', score: { raw: 9, max: 10 }, parent: PART }, false],
  [SEVENTY, { verb: 'completed' }, false],
  [SIX_SLIDES, { verb: 'progressed', slide: 6 }, true],
  [SIX_SLIDES, { verb: 'progressed', slide: '6' }, true],
  [SIX_SLIDES, { verb: 'progressed', slide: 5 }, false],
  [SIX_SLIDES, { verb: 'progressed', slide: 'PT6S' }, false],
  [SIX_SLIDES, { verb: 'progressed', slide: 6, parent: PART }, false],
  [SIX_SLIDES, { verb: 'answered', slide: 6 }, false],
  [{ kind: 'opened' }, { verb: 'attempted' }, true],
  [{ kind: 'self-declared' }, { verb: 'completed', score: { raw: 1, max: 1 } }, false],
])('rule %j and statement %j: %s', (rule, statement, completed) => {
  expect(rules.completes(rule, told(statement))).toBe(completed);
});

it('lets opening and declaring complete only under their own rules', () => {
  const all: rules.CompletionRule[] = [FINISHED, SEVENTY, SIX_SLIDES, { kind: 'opened' }, { kind: 'self-declared' }];
  expect(all.filter(rules.completesByOpening).map((rule) => rule.kind)).toEqual(['opened']);
  expect(all.filter(rules.completesByDeclaring).map((rule) => rule.kind)).toEqual(['self-declared']);
});

it('offers a rule that the type can meet', () => {
  expect(rules.suggestRule('H5P.MultiChoice', {})).toEqual(FINISHED);
  const slides = { presentation: { slides: [{}, {}, {}] } };
  expect(rules.suggestRule('H5P.CoursePresentation', slides)).toEqual({ kind: 'last-slide', slides: 3 });
  for (const name of ['H5P.Dialogcards', 'H5P.Accordion', 'H5P.InteractiveVideo', 'H5P.CoursePresentation']) {
    expect(rules.suggestRule(name, {})).toEqual({ kind: 'self-declared' });
  }
});
