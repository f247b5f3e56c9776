/** A value that cannot be drawn: hidden ones are marked, missing ones leave a gap. */
export type ChartValue = number | 'hidden' | null;

/** What a chart draws, already in the reader's words. */
export interface ChartData {
  kind: 'bars' | 'stacked' | 'line' | 'interval' | 'heat';
  categories: readonly string[];
  series: readonly { name: string; values: readonly ChartValue[] }[];
  /** The ends of the range of the first series. */
  low?: readonly ChartValue[];
  high?: readonly ChartValue[];
  /** Where the scale begins and ends, when it is known. */
  scale?: readonly [least: number, most: number];
  /** How a value is written: beside its mark and on the scale. */
  written: (value: number) => string;
}

/** How ECharts is to draw a chart, and how high it becomes. */
export interface ChartOptions {
  height: number;
  option: Record<string, unknown>;
}
