/**
 * Hides small cells of a table whose sums by row and by column are known: every cell under `least` but zero, and as many others
 * of its line that nothing of it can be counted by subtraction: in each line with a hidden cell there are at least two, and
 * together they are at least `least`. `isHiddenAnyway`: cells of a line whose sum is hidden elsewhere. Null is a hidden cell. Complementary suppression as in
 * https://ec.europa.eu/eurostat/cros/content/handbook-statistical-disclosure-control (chapter of frequency tables).
 */
export function hideSmallCells(
  cells: readonly (readonly number[])[],
  least: number,
  isHiddenAnyway: (row: number, column: number) => boolean = () => false,
): (number | null)[][] {
  const shown = cells.map((row, at) =>
    row.map((cell, column) => ((cell > 0 && cell < least) || isHiddenAnyway(at, column) ? null : cell)),
  );
  const width = cells[0]?.length ?? 0;
  const lines: [number, number][][] = [
    ...cells.map((_, row) => Array.from({ length: width }, (_, column): [number, number] => [row, column])),
    ...Array.from({ length: width }, (_, column) => cells.map((_, row): [number, number] => [row, column])),
  ];
  const value = ([row, column]: [number, number]) => cells[row]?.[column] ?? 0;
  const isHidden = ([row, column]: [number, number]) => shown[row]?.[column] === null;
  const hide = ([row, column]: [number, number]) => {
    const cellsOfRow = shown[row];
    if (cellsOfRow) cellsOfRow[column] = null;
  };
  for (let again = true; again; ) {
    again = false;
    for (const line of lines) {
      const hidden = line.filter(isHidden);
      const sum = hidden.reduce((all, at) => all + value(at), 0);
      if (hidden.length === 0 || (hidden.length > 1 && sum >= least)) continue;
      // The smallest that has something in it; an empty one when there is no other.
      const next = line
        .filter((at) => !isHidden(at))
        .sort((one, other) => Number(value(one) === 0) - Number(value(other) === 0) || value(one) - value(other))[0];
      if (!next) continue;
      hide(next);
      again = true;
    }
  }
  return shown;
}
