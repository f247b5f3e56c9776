import { categoryRows, LETTERS, plain, valueAxis } from './axes';
import type { ChartData, ChartOptions } from './data';
import { standIn } from './inks';

/** A dot and its range around a line at zero. */
export function interval(data: ChartData, width: number): ChartOptions {
  const values = [...(data.series[0]?.values ?? []), ...(data.low ?? []), ...(data.high ?? [])];
  const most = Math.max(1, Math.ceil(Math.max(0, ...values.map((value) => Math.abs(plain(value) ?? 0)))));
  const rows = categoryRows(data, width, 22);
  return {
    height: rows.height + 34,
    option: {
      grid: { left: Math.max(rows.left, 20), right: 24, top: 4, bottom: 30 },
      xAxis: { ...valueAxis({ ...data, scale: [-most, most] }), interval: most <= 3 ? 1 : most / 2 },
      yAxis: rows.axis,
      series: [
        {
          type: 'custom',
          data: data.categories.map((_, at) => [
            at,
            ...[data.low, data.series[0]?.values, data.high].map((list) => plain(list?.[at]) ?? Number.NaN),
          ]),
          renderItem: (_: unknown, api: CustomApi) => intervalMark(api, rows.shift, data.written, width),
          clip: false,
        },
        {
          type: 'line',
          data: [],
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: standIn('axis'), width: 2, type: 'solid' },
            data: [{ xAxis: 0 }],
          },
        },
      ],
    },
  };
}

export interface CustomApi {
  value(dimension: number): number;
  coord(place: [number, number]): [number, number];
}

function intervalMark(api: CustomApi, shift: number, written: ChartData['written'], width: number): object {
  const [at, low, mean, high] = [0, 1, 2, 3].map((dimension) => api.value(dimension)) as [
    number,
    number,
    number,
    number,
  ];
  if (!Number.isFinite(mean)) return { type: 'group', children: [] };
  const [x, middle] = api.coord([mean, at]);
  const y = middle + shift;
  const hasRange = Number.isFinite(low) && Number.isFinite(high);
  const [left, right] = hasRange ? [api.coord([low, at])[0], api.coord([high, at])[0]] : [x, x];
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: standIn('l1'), lineWidth: 2.5, fill: 'none' },
  });
  const isRight = right > width - 70;
  const label = {
    type: 'text',
    style: {
      text: written(mean),
      x: isRight ? left - 8 : right + 8,
      y,
      fill: standIn('text'),
      font: `bold ${LETTERS}px sans-serif`,
      align: isRight ? 'right' : 'left',
      verticalAlign: 'middle',
    },
  };
  const range = [
    { type: 'rect', shape: { x: left, y: y - 7, width: right - left, height: 14 }, style: { fill: standIn('range') } },
    line(left, y, right, y),
    line(left, y - 8, left, y + 8),
    line(right, y - 8, right, y + 8),
  ];
  const dot = {
    type: 'circle',
    shape: { cx: x, cy: y, r: 7 },
    style: { fill: standIn('l1'), stroke: standIn('paper'), lineWidth: 2 },
  };
  return { type: 'group', children: [...(hasRange ? range : []), dot, label] };
}
