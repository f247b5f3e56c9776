import fc from 'fast-check';
import type { Source } from '../../src/features/skills/estimate';
import { topicsOf } from '../../src/features/talks/talk-topics';

const NOW = new Date('2026-11-22T10:00:00Z');
const view = (source: Source, level: number, competence_code = '4.2', observed_at = new Date('2026-10-01')) => ({
  source,
  level,
  competence_code,
  observed_at,
});

it('offers what sources tell two levels apart, the widest first', () => {
  const views = [
    view('self', 4),
    view('peer', 2),
    view('task', 3),
    view('self', 1, '1.2'),
    view('quiz', 5, '1.2'),
    view('self', 3, '2.1'),
    view('peer', 4, '2.1'),
    view('self', 8, '5.4'),
  ];
  expect(topicsOf(views, NOW).map(({ code, apart }) => [code, apart])).toEqual([
    ['1.2', 4],
    ['4.2', 2],
  ]);
});

it('leaves out what was seen more than two years ago', () => {
  expect(topicsOf([view('self', 4), view('peer', 1, '4.2', new Date('2024-10-01'))], NOW)).toEqual([]);
});

it('never tells of a view it was not given, and offers at most five', () => {
  const views = fc.array(
    fc.record({
      source: fc.constantFrom<Source>('self', 'peer', 'task'),
      level: fc.integer({ min: 0, max: 8 }),
      competence_code: fc.constantFrom('1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '4.2'),
      observed_at: fc.constant(new Date('2026-10-01')),
    }),
  );
  fc.assert(
    fc.property(views, (given) => {
      const topics = topicsOf(given, NOW);
      expect(topics.length).toBeLessThanOrEqual(5);
      for (const topic of topics) {
        expect(topic.apart).toBeGreaterThanOrEqual(2);
        expect(topic.views.every((one) => given.some((known) => known === one))).toBe(true);
        expect(topic.views.every((one) => one.competence_code === topic.code)).toBe(true);
      }
    }),
  );
});
