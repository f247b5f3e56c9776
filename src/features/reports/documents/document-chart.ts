import { drawChart, WIDTHS } from '../../../lib/charts/chart';
import type { ChartData, ChartValue } from '../../../lib/charts/data';
import { isNumbered } from '../../../lib/charts/heat';
import { type Ink, lineInk, seriesInk } from '../../../lib/charts/inks';
import { svgOf, swatch } from '../../../lib/charts/svg';
import { isHidden, type ReportCell, type ReportChart, type ReportColumn, type ReportRow } from './document';
import { cellWords, decimalsOf, type Reader } from './document-cells';

/** A picture for the page, in two widths, with the list of what its marks mean. */
export interface ScreenChart {
  wide: string;
  narrow: string;
  legend: { mark: string; words: string }[];
}

/** More rows than this are no picture any more. */
export const MOST_CATEGORIES = 40;

/**
 * What a chart draws: cells of the table's own rows, so the two cannot differ. Undefined when there is nothing to draw, or too much.
 * Throws when the chart names a column that the table lacks.
 */
export function chartData(
  chart: ReportChart,
  columns: readonly ReportColumn[],
  all: readonly ReportRow[],
  reader: Reader,
): ChartData | undefined {
  const place = (key: string): number => {
    const at = columns.findIndex((column) => column.key === key);
    if (at < 0) throw new Error(`a chart of the column ${key}, which the table lacks`);
    return at;
  };
  const [label, ends] = [place(chart.label), [chart.low, chart.high].map((key) => key && place(key))];
  const valueColumn = columns[place(chart.values[0] ?? '')] as ReportColumn;
  const hasValue = (row: ReportRow) =>
    chart.values.some((key) => typeof drawn(row[place(key)] ?? null, columns[place(key)] as ReportColumn) === 'number');
  // A gap on a line, or a cell of a grid, tells something; a row without a bar only takes room.
  const rows = chart.kind === 'line' || chart.kind === 'heat' ? all : all.filter(hasValue);
  const valuesOf = (at: number) => rows.map((row) => drawn(row[at] ?? null, columns[at] as ReportColumn));
  const series = chart.values.map((key) => ({
    name: columns[place(key)]?.heading ?? key,
    values: valuesOf(place(key)),
  }));
  const isEmpty = !series.some(({ values }) => values.some((value) => typeof value === 'number'));
  if (isEmpty || all.length > MOST_CATEGORIES) return undefined;
  const [low, high] = ends;
  const scale = scaleOf(valueColumn);
  return {
    kind: chart.kind,
    categories: rows.map((row) => cellWords(row[label] ?? null, columns[label] as ReportColumn, reader)),
    series,
    ...(typeof low === 'number' && { low: valuesOf(low) }),
    ...(typeof high === 'number' && { high: valuesOf(high) }),
    ...(scale && { scale }),
    written: (value) => cellWords(value, valueColumn, reader),
  };
}

/** The chart in both widths; `id` is the section's own. */
export function screenChart(data: ChartData, finding: string, id: string, reader: Reader): ScreenChart {
  const draw = (size: keyof typeof WIDTHS) =>
    svgOf(drawChart(data, WIDTHS[size]), { id: `${id}-${size}`, label: finding });
  return { wide: draw('wide'), narrow: draw('narrow'), legend: legendOf(data, id, reader) };
}

/** What the marks of a chart mean; empty when its own words say it all. */
export function legendInks(data: ChartData, size: keyof typeof WIDTHS = 'narrow'): { ink?: Ink; words: string }[] {
  const { kind, series } = data;
  if (kind === 'heat' && isNumbered(data, WIDTHS[size]))
    return series.map(({ name }, index) => ({ words: `${index + 1} ${name}` }));
  if (kind === 'heat' || kind === 'interval' || series.length < 2) return [];
  return series.map(({ name }, index) => ({ ink: kind === 'line' ? lineInk(index) : seriesInk(index), words: name }));
}

function legendOf(data: ChartData, id: string, { t }: Reader): ScreenChart['legend'] {
  const hidden = data.kind === 'heat' && data.series.some(({ values }) => values.includes('hidden'));
  const marks = legendInks(data).map(({ ink, words }, index) => ({
    mark: ink ? swatch(ink, `${id}-mark-${index}`) : '',
    words,
  }));
  return hidden ? [...marks, { mark: swatch('hidden', `${id}-hidden`), words: t('reports.chart.hidden') }] : marks;
}

function drawn(cell: ReportCell, column: ReportColumn): ChartValue {
  if (isHidden(cell)) return 'hidden';
  const decimals = decimalsOf(column);
  return typeof cell === 'number' && decimals !== undefined ? Number(cell.toFixed(decimals)) : null;
}

function scaleOf({ kind }: ReportColumn): ChartData['scale'] {
  if (kind === 'level') return [0, 8];
  return kind === 'percent' ? [0, 100] : undefined;
}
