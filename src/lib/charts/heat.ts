import { LETTER_WIDTH, LETTERS, NARROW, text } from './axes';
import type { ChartData, ChartOptions, ChartValue } from './data';
import { type Ink, STEPS, standIn } from './inks';

const ROW = 44;
/** Columns of a grid whose names do not fit above them have numbers, and the list below tells which is which. */
const LINES = 3;

/** A grid: darker is more, and the number stands in each cell. */
export function heat(data: ChartData, width: number): ChartOptions {
  const { left, cell, isNumbered } = layout(data, width);
  const [least, most] = data.scale ?? spanOf(data);
  const small = { fontSize: width < NARROW ? 14 : LETTERS, lineHeight: 18 };
  const top = isNumbered ? 30 : 14 + 20 * linesIn(data, cell);
  const axis = { axisLine: { show: false }, axisTick: { show: false } };
  return {
    height: top + data.categories.length * ROW + 4,
    option: {
      grid: { left, right: 4, top, bottom: 4 },
      xAxis: {
        type: 'category',
        position: 'top',
        data: data.series.map(({ name }, index) => (isNumbered ? String(index + 1) : name)),
        ...axis,
        axisLabel: { ...text(), ...small, interval: 0, width: cell - 8, overflow: 'break' },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: data.categories,
        ...axis,
        axisLabel: { ...text(), ...small, interval: 0, width: left - 14, overflow: 'break' },
      },
      visualMap: { show: false, min: least, max: most === least ? least + 1 : most, inRange: { opacity: 1 } },
      series: [{ type: 'heatmap', data: cells(data, least, most) }],
    },
  };
}

/** Whether the columns of this grid are too narrow for their names. */
export const isNumbered = (data: ChartData, width: number) => data.kind === 'heat' && layout(data, width).isNumbered;

function layout(data: ChartData, width: number): { left: number; cell: number; isNumbered: boolean } {
  const longest = Math.max(...data.categories.map(({ length }) => length), 4);
  const left = Math.min(width < NARROW ? 120 : 240, 16 + LETTER_WIDTH * longest);
  const cell = (width - left) / Math.max(1, data.series.length);
  const word = Math.max(1, ...data.series.flatMap(({ name }) => name.split(/\s+/).map(({ length }) => length)));
  return { left, cell, isNumbered: word * LETTER_WIDTH > cell - 8 || linesIn(data, cell) > LINES };
}

function linesIn({ series }: ChartData, cell: number): number {
  return Math.max(1, ...series.map(({ name }) => Math.ceil((name.length * LETTER_WIDTH * 1.15) / (cell - 8))));
}

function cells({ categories, series, written }: ChartData, least: number, most: number): object[] {
  const stepOf = (value: number) => Math.min(STEPS, 1 + Math.floor(((value - least) / (most - least || 1)) * STEPS));
  return categories.flatMap((_, row) =>
    series.flatMap(({ values }, column) => {
      const value = values[row] ?? null;
      if (value === null) return [];
      const step = typeof value === 'number' ? Math.max(1, stepOf(value)) : undefined;
      return [
        {
          value: [column, row, typeof value === 'number' ? value : least],
          itemStyle: {
            color: standIn(step ? (`h${step}` as Ink) : 'hidden'),
            borderColor: standIn('paper'),
            borderWidth: 3,
          },
          label: {
            show: typeof value === 'number',
            formatter: typeof value === 'number' ? written(value) : '',
            ...text((step ? `t${step}` : 'text') as Ink, { fontWeight: 'bold' }),
          },
        },
      ];
    }),
  );
}

function spanOf({ series }: ChartData): [number, number] {
  const numbers = series.flatMap(({ values }) => values.filter((value: ChartValue) => typeof value === 'number'));
  return numbers.length > 0 ? [Math.min(...numbers), Math.max(...numbers)] : [0, 1];
}
