import { NARROW, plain, text, valueAxis } from './axes';
import type { ChartData, ChartOptions, ChartValue } from './data';
import { lineInk, standIn } from './inks';
import type { CustomApi } from './interval';

/** Different shapes and dashes, so that lines are told apart without colour. */
const MARKS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'] as const;
const DASHES = ['solid', [8, 5], [2, 4], [12, 4, 2, 4], [4, 4], [16, 6]] as const;

/** Lines over time, each with marks of its own shape, its own dashes and its name at its end. */
export function line(data: ChartData, width: number): ChartOptions {
  const isNarrow = width < NARROW;
  const named = data.series.length > 1;
  const band = data.low && data.high && data.series.length === 1 ? [bandSeries(data)] : [];
  return {
    height: isNarrow ? 260 : 320,
    option: {
      grid: { left: 44, right: isNarrow ? 24 : named ? 170 : 40, top: 16, bottom: 34 },
      xAxis: {
        type: 'category',
        data: data.categories,
        boundaryGap: false,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: standIn('axis'), width: 2 } },
        axisLabel: {
          ...text('soft'),
          hideOverlap: true,
          alignMinLabel: 'left',
          alignMaxLabel: 'right',
          width: Math.max(72, (width - 90) / Math.max(1, data.categories.length)),
          overflow: 'truncate',
        },
      },
      yAxis: valueAxis(data),
      series: [
        ...band,
        ...data.series.map(({ name, values }, index) => ({
          type: 'line',
          name,
          data: values.map(plain),
          symbol: MARKS[index % MARKS.length],
          symbolSize: 11,
          showAllSymbol: data.categories.length <= 24,
          lineStyle: { color: standIn(lineInk(index)), width: 2.5, type: DASHES[index % DASHES.length] },
          itemStyle: { color: standIn(lineInk(index)), borderColor: standIn('paper'), borderWidth: 0 },
          endLabel: {
            show: !isNarrow || !named,
            formatter: ({ value }: { value: number }) => (named ? name : data.written(value)),
            ...text('text', { fontWeight: 'bold', width: named ? 150 : 40, overflow: 'break' }),
            ...(!named && { offset: [-14, -18] }),
          },
          labelLayout: { moveOverlap: 'shiftY' },
        })),
      ],
    },
  };
}

function bandSeries({ low = [], high = [] }: ChartData): object {
  const edges = (list: readonly ChartValue[]) =>
    list.flatMap((value, at): [number, number][] => (typeof value === 'number' ? [[at, value]] : []));
  const [down, up] = [edges(low), edges(high)];
  return {
    type: 'custom',
    data: down.length > 1 && up.length > 1 ? [[0, 0]] : [],
    renderItem: (_: unknown, api: CustomApi) => ({
      type: 'polygon',
      shape: { points: [...up, ...down.toReversed()].map((place) => api.coord(place)) },
      style: { fill: standIn('range') },
    }),
  };
}
