import type { Outline } from './outlines';

export interface FontFacts {
  /** 'Atkinson Hyperlegible Next' */
  family: string;
  /** 'Regular' */
  style: string;
  weight: number;
  copyright: string;
  unitsPerEm: number;
  ascent: number;
  descent: number;
  capHeight: number;
  xHeight: number;
}

/**
 * A TrueType font of plain outlines; the first is the one for letters that are missing.
 * The format: https://learn.microsoft.com/typography/opentype/spec/otff
 */
export function trueType(outlines: readonly Outline[], facts: FontFacts): Buffer {
  const glyphs = outlines.map(glyph);
  const boxes = outlines.map(boxOf);
  const [left, bottom] = [0, 1].map((at) => Math.min(...boxes.map((box) => box[at] as number))) as [number, number];
  const [right, top] = [2, 3].map((at) => Math.max(...boxes.map((box) => box[at] as number))) as [number, number];
  const offsets = [0];
  for (const { length } of glyphs) offsets.push((offsets.at(-1) as number) + length);
  const widths = outlines.map(({ width }) => width);
  const points = Math.max(...outlines.map((outline) => outline.points.length));
  return assembled({
    'OS/2': os2(facts, widths),
    cmap: cmap(outlines),
    glyf: Buffer.concat(glyphs),
    head: bytes(
      [u32, 0x00010000, 0x00010000, 0, 0x5f0f3cf5],
      [u16, 3, facts.unitsPerEm],
      [u32, 0, 0, 0, 0],
      [i16, left, bottom, right, top],
      [u16, facts.weight >= 600 ? 1 : 0, 6],
      [i16, 2, 1, 0],
    ),
    hhea: bytes(
      [u32, 0x00010000],
      [i16, facts.ascent, facts.descent, 0, Math.max(...widths), left, 0, right, 1, 0, 0, 0, 0, 0, 0, 0],
      [u16, outlines.length],
    ),
    hmtx: bytes(...outlines.map(({ width }, at): Numbers => [i16, width, boxes[at]?.[0] ?? 0])),
    loca: bytes([u32, ...offsets]),
    maxp: bytes([u32, 0x00010000], [u16, outlines.length, points, 100, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    name: names(facts),
    post: bytes([u32, 0x00030000, 0], [i16, -100, 50], [u32, 0, 0, 0, 0, 0]),
  });
}

type Writer = (value: number) => Buffer;
type Numbers = [Writer, ...number[]];
const u16: Writer = (value) => Buffer.from([(value >> 8) & 255, value & 255]);
const i16: Writer = u16;
const u32: Writer = (value) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value >>> 0);
  return four;
};
const bytes = (...lists: Numbers[]) => Buffer.concat(lists.flatMap(([write, ...values]) => values.map(write)));

function boxOf({ points }: Outline): [number, number, number, number] {
  if (points.length === 0) return [0, 0, 0, 0];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function glyph(outline: Outline): Buffer {
  const { points } = outline;
  if (points.length === 0) return Buffer.alloc(0);
  const ends = points.flatMap(({ endContour }, at) => (endContour ? [at] : []));
  const steps = (axis: 'x' | 'y') => points.map((point, at) => point[axis] - (points[at - 1]?.[axis] ?? 0));
  const whole = bytes(
    [i16, ends.length, ...boxOf(outline)],
    [u16, ...ends, 0],
    [(flag) => Buffer.from([flag]), ...points.map(({ onCurve }) => (onCurve ? 1 : 0))],
    [i16, ...steps('x'), ...steps('y')],
  );
  return Buffer.concat([whole, Buffer.alloc((4 - (whole.length % 4)) % 4)]);
}

/** Codes of the letters, in runs of neighbours whose letters are neighbours, too (format 4). */
function cmap(outlines: readonly Outline[]): Buffer {
  const places = outlines.flatMap(({ codes }, letter) => codes.map((code): [number, number] => [code, letter]));
  const runs: { start: number; end: number; delta: number }[] = [];
  for (const [code, letter] of places.filter(([code]) => code < 0xffff).sort((a, b) => a[0] - b[0])) {
    const last = runs.at(-1);
    const delta = letter - code;
    if (last && last.end === code - 1 && last.delta === delta) last.end = code;
    else runs.push({ start: code, end: code, delta });
  }
  runs.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const count = runs.length;
  const power = 2 ** Math.floor(Math.log2(count));
  const length = 16 + count * 8;
  return bytes(
    [u16, 0, 1, 3, 1],
    [u32, 12],
    [u16, 4, length, 0, count * 2, power * 2, Math.log2(power), (count - power) * 2],
    [u16, ...runs.map(({ end }) => end), 0],
    [u16, ...runs.map(({ start }) => start)],
    [u16, ...runs.map(({ delta }) => delta & 0xffff)],
    [u16, ...runs.map(() => 0)],
  );
}

function names({ family, style, copyright }: FontFacts): Buffer {
  const plain = `${family.replaceAll(' ', '')}-${style}`;
  const texts: [number, string][] = [
    [0, copyright],
    [1, family],
    [2, style],
    [3, plain],
    [4, `${family} ${style}`],
    [5, 'Version 1.0'],
    [6, plain],
  ];
  const written = texts.map(([id, text]) => ({ id, text: Buffer.from(text, 'utf16le').swap16() }));
  let at = 0;
  const records = written.map(({ id, text }): Numbers => {
    const record: Numbers = [u16, 3, 1, 0x409, id, text.length, at];
    at += text.length;
    return record;
  });
  return Buffer.concat([
    bytes([u16, 0, texts.length, 6 + 12 * texts.length], ...records),
    ...written.map(({ text }) => text),
  ]);
}

function os2(
  { weight, unitsPerEm, ascent, descent, capHeight, xHeight }: FontFacts,
  widths: readonly number[],
): Buffer {
  const mean = Math.round(widths.reduce((sum, width) => sum + width, 0) / widths.length);
  const small = Math.round(unitsPerEm * 0.65);
  return bytes(
    [u16, 4],
    [i16, mean],
    [u16, weight, 5, 0],
    [i16, small, small, 0, 75, small, small, 0, 350, 50, 250, 0],
    [u32, 0, 0, 0x80000007, 0, 0, 0],
    [u32, 0x20202020],
    [u16, weight >= 600 ? 0x20 : 0x40, 0x20, 0xfffd],
    [i16, ascent, descent, 0],
    [u16, ascent, -descent],
    [u32, 1, 0],
    [i16, xHeight, capHeight],
    [u16, 0, 0x20, 1],
  );
}

/** Tables in the order of their names, each at a multiple of four, with sums that readers check. */
function assembled(tables: Record<string, Buffer>): Buffer {
  const all = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1));
  const power = 2 ** Math.floor(Math.log2(all.length));
  const head = bytes([u32, 0x00010000], [u16, all.length, power * 16, Math.log2(power), (all.length - power) * 16]);
  let at = head.length + all.length * 16;
  const placed = all.map(([tag, table]) => {
    const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
    const record = Buffer.concat([Buffer.from(tag), bytes([u32, sumOf(padded), at, table.length])]);
    at += padded.length;
    return { record, padded };
  });
  return Buffer.concat([head, ...placed.map(({ record }) => record), ...placed.map(({ padded }) => padded)]);
}

function sumOf(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
