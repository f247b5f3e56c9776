import type { ChartData, ChartValue } from './data';
import { type Ink, standIn } from './inks';

/** In pixels of a drawing; a drawing is shown about as large as it is drawn. */
export const LETTERS = 16;
/** About how wide a letter is. */
export const LETTER_WIDTH = 8.6;
/** Charts under this width are laid out for a phone. */
export const NARROW = 480;

export const text = (ink: Ink = 'text', more: object = {}) => ({ color: standIn(ink), fontSize: LETTERS, ...more });
export const plain = (value: ChartValue | undefined) => (typeof value === 'number' ? value : null);

export interface Rows {
  left: number;
  height: number;
  /** How far below the middle of its row a mark stands, where the name is above it. */
  shift: number;
  axis: object;
}

/** An axis of names: in a column of their own on a page, above their marks on a phone. */
export function categoryRows({ categories }: ChartData, width: number, thick: number): Rows {
  const isNarrow = width < NARROW;
  const left = isNarrow ? 2 : Math.min(300, 20 + LETTER_WIDTH * Math.max(...categories.map(({ length }) => length), 4));
  const lines = isNarrow
    ? 1
    : Math.max(...categories.map(({ length }) => Math.ceil((length * LETTER_WIDTH) / (left - 16))), 1);
  const row = isNarrow ? thick + 52 : Math.max(thick + 18, lines * 20 + 12);
  return {
    left,
    height: row * categories.length,
    shift: isNarrow ? 12 : 0,
    axis: {
      type: 'category',
      inverse: true,
      data: categories,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: standIn('axis'), width: 2 }, onZero: false, show: !isNarrow },
      axisLabel: {
        interval: 0,
        ...text(),
        ...(isNarrow
          ? {
              inside: true,
              margin: 0,
              align: 'left',
              verticalAlign: 'bottom',
              padding: [0, 0, thick / 2 + 4, 0],
              // Letters are wider where our font has not come yet.
              width: (width - 8) * 0.8,
              overflow: 'truncate',
            }
          : { width: left - 16, overflow: 'break', lineHeight: 20 }),
      },
      z: 3,
    },
  };
}

export function valueAxis({ scale, written }: ChartData): Record<string, unknown> {
  return {
    type: 'value',
    ...(scale && { min: scale[0], max: scale[1], interval: (scale[1] - scale[0]) / 4 }),
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { ...text('soft'), hideOverlap: true, formatter: written },
    splitLine: { lineStyle: { color: standIn('grid') } },
    axisLine: { show: false },
    axisTick: { show: false },
  };
}
