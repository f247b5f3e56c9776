import type * as Echarts from 'echarts';
import type { ChartData } from './data';
import { type Drawing, drawingOf } from './drawing';
import { optionsOf } from './options';

/** Widths that a chart is drawn for: a phone and a page. Letters are 16 px in both. */
export const WIDTHS = { narrow: 288, wide: 760 } as const;

/** Draws a chart by ECharts. Loading it takes a tenth of a second, once, and not at the start of the server. */
export function drawChart(data: ChartData, width: number): Drawing {
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
