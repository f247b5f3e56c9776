import { escaped } from '../xlsx/cells';
import type { Drawing, Shape } from './drawing';
import type { Ink } from './inks';

/**
 * A chart as SVG for a page: no style of its own, only classes (see theme/_charts.scss). `label` is what the picture shows, in words; hatchings
 * get ids that begin with `id`, which must be the picture's own.
 */
export function svgOf({ width, height, shapes }: Drawing, { id, label }: { id: string; label: string }): string {
  const used = new Set(shapes.flatMap(({ fill }) => (fill && fill in HATCHES ? [fill] : [])));
  const patterns = [...used].map((ink) => pattern(ink, id)).join('');
  const drawn = shapes.map((shape) => element(shape, id)).join('');
  return `<svg class="echart" role="img" aria-label="${escaped(label)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" focusable="false">${patterns && `<defs>${patterns}</defs>`}${drawn}</svg>`;
}

/** A small picture of a series, for the list of what the marks mean. */
export function swatch(ink: Ink, id: string): string {
  const shape: Shape = { kind: 'path', d: 'M1 1h26v18h-26Z', fill: ink, stroke: 'axis', strokeWidth: 1 };
  const patterns = ink in HATCHES ? `<defs>${pattern(ink, id)}</defs>` : '';
  return `<svg class="echart-swatch" viewBox="0 0 28 20" width="28" height="20" aria-hidden="true" focusable="false">${patterns}${element(shape, id)}</svg>`;
}

/** Lines over the fill, so that series are told apart in black and white: each a tile of 10 by 10. */
export const HATCHES: Partial<Record<Ink, string>> = {
  s2: 'M-2 2l4 -4M0 10l10 -10M8 12l4 -4',
  s3: 'M5 3.4v3.2',
  s4: 'M0 5h10',
  s5: 'M0 0l10 10M10 0l-10 10',
  s6: 'M5 0v10',
  hidden: 'M-2 2l4 -4M0 10l10 -10M8 12l4 -4',
};

function pattern(ink: Ink, id: string): string {
  return `<pattern id="${id}-${ink}" width="10" height="10" patternUnits="userSpaceOnUse"><rect class="e-${ink}" width="10" height="10"/><path class="e-${ink}-hatch" d="${HATCHES[ink]}"/></pattern>`;
}

function element(shape: Shape, id: string): string {
  const looks = attributes(shape, id);
  if (shape.kind === 'path') return `<path d="${shape.d}"${looks}/>`;
  if (shape.kind === 'circle') return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}"${looks}/>`;
  const { x, y, anchor, size, bold, words, fill } = shape;
  const weight = bold ? ' font-weight="680"' : '';
  return `<text x="${x}" y="${y}" dy="0.35em" text-anchor="${anchor}" font-size="${size}"${weight} class="e-${fill}">${escaped(words)}</text>`;
}

function attributes({ fill, stroke, strokeWidth, dash, transform }: Shape, id: string): string {
  const classes = [fill ? `e-${fill}` : 'e-none', ...(stroke ? [`e-${stroke}-line`] : [])].join(' ');
  const hatched = fill && fill in HATCHES ? ` fill="url(#${id}-${fill})"` : '';
  return [
    ` class="${hatched ? classes.replace(`e-${fill}`, 'e-hatched') : classes}"`,
    hatched,
    stroke ? ` stroke-width="${strokeWidth}"` : '',
    dash ? ` stroke-dasharray="${dash.join(' ')}"` : '',
    transform ? ` transform="matrix(${transform.join(' ')})"` : '',
  ].join('');
}
