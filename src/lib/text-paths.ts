import { pdfFonts } from './pdf/fonts';

interface Glyph {
  path: { toSVG(): string };
}
interface Font {
  unitsPerEm: number;
  layout(text: string): { glyphs: Glyph[]; positions: { xAdvance: number }[] };
}

let fonts: { regular: Font; bold: Font } | undefined;

function open(): { regular: Font; bold: Font } {
  const { create } = require('fontkit') as { create(bytes: Buffer): Font };
  const { regular, bold } = pdfFonts();
  fonts ??= { regular: create(regular), bold: create(bold) };
  return fonts;
}

/** How wide a text is, in the units of `size`. */
export function textWidth(text: string, weight: 'regular' | 'bold', size: number): number {
  const font = open()[weight];
  const { positions } = font.layout(fitting(text));
  return (positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0) * size) / font.unitsPerEm;
}

/** A line of text as SVG outlines in our own font, so that it looks the same where no fonts are. `x` is its middle, `y` its base line. */
export function textOutlines(
  text: string,
  { x, y, size, weight, fill }: { x: number; y: number; size: number; weight: 'regular' | 'bold'; fill: string },
): string {
  const font = open()[weight];
  const { glyphs, positions } = font.layout(fitting(text));
  const scale = size / font.unitsPerEm;
  let at = 0;
  const letters = glyphs.map((glyph, index) => {
    const path = glyph.path.toSVG();
    const placed = path ? `<path transform="translate(${at} 0)" d="${path}"/>` : '';
    at += positions[index]?.xAdvance ?? 0;
    return placed;
  });
  const left = x - (at * scale) / 2;
  return `<g fill="${fill}" transform="translate(${left.toFixed(1)} ${y}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})">${letters.join('')}</g>`;
}

/** Words in lines no wider than `width`; what does not fit in `most` lines ends with three dots. */
export function textLines(
  text: string,
  { width, size, most }: { width: number; size: number; most: number },
): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, 'bold', size) <= width) lines[lines.length - 1] = longer;
    else lines.push(shortened(word, width, size));
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortened(`${lines[most - 1]}…`, width, size)];
}

function shortened(text: string, width: number, size: number): string {
  let short = text;
  while (short.length > 2 && textWidth(short, 'bold', size) > width) short = `${short.replace(/…$/, '').slice(0, -1)}…`;
  return short;
}

const fitting = (text: string) => {
  const { has } = pdfFonts();
  return [...text].map((letter) => (has(letter.codePointAt(0) ?? 0) ? letter : ' ')).join('');
};
