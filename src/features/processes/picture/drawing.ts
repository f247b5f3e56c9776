import { type Layout, layoutRoad, type Mark, NARROW, type PictureWords, WIDE } from './layout';
import type { Road } from './road';

/**
 * What each part is painted with. On a page classes take the colours of the theme, also of the dark one; in a file, which
 * has no theme, the colours themselves stand.
 */
type Ink =
  | 'ground'
  | 'hill'
  | 'road'
  | 'road-line'
  | 'stop'
  | 'stop-sign'
  | 'sign'
  | 'name'
  | 'soft'
  | 'goal'
  | 'goal-sign'
  | 'leaf';

const INKS: Record<Ink, string> = {
  ground: 'fill="#faf8f3"',
  hill: 'fill="#e5f0de"',
  road: 'fill="none" stroke="#f3dfae" stroke-width="26" stroke-linecap="round"',
  'road-line': 'fill="none" stroke="#b06a00" stroke-width="2" stroke-dasharray="3 11" stroke-linecap="round"',
  stop: 'fill="#35318a" stroke="#ffffff" stroke-width="3"',
  'stop-sign': 'fill="#ffffff" font-size="22" font-weight="700"',
  sign: 'fill="#211f3d" font-size="19" font-weight="700"',
  name: 'fill="#211f3d" font-size="17" font-weight="650"',
  soft: 'fill="#55526f" font-size="16"',
  goal: 'fill="#ffb748" stroke="#b06a00" stroke-width="3"',
  'goal-sign': 'fill="#211f3d" font-size="22" font-weight="800"',
  leaf: 'fill="#7fae6d"',
};
const AREAS = ['#efeef8', '#fff1d8', '#e5f0de', '#dcebf3', '#f6e3ea', '#f1ecd9'];

export interface PictureText {
  title: string;
  /** The same as the picture, in words. */
  text: string;
  lang: string;
}

interface Pen {
  ink: (name: Ink) => string;
  area: (index: number) => string;
}

const onPage: Pen = {
  ink: (name) => `class="road-${name}"`,
  area: (index) => `class="road-topic road-topic--${index % AREAS.length}"`,
};
const inFile: Pen = {
  ink: (name) => INKS[name],
  area: (index) => `fill="${AREAS[index % AREAS.length]}" stroke="#726f96" stroke-width="2"`,
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The picture inside a page, for a phone or for a wide screen. Safe: all words are escaped. */
export function pictureOnPage(road: Road, words: PictureWords, text: PictureText, size: 'wide' | 'narrow'): string {
  const layout = layoutRoad(road, words, size === 'wide' ? WIDE : NARROW);
  const id = `road-${size}`;
  return `<svg class="road road--${size}" viewBox="0 0 ${layout.width} ${layout.height}" role="img" aria-labelledby="${id}-title"><title id="${id}-title">${escaped(text.title)}</title>${body(layout, onPage)}</svg>`;
}

/** The picture as a file of its own, with its text version in it. Its width is that of a page. */
export function pictureFile(road: Road, words: PictureWords, text: PictureText): string {
  const layout = layoutRoad(road, words, WIDE);
  const { width, height } = layout;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xml:lang="${escaped(text.lang)}" lang="${escaped(text.lang)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d" font-family="'Atkinson Hyperlegible Next', Verdana, sans-serif"><title id="t">${escaped(text.title)}</title><desc id="d">${escaped(text.text)}</desc>${body(layout, inFile)}</svg>
`;
}

function body(layout: Layout, pen: Pen): string {
  const { width, height, marks, road, anchor } = layout;
  const hills = marks
    .filter((mark) => mark.kind === 'stop')
    .map(
      ({ x, y }) =>
        `<ellipse ${pen.ink('hill')} cx="${x}" cy="${y + 10}" rx="${anchor === 'middle' ? 118 : 48}" ry="40"/>`,
    );
  return [
    `<rect ${pen.ink('ground')} width="${width}" height="${height}" rx="22"/>`,
    ...hills,
    `<path ${pen.ink('road')} d="${road}"/>`,
    `<path ${pen.ink('road-line')} d="${road}"/>`,
    ...marks.map((mark) => drawn(mark, pen, anchor)),
  ].join('');
}

function drawn(mark: Mark, pen: Pen, anchor: Layout['anchor']): string {
  const shape = { stop: stone, topic: berry, goal: flag }[mark.kind](mark, pen);
  const lines = mark.lines.map(
    ({ text, x, y, look, lang }) =>
      `<text ${pen.ink(look)} x="${x}" y="${y}" text-anchor="${anchor}"${lang ? ` lang="${escaped(lang)}" xml:lang="${escaped(lang)}"` : ''}>${escaped(text)}</text>`,
  );
  return shape + lines.join('');
}

const signed = ({ x, y, sign }: Mark, ink: string) =>
  `<text ${ink} x="${x}" y="${y}" dy="0.36em" text-anchor="middle">${escaped(sign)}</text>`;

/** A workshop is a round stone, a dialogue two that lean on each other: told by shape, and by the words below. */
function stone(mark: Mark, pen: Pen): string {
  const { x, y, radius } = mark;
  const one = `<ellipse ${pen.ink('stop')} cx="${x}" cy="${y}" rx="${radius + 3}" ry="${radius - 2}"/>`;
  const other = `<ellipse ${pen.ink('stop')} cx="${x + 17}" cy="${y - 9}" rx="${radius}" ry="${radius - 6}"/>`;
  return (mark.session === 'dialogue' ? other : '') + one + signed(mark, pen.ink('stop-sign'));
}

function berry(mark: Mark, pen: Pen): string {
  const { x, y, radius } = mark;
  const top = y - radius;
  const leaf = (side: number) =>
    `<path ${pen.ink('leaf')} d="M${x} ${top + 3}q${side * 4} -11 ${side * 17} -10q${side * -2} 12 ${side * -17} 10z"/>`;
  return `<circle ${pen.area(mark.area)} cx="${x}" cy="${y}" r="${radius}"/>${leaf(1)}${leaf(-1)}${signed(mark, pen.ink('sign'))}`;
}

function flag(mark: Mark, pen: Pen): string {
  const { x, y, radius } = mark;
  return `<circle ${pen.ink('goal')} cx="${x}" cy="${y}" r="${radius}"/>${signed(mark, pen.ink('goal-sign'))}`;
}
