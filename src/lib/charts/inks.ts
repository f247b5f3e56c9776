/**
 * What a part of a chart is coloured as. The library draws with a stand-in colour for each; it becomes a class on the page, so
 * that themes, darkness and paper decide the colour, and a colour and a hatching in a PDF.
 * s1-s6 are the fills of series, l1-l6 their lines; h1-h5 the steps of a heat map, from least to most, each with its text.
 */
const INKS = [
  'text',
  'soft',
  'grid',
  'axis',
  'paper',
  'range',
  'hidden',
  's1',
  's2',
  's3',
  's4',
  's5',
  's6',
  'l1',
  'l2',
  'l3',
  'l4',
  'l5',
  'l6',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  't1',
  't2',
  't3',
  't4',
  't5',
] as const;
export type Ink = (typeof INKS)[number];

const SERIES = 6;
export const STEPS = 5;

export const standIn = (ink: Ink) => `#00${(INKS.indexOf(ink) + 1).toString(16).padStart(2, '0')}fe`;

/** The ink of a stand-in colour; undefined for 'none' and colours of the library's own. */
export function inkOf(colour: string | undefined): Ink | undefined {
  const number = /^#00([0-9a-f]{2})fe$/i.exec(colour ?? '')?.[1];
  return number ? INKS[Number.parseInt(number, 16) - 1] : undefined;
}

export const seriesInk = (index: number) => `s${(index % SERIES) + 1}` as Ink;
export const lineInk = (index: number) => `l${(index % SERIES) + 1}` as Ink;
