import { drawChart } from '../../src/lib/charts/chart';
import type { ChartData } from '../../src/lib/charts/data';

const data = (values: number[], written = (value: number) => `${value}`): ChartData => ({
  kind: 'bars',
  categories: ['A', 'B'],
  series: [{ name: 'N', values }],
  written,
});

it('draws the same data once, and other data, widths and ways of writing anew', () => {
  const drawing = drawChart(data([1, 2]), 760);
  expect(drawChart(data([1, 2]), 760)).toBe(drawing);
  expect(drawChart(data([1, 3]), 760)).not.toEqual(drawing);
  expect(drawChart(data([1, 2]), 288)).not.toEqual(drawing);
  expect(
    drawChart(
      data([1, 2], (value) => `${value} %`),
      760,
    ),
  ).not.toEqual(drawing);
});
