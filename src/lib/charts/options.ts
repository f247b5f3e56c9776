import { bars } from './bars';
import type { ChartData, ChartOptions } from './data';
import { heat } from './heat';
import { interval } from './interval';
import { line } from './line';

/** How ECharts is to draw a chart of this width, and how high it becomes. */
export function optionsOf(data: ChartData, width: number): ChartOptions {
  if (data.kind === 'line') return line(data, width);
  if (data.kind === 'heat') return heat(data, width);
  return data.kind === 'interval' ? interval(data, width) : bars(data, width);
}
