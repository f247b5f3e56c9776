import { categoryRows, plain, text, valueAxis } from './axes';
import type { ChartData, ChartOptions, ChartValue } from './data';
import { seriesInk, standIn } from './inks';

/** Bars lie down: names of skills are long. On a phone the name stands above its bars. */
export function bars(data: ChartData, width: number): ChartOptions {
  const isStacked = data.kind === 'stacked';
  const thick = isStacked ? 30 : 24;
  const inRow = isStacked ? 1 : data.series.length;
  const rows = categoryRows(data, width, inRow * (thick + 4));
  return {
    height: rows.height + 34,
    option: {
      grid: { left: rows.left, right: isStacked ? 24 : 64, top: 4, bottom: 30 },
      xAxis: valueAxis(data),
      yAxis: rows.axis,
      series: data.series.map(({ name, values }, index) => ({
        type: 'bar',
        name,
        barWidth: thick,
        barGap: '16%',
        ...(rows.shift !== 0 && { barCategoryGap: '40%' }),
        ...(isStacked && { stack: 'all' }),
        itemStyle: { color: standIn(seriesInk(index)), borderColor: standIn('axis'), borderWidth: 1 },
        data: values.map((value) => ({ value: plain(value), label: barLabel(value, data, isStacked, width) })),
      })),
    },
  };
}

function barLabel(value: ChartValue, data: ChartData, isStacked: boolean, width: number): object {
  const words = typeof value === 'number' ? data.written(value) : '';
  const most = Math.max(1, ...sumsOf(data));
  const room = typeof value === 'number' ? (value / most) * width * 0.6 : 0;
  // In a part that is too narrow for its number the number is left to the table.
  const show = typeof value === 'number' && (!isStacked || room > 10 * words.length + 12);
  const place = isStacked
    ? { position: 'inside', backgroundColor: standIn('paper'), padding: [1, 5], borderRadius: 6 }
    : { position: 'right' };
  return { show, formatter: words, ...place, ...text('text', { fontWeight: 'bold' }) };
}

const sumsOf = ({ categories, series }: ChartData) =>
  categories.map((_, at) => series.reduce((sum, { values }) => sum + (plain(values[at]) ?? 0), 0));
