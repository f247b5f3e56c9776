import type * as Echarts from 'echarts';
import type { ChartData } from './data';
import { type Drawing, drawingOf } from './drawing';
import { optionsOf } from './options';

/** Widths that a chart is drawn for: a phone and a page. Letters are 16 px in both. */
export const WIDTHS = { narrow: 288, wide: 760 } as const;

/** The newest drawings: figures of closed months are asked for again and never change, and drawing is most of their page. */
const drawn = new Map<string, Drawing>();
const MOST_KEPT = 1000;

/** The drawing of a chart; the same data is drawn once in a while. Nobody may change what comes back. */
export function drawChart(data: ChartData, width: number): Drawing {
  // How values are written is a function, told apart by what it makes of them and of two numbers that look different in most ways.
  const words = data.series.flatMap(({ values }) =>
    values.map((value) => typeof value === 'number' && data.written(value)),
  );
  const key = JSON.stringify([width, data, words, data.written(-1234.56), data.written(0.25)]);
  const drawing = drawn.get(key) ?? draw(data, width);
  // Taken out and put in again, so that the first in the map is the one that was not asked for the longest.
  drawn.delete(key);
  drawn.set(key, drawing);
  const [oldest] = drawn.keys();
  if (drawn.size > MOST_KEPT && oldest !== undefined) drawn.delete(oldest);
  return drawing;
}

/** By ECharts. Loading it takes a tenth of a second, once, and not at the start of the server. */
function draw(data: ChartData, width: number): Drawing {
  const { height, option } = optionsOf(data, width);
  const chart = library().init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option } as Echarts.EChartsCoreOption);
    return drawingOf(chart.renderToSVGString(), width, height);
  } finally {
    chart.dispose();
  }
}

function library(): typeof Echarts {
  // A hundred modules of their own would take six times as long to load as the one file.
  return require('echarts') as typeof Echarts;
}
