import { escapeHtml } from '../../lib/text';

/** A stop of the drawn loop. `count` null: too few people to be told. */
export interface RingStop {
  label: string;
  count: number | null;
}

const SIZE = 440;
const [CENTRE, RADIUS, DOT] = [SIZE / 2, 150, 38];

const round = (value: number) => Math.round(value * 10) / 10;

/** The loop as SVG, 440 units wide: stops clockwise from the top with their numbers, an arrow to each next one. Colours by classes. */
export function loopRing(stops: readonly RingStop[], title: string): string {
  const at = (index: number, radius: number) => {
    const angle = (index / stops.length) * 2 * Math.PI - Math.PI / 2;
    return [round(CENTRE + radius * Math.cos(angle)), round(CENTRE + radius * Math.sin(angle))] as const;
  };
  // A stop at the side has its name below it: an arrow that comes or goes there keeps farther off.
  const gap = (index: number, other: number) => {
    const [x, y] = at(index, RADIUS);
    return Math.abs(x - CENTRE) > DOT && at(other, RADIUS)[1] > y ? 0.47 : 0.3;
  };
  const arrows = stops.map((_, index) => {
    const [x1, y1] = at(index + gap(index, index + 1), RADIUS);
    const [x2, y2] = at(index + 1 - gap(index + 1, index), RADIUS);
    return `<path class="loop-ring__way" d="M${x1} ${y1}A${RADIUS} ${RADIUS} 0 0 1 ${x2} ${y2}" marker-end="url(#loop-arrow)"/>`;
  });
  const dots = stops.map(({ label, count }, index) => {
    const [x, y] = at(index, RADIUS);
    return (
      `<circle class="loop-ring__stop" cx="${x}" cy="${y}" r="${DOT}"/>` +
      `<text class="loop-ring__count" x="${x}" y="${round(y + 2)}" text-anchor="middle">${count ?? '–'}</text>` +
      `<text class="loop-ring__label" x="${x}" y="${round(y + DOT + 18)}" text-anchor="middle">${escapeHtml(label)}</text>`
    );
  });
  return (
    `<svg class="loop-ring" viewBox="0 0 ${SIZE} ${SIZE + 20}" role="img" aria-label="${escapeHtml(title)}">` +
    '<defs><marker id="loop-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path class="loop-ring__head" d="M0 0 8 4 0 8Z"/></marker></defs>' +
    `${arrows.join('')}${dots.join('')}</svg>`
  );
}
