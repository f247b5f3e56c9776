import fc from 'fast-check';
import { agreementOf, DISAGREEMENT, viewsBySource } from '../../src/features/skills/disagreement';
import type { Evidence, Source } from '../../src/features/skills/estimate';
import { addDays } from '../../src/lib/dates';

const NOW = new Date('2026-06-01T10:00:00Z');
const said = (source: Source, level: number, daysAgo = 10): Evidence => ({ source, level, at: addDays(NOW, -daysAgo) });
const agreement = (...evidence: Evidence[]) => agreementOf(viewsBySource(evidence, NOW));

it('says that self 4, colleague 2, task 3 is worth a talk, from the highest to the lowest', () => {
  const told = agreement(said('self', 4), said('peer', 2), said('task', 3));
  expect(told).toMatchObject({ kind: 'disagree', difference: 2 });
  expect(told.kind === 'disagree' && told.views.map(({ source, level }) => [source, level])).toEqual([
    ['self', 4],
    ['task', 3],
    ['peer', 2],
  ]);
});

it.each([
  ['just at the limit', [said('self', 4.5), said('quiz', 3)], 'disagree'],
  ['just under it', [said('self', 4.49), said('quiz', 3)], 'agree'],
  ['one source, however it wavers', [said('self', 0), said('self', 8)], 'alone'],
  ['a second source that is old', [said('self', 8), said('quiz', 0, 200)], 'alone'],
  ['the day before half a year', [said('self', 8), said('quiz', 0, 182)], 'disagree'],
  ['nothing', [], 'alone'],
] as const)('%s', (_what, evidence, kind) => {
  expect(agreement(...evidence).kind).toBe(kind);
});

it('keeps each source’s own average: agreeing on average hides nothing', () => {
  const views = viewsBySource([said('self', 6), said('self', 4), said('peer', 1), said('peer', 1, 400)], NOW);
  expect(views).toMatchObject([
    { source: 'self', level: 5, count: 2 },
    { source: 'peer', level: 1, count: 1, isRecent: true },
  ]);
});

it('tells old views as old, after the recent ones', () => {
  const views = viewsBySource([said('self', 3, 300), said('badge', 5, 400), said('quiz', 2)], NOW);
  expect(views.map(({ source, isRecent }) => [source, isRecent])).toEqual([
    ['quiz', true],
    ['self', false],
    ['badge', false],
  ]);
  expect(viewsBySource([said('self', 3, 900_000)], NOW)).toMatchObject([{ level: 3 }]);
});

it('disagrees exactly when two recent averages lie far enough apart, whatever else there is', () => {
  const source = fc.constantFrom<Source>('self', 'peer', 'quiz', 'task', 'badge');
  const piece = fc.record({ source, level: fc.integer({ min: 0, max: 8 }), daysAgo: fc.integer({ min: 0, max: 800 }) });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const views = viewsBySource(
        pieces.map(({ source: from, level, daysAgo }) => said(from, level, daysAgo)),
        NOW,
      );
      const recent = views.filter(({ isRecent }) => isRecent);
      const far = recent.some((a) => recent.some((b) => a.level - b.level >= DISAGREEMENT.fromLevels - 1e-9));
      expect(agreementOf(views).kind === 'disagree').toBe(far);
      for (const { level } of views) expect(level >= 0 && level <= 8).toBe(true);
    }),
  );
});
