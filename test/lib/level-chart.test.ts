import { type ChartPoint, drawLevelChart } from '../../src/lib/level-chart';

const point = (day: string, level: number, mark: ChartPoint['mark'] = 'square'): ChartPoint => ({
  date: new Date(day),
  level,
  low: level - 1,
  high: level + 1,
  mark,
});

test('time runs from left to right, whatever order the points come in', () => {
  const { marks } = drawLevelChart([point('2026-05-01', 3), point('2026-01-01', 1)]);
  expect(marks.map((mark) => mark.x)).toEqual([6, 92]);
});

test('a higher level is higher up: level 3 of 6 is in the middle', () => {
  expect(drawLevelChart([point('2026-01-01', 3)]).marks[0]).toMatchObject({ x: 49, y: 50 });
});

test('the fourth band is there only when the level or the goal reaches it', () => {
  expect(drawLevelChart([point('2026-01-01', 6)]).bands).toBe(3);
  expect(drawLevelChart([point('2026-01-01', 6.5)]).bands).toBe(4);
  expect(drawLevelChart([point('2026-01-01', 2)], 7).bands).toBe(4);
});

test('a range never leaves the picture, and one day has one as wide as a finger', () => {
  expect(drawLevelChart([point('2026-01-01', 0.5)]).range).toBe('M45 75L53 75L53 100L45 100Z');
});

test('labels keep their distance, and say the year when it changes', () => {
  const days = ['2025-11-01', '2025-11-03', '2026-02-01', '2026-04-28', '2026-05-01'];
  const { labels } = drawLevelChart(days.map((day) => point(day, 2)));
  expect(labels.map((label) => [label.date.toISOString().slice(0, 10), label.withYear])).toEqual([
    ['2025-11-01', true],
    ['2026-02-01', true],
    ['2026-05-01', false],
  ]);
});

test('nothing known draws nothing', () => {
  expect(drawLevelChart([])).toMatchObject({ range: '', line: '', marks: [], labels: [] });
});

test('the word of the goal stands on the side of its line where the newest mark is not', () => {
  const [early, late] = [point('2026-01-01', 1), point('2026-03-01', 4.6)];
  expect(drawLevelChart([early, late], 5).goalWord).toBe('above');
  expect(drawLevelChart([early, late], 4).goalWord).toBe('below');
  expect(drawLevelChart([late, early], 2).goalWord).toBe('below');
});
