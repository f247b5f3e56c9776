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
  const table = new Table(cells, least, known);
  do table.fillLines();
  while (table.hideBesideBridge());
  return table.mask;
}

interface Line {
  cells: Place[];
  hidden: number;
  sum: number;
}

class Table {
  readonly mask: Mask;
  private readonly values: number[][];
  private readonly rows: Line[];
  private readonly columns: Line[];

  constructor(
    cells: readonly (readonly Parts[])[],
    private readonly least: number,
    private readonly known: Known,
  ) {
    this.values = cells.map((row) => row.map(sumOf));
    this.mask = cells.map((row) => row.map(() => false));
    const line = (places: Place[]): Line => ({ cells: places, hidden: 0, sum: 0 });
    this.rows = cells.map((row, r) => line(row.map((_, c) => [r, c])));
    this.columns = (cells[0] ?? []).map((_, c) => line(cells.map((_, r) => [r, c])));
    for (const [r, row] of cells.entries())
      for (const [c, parts] of row.entries()) if (isFew(parts, least) || known.isForced?.(r, c)) this.hide([r, c]);
  }

  /** Hides more of lines of which one hidden cell, or few together, would be left. */
  fillLines(): void {
    const lines = [
      ...this.rows.filter((_, r) => this.known.row(r)),
      ...this.columns.filter((_, c) => this.known.column(c)),
    ];
    for (let again = true; again; ) {
      again = false;
      for (const line of lines)
        while (line.hidden === 1 || (line.hidden > 0 && line.sum < this.least)) {
          const next = this.smallest([line]);
          if (!next) break;
          this.hide(next);
          again = true;
        }
    }
  }

  /** Hides one cell in a line of a hidden one that could be counted; false when there is none. */
  hideBesideBridge(): boolean {
    for (const [r, c] of bridges(this.mask, this.known)) {
      const lines = [this.known.row(r) && this.rows[r], this.known.column(c) && this.columns[c]].filter(
        (line) => !!line,
      );
      const next = this.smallest(lines);
      if (!next) continue;
      this.hide(next);
      return true;
    }
    return false;
  }

  private hide([r, c]: Place): void {
    (this.mask[r] as boolean[])[c] = true;
    for (const line of [this.rows[r], this.columns[c]]) {
      if (!line) continue;
      line.hidden += 1;
      line.sum += this.values[r]?.[c] ?? 0;
    }
  }

  /** The smallest cell that shows; what has something in it first, as an empty cell hides little. */
  private smallest(lines: readonly Line[]): Place | undefined {
    let best: Place | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [r, c] of lines.flatMap(({ cells }) => cells)) {
      const value = this.values[r]?.[c] || Number.MAX_VALUE;
      if (this.mask[r]?.[c] || value >= least) continue;
      [best, least] = [[r, c], value];
    }
    return best;
  }
}

/**
 * Hidden cells without which their row and column would not hang together any more: rows and columns are points, hidden cells the
 * ways between them; rows and columns of unknown sums are one point, as what is in them may be anything. By the first search of
 * Tarjan (1974).
 */
function bridges(mask: Mask, known: Known): Place[] {
  const ways = new Map<number, { to: number; place: Place }[]>();
  const add = (from: number, to: number, place: Place) => ways.set(from, [...(ways.get(from) ?? []), { to, place }]);
  for (const [r, cells] of mask.entries())
    for (const [c, isHidden] of cells.entries()) {
      if (!isHidden) continue;
      const [from, to] = [known.row(r) ? r : -1, known.column(c) ? mask.length + c : -1];
      if (from === to) continue;
      add(from, to, [r, c]);
      add(to, from, [r, c]);
    }
  const found: Place[] = [];
  const order = new Map<number, number>();
  const visit = (point: number, by?: Place): number => {
    const own = order.size;
    order.set(point, own);
    let low = own;
    for (const { to, place } of ways.get(point) ?? []) {
      if (place[0] === by?.[0] && place[1] === by[1]) continue;
      const seen = order.get(to);
      const reaches = seen ?? visit(to, place);
      low = Math.min(low, reaches);
      if (seen === undefined && reaches > own) found.push(place);
    }
    return low;
  };
  for (const point of ways.keys()) if (!order.has(point)) visit(point);
  return found;
}
