import type { Drawing, Shape } from '../charts/drawing';
import type { Ink } from '../charts/inks';
import { HATCHES } from '../charts/svg';

/** Colours of paper: those of the light theme, which also read in black and white. */
const COLOURS: Record<Ink, string> = {
  text: '#211f3d',
  soft: '#55526f',
  grid: '#dedbe9',
  axis: '#726f96',
  paper: '#ffffff',
  range: '#d9d8ee',
  hidden: '#ffffff',
  s1: '#4b47a8',
  s2: '#fff1d8',
  s3: '#e5f0de',
  s4: '#efeef8',
  s5: '#ffffff',
  s6: '#ffb748',
  l1: '#4b47a8',
  l2: '#b06a00',
  l3: '#3c7a39',
  l4: '#55526f',
  l5: '#c07f35',
  l6: '#211f3d',
  h1: '#f1f0f8',
  h2: '#dbdaee',
  h3: '#bfbde0',
  h4: '#59579a',
  h5: '#2b2869',
  t1: '#211f3d',
  t2: '#211f3d',
  t3: '#211f3d',
  t4: '#ffffff',
  t5: '#ffffff',
};

/** The lines over a fill: colour and thickness. */
const LINES: Partial<Record<Ink, [colour: string, thickness: number]>> = {
  s2: ['#744000', 2],
  s3: ['#275425', 3],
  s4: ['#55526f', 2],
  s5: ['#35318a', 1.5],
  s6: ['#211f3d', 2],
  hidden: ['#726f96', 1.5],
};

/** Draws a chart at the document's place, `scale` times its size. The fonts 'regular' and 'bold' must be known to the document. */
export function drawOnPdf(
  doc: PDFKit.PDFDocument,
  { shapes }: Drawing,
  place: { x: number; y: number; scale: number },
) {
  doc.save();
  doc.translate(place.x, place.y).scale(place.scale);
  for (const shape of shapes) {
    doc.save();
    if (shape.kind === 'text') drawText(doc, shape);
    else drawShape(doc, shape);
    doc.restore();
  }
  doc.restore();
}

/** The small picture of a series, for the list of what the marks mean. */
export function drawSwatch(doc: PDFKit.PDFDocument, ink: Ink, x: number, y: number): void {
  doc.save();
  drawShape(doc, { kind: 'path', d: `M${x} ${y}h18v10h-18Z`, fill: ink, stroke: 'axis', strokeWidth: 0.75 });
  doc.restore();
}

function drawText(doc: PDFKit.PDFDocument, shape: Extract<Shape, { kind: 'text' }>): void {
  doc.font(shape.bold ? 'bold' : 'regular').fontSize(shape.size);
  const width = doc.widthOfString(shape.words);
  const left = shape.x - (shape.anchor === 'middle' ? width / 2 : shape.anchor === 'end' ? width : 0);
  doc.fillColor(COLOURS[shape.fill ?? 'text']);
  doc.text(shape.words, left, shape.y - shape.size * 0.58, { lineBreak: false });
}

function drawShape(doc: PDFKit.PDFDocument, shape: Exclude<Shape, { kind: 'text' }>): void {
  const trace = () => {
    if (shape.kind === 'circle') doc.circle(shape.x, shape.y, shape.radius);
    else doc.path(shape.d);
  };
  if (shape.transform) doc.transform(...(shape.transform as [number, number, number, number, number, number]));
  if (shape.dash) doc.dash(shape.dash[0] ?? 4, { space: shape.dash[1] ?? 4 });
  if (shape.fill) {
    trace();
    doc.fill(COLOURS[shape.fill]);
    const lines = LINES[shape.fill];
    if (lines) {
      trace();
      const tile = doc.pattern([0, 0, 10, 10], 10, 10, hatch(HATCHES[shape.fill] ?? '', lines[1]));
      doc.fill([tile, lines[0]] as never);
    }
  }
  if (shape.stroke) {
    trace();
    doc.lineWidth(shape.strokeWidth ?? 1).stroke(COLOURS[shape.stroke]);
  }
}

/** The lines of a tile in the language of PDF pages. Tiles hold moves, lines and steps of those only. */
function hatch(path: string, thickness: number): string {
  let [x, y] = [0, 0];
  const drawn = [...path.matchAll(/([Mlhv])(-?[\d.]+) ?(-?[\d.]+)?/g)].map(([, kind, first = '0', second = '0']) => {
    const [one, other] = [Number(first), Number(second)];
    if (kind === 'M') [x, y] = [one, other];
    else if (kind === 'l') [x, y] = [x + one, y + other];
    else if (kind === 'h') x += one;
    else y += one;
    return `${x} ${y} ${kind === 'M' ? 'm' : 'l'}`;
  });
  return `${thickness} w 1 J ${drawn.join(' ')} S`;
}
