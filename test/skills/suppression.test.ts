import fc from 'fast-check';
import { type Cell, suppress, suppressWithTotal } from '../../src/features/skills/suppression';
import { vectors } from './vectors';

/** What the reference computed its examples from; the vector file holds only the results. */
const VECTOR_TABLES: Record<string, number>[] = [
  { A: 12, B: 7, C: 3 },
  { A: 12, B: 3, C: 2 },
  { A: 12, B: 6 },
];

const small: Cell = { shown: false, reason: 'small' };
const protecting: Cell = { shown: false, reason: 'protects-another' };
const shown = (n: number): Cell => ({ shown: true, n });

const someTable = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), fc.integer({ min: 0, max: 30 }));
const someK = fc.constantFrom(3, 5, 10);

describe('suppress', () => {
  it.each(vectors.suppress.map((vector, index) => ({ vector, table: VECTOR_TABLES[index]! })))(
    'agrees with the reference: $vector',
    ({ vector, table }) => {
      const cells = Object.entries(suppress(table)).map(([group, cell]) => [group, cell.shown ? cell.n : 'hidden']);
      expect(Object.fromEntries(cells)).toEqual(vector);
    },
  );

  it('says of each hidden group why', () => {
    expect(suppress({ A: 12, B: 7, C: 3 })).toEqual({ A: shown(12), B: protecting, C: small });
    expect(suppress({ A: 12, B: 7, C: 7 }, 10)).toEqual({ A: shown(12), B: small, C: small });
  });

  it('shows empty groups and hides every small one, and never one alone while another could join it', () => {
    fc.assert(
      fc.property(someTable, someK, (table, k) => {
        const cells = suppress(table, k);
        const hidden = Object.keys(table).filter((group) => !cells[group]!.shown);
        const people = Object.keys(table).filter((group) => table[group]! > 0);
        for (const group of Object.keys(table)) {
          const n = table[group]!;
          if (n === 0) expect(cells[group]).toEqual(shown(0));
          if (n > 0 && n < k) expect(cells[group]).toEqual(small);
          if (n >= k) expect(cells[group]).not.toEqual(small);
        }
        if (hidden.length === 1) expect(people).toEqual(hidden);
      }),
    );
  });

  it('refuses a k whose word would be the number, and counts that are none', () => {
    expect(() => suppress({ A: 1 }, 2)).toThrow(RangeError);
    expect(() => suppress({ A: 1.5 })).toThrow(RangeError);
  });
});

describe('suppressWithTotal', () => {
  it('shows everything where no group is small', () => {
    expect(suppressWithTotal({ A: 12, B: 6 })).toEqual({ cells: { A: shown(12), B: shown(6) }, total: shown(18) });
  });

  it('hides one more where the total would tell two small ones', () => {
    expect(suppressWithTotal({ A: 12, B: 4, C: 4 })).toEqual({
      cells: { A: protecting, B: small, C: small },
      total: shown(20),
    });
  });

  it('hides the total where nothing else is left, and where it is small itself', () => {
    expect(suppressWithTotal({ A: 4, B: 4 }).total).toEqual(protecting);
    expect(suppressWithTotal({ A: 5, B: 1 }).total).toEqual(protecting);
    expect(suppressWithTotal({ A: 3, B: 0 }).total).toEqual(small);
    expect(suppressWithTotal({})).toEqual({ cells: {}, total: shown(0) });
  });

  it('hides at least what suppress hides', () => {
    fc.assert(
      fc.property(someTable, someK, (table, k) => {
        const { cells } = suppressWithTotal(table, k);
        for (const [group, cell] of Object.entries(suppress(table, k)))
          if (!cell.shown) expect(cells[group]).toEqual(cell);
      }),
    );
  });

  it.each([3, 5])('lets no hidden number be told: every page fits two numbers in each hidden cell (k = %i)', (k) => {
    const tables = [...tablesUpTo(18)];
    const pages = new Map(
      tables.map((table) => suppressWithTotal(table, k)).map((page) => [JSON.stringify(page), page]),
    );
    const told = [...pages.values()].filter((page) => {
      const { total, cells } = page;
      if (!total.shown) return false;
      const fitting = tables.filter((table) => sumOf(table) === total.n && fits(table, page, k));
      return GROUPS.some((g) => !cells[g].shown && new Set(fitting.map((table) => table[g])).size < 2);
    });
    expect(told).toEqual([]);
  });
});

const GROUPS = ['A', 'B', 'C'] as const;
type Table = Record<(typeof GROUPS)[number], number>;

/** All tables of three groups with at most so many people. */
function* tablesUpTo(people: number): Generator<Table> {
  for (let A = 0; A <= people; A++) {
    for (let B = 0; A + B <= people; B++) {
      for (let C = 0; A + B + C <= people; C++) yield { A, B, C };
    }
  }
}

function sumOf({ A, B, C }: Table): number {
  return A + B + C;
}

/** Whether a reader who knows k and the reasons, and that the smallest others are hidden first, must hold it possible. */
function fits(table: Table, { cells }: ReturnType<typeof suppressWithTotal<'A' | 'B' | 'C'>>, k: number): boolean {
  const numbersShown = GROUPS.map((g) => cells[g]).flatMap((cell) => (cell.shown && cell.n > 0 ? [cell.n] : []));
  return GROUPS.every((g) => {
    const cell = cells[g];
    if (cell.shown) return cell.n === table[g];
    if (cell.reason === 'small') return table[g] > 0 && table[g] < k;
    return table[g] >= k && table[g] <= Math.min(...numbersShown);
  });
}
