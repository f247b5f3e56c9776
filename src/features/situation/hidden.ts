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

/**
 * Which cells of a table are hidden when the sums of its rows and columns are known: every cell of few, those that `isForced`
 * names, and as many others that none can be counted: each line with hidden cells has two or more, of `least` together, and no
 * hidden cell is a bridge between others, whose value would follow from the sums of one side.
 */
export function hiddenIn(
  cells: readonly (readonly Parts[])[],
  least: number,
  isForced: (row: number, column: number) => boolean = () => false,
): Mask {
  const mask = cells.map((row, r) => row.map((parts, c) => isFew(parts, least) || isForced(r, c)));
  for (let next = nextToHide(cells, mask, least); next; next = nextToHide(cells, mask, least))
    (mask[next[0]] as boolean[])[next[1]] = true;
  return mask;
}

function nextToHide(cells: readonly (readonly Parts[])[], mask: Mask, least: number): Place | undefined {
  const value = ([r, c]: Place) => sumOf(cells[r]?.[c] ?? []);
  const isHidden = ([r, c]: Place) => mask[r]?.[c] === true;
  // What has something in it first: an empty cell hides little.
  const smallest = (line: readonly Place[]) =>
    line
      .filter((at) => !isHidden(at))
      .sort((a, b) => Number(value(a) === 0) - Number(value(b) === 0) || value(a) - value(b))[0];
  const lines = linesOf(cells);
  for (const line of lines) {
    const hidden = line.filter(isHidden);
    if (hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, at) => sum + value(at), 0) >= least)) continue;
    const next = smallest(line);
    if (next) return next;
  }
  for (const place of lines.flat().filter(isHidden)) {
    if (!isBridge(mask, place)) continue;
    const next = smallest(lines.filter((line) => line.some(([r, c]) => r === place[0] && c === place[1])).flat());
    if (next) return next;
  }
  return undefined;
}

function linesOf(cells: readonly (readonly unknown[])[]): Place[][] {
  const rows = cells.map((row, r) => row.map((_, c): Place => [r, c]));
  const columns = (cells[0] ?? []).map((_, c) => cells.map((_, r): Place => [r, c]));
  return [...rows, ...columns];
}

/** Rows and columns are points, hidden cells the lines between them: without this one, do its ends still hang together? */
function isBridge(mask: Mask, [row, column]: Place): boolean {
  const [rows, columns] = [new Set([row]), new Set<number>()];
  for (let grew = true; grew; ) {
    grew = false;
    for (const [r, cells] of mask.entries())
      for (const [c, isHidden] of cells.entries()) {
        if (!isHidden || (r === row && c === column) || rows.has(r) === columns.has(c)) continue;
        rows.add(r);
        columns.add(c);
        if (c === column) return false;
        grew = true;
      }
  }
  return true;
}
