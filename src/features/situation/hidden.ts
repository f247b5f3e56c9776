/** A number that may be told, or why it may not: too few people, or it would tell another one by subtraction. */
export type Shown = number | 'small' | 'protects-another';

/** A sum, by the organisations that it comes from: each of them knows its own part and could take it away. */
export type Parts = readonly number[];
export const sumOf = (parts: Parts): number => parts.reduce((sum, part) => sum + part, 0);

/** Whether the sum, or what an organisation reads of it by taking its own part away, tells of fewer than `least`. */
export function isFew(parts: Parts, least: number): boolean {
  const sum = sumOf(parts);
  return [sum, ...parts.map((part) => sum - part)].some((rest) => rest > 0 && rest < least);
}

type Mask = boolean[][];
type Place = readonly [row: number, column: number];

/** Which sums of lines a reader knows, and which cells are hidden whatever is in them. */
export interface Known {
  row: (row: number) => boolean;
  column: (column: number) => boolean;
  isForced?: (row: number, column: number) => boolean;
}
const ALL_SUMS: Known = { row: () => true, column: () => true };

/**
 * Which cells of a table are hidden: every cell of few, those that are forced, and as many others that none can be counted from the
 * sums that are known: each such line with hidden cells has two or more, of `least` together, and no hidden cell is a bridge between
 * others, whose value would follow from the sums of one side.
 */
export function hiddenIn(cells: readonly (readonly Parts[])[], least: number, known: Known = ALL_SUMS): Mask {
  const mask = cells.map((row, r) => row.map((parts, c) => isFew(parts, least) || known.isForced?.(r, c) === true));
  for (let next = nextToHide(cells, mask, least, known); next; next = nextToHide(cells, mask, least, known))
    (mask[next[0]] as boolean[])[next[1]] = true;
  return mask;
}

function nextToHide(cells: readonly (readonly Parts[])[], mask: Mask, least: number, known: Known): Place | undefined {
  const value = ([r, c]: Place) => sumOf(cells[r]?.[c] ?? []);
  const isHidden = ([r, c]: Place) => mask[r]?.[c] === true;
  // What has something in it first: an empty cell hides little.
  const smallest = (line: readonly Place[]) =>
    line
      .filter((at) => !isHidden(at))
      .sort((a, b) => Number(value(a) === 0) - Number(value(b) === 0) || value(a) - value(b))[0];
  const lines = linesOf(cells, known);
  for (const line of lines) {
    const hidden = line.filter(isHidden);
    if (hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, at) => sum + value(at), 0) >= least)) continue;
    const next = smallest(line);
    if (next) return next;
  }
  for (const place of lines.flat().filter(isHidden)) {
    if (!isBridge(mask, place, known)) continue;
    const next = smallest(lines.filter((line) => line.some(([r, c]) => r === place[0] && c === place[1])).flat());
    if (next) return next;
  }
  return undefined;
}

/** The lines whose sums are known. */
function linesOf(cells: readonly (readonly unknown[])[], known: Known): Place[][] {
  const rows = cells.map((row, r) => row.map((_, c): Place => [r, c])).filter((_, r) => known.row(r));
  const columns = (cells[0] ?? []).map((_, c) => cells.map((_, r): Place => [r, c])).filter((_, c) => known.column(c));
  return [...rows, ...columns];
}

/**
 * Rows and columns are points, hidden cells the lines between them: without this one, do its ends still hang together? Rows and
 * columns of unknown sums are one point: what is in them may be anything.
 */
function isBridge(mask: Mask, [row, column]: Place, known: Known): boolean {
  const rowPoint = (r: number) => (known.row(r) ? r : -1);
  const columnPoint = (c: number) => (known.column(c) ? mask.length + c : -1);
  const [from, to] = [rowPoint(row), columnPoint(column)];
  const reached = new Set([from]);
  if (from === to) return false;
  for (let grew = true; grew; ) {
    grew = false;
    for (const [r, cells] of mask.entries())
      for (const [c, isHidden] of cells.entries()) {
        const [a, b] = [rowPoint(r), columnPoint(c)];
        if (!isHidden || (r === row && c === column) || reached.has(a) === reached.has(b)) continue;
        reached.add(a).add(b);
        if (reached.has(to)) return false;
        grew = true;
      }
  }
  return true;
}
