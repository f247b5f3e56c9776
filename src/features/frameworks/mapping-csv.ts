import { parse } from 'csv-parse/sync';
import type { Mapping, Relation, Skill } from './mapping';
import type { Line } from './reading';

const HEADERS = {
  from: ['vanha koodi', 'vanha', 'lähde', 'gammal kod', 'från', 'from', 'old code', 'old'],
  to: ['uusi koodi', 'uusi', 'kohde', 'ny kod', 'till', 'to', 'new code', 'new'],
  relation: ['suhde', 'relation', 'förhållande'],
} as const;
const WORDS: Record<string, Relation> = {
  ...{ sama: 'equal', laajempi: 'broader', suppeampi: 'narrower', ei: 'none', 'ei vastinetta': 'none' },
  ...{ samma: 'equal', bredare: 'broader', smalare: 'narrower', ingen: 'none' },
  ...{ equal: 'equal', same: 'equal', broader: 'broader', narrower: 'narrower', none: 'none' },
};
const MOST_ROWS = 5000;

/** Reads rows of "old code; new code; relation". Lines say what is wrong and where; a fault of the whole file is a key. */
export function readMapping(text: string, from: readonly Skill[], to: readonly Skill[]) {
  const table = tableOf(text);
  if (!table) return { fault: 'frameworks.map.header' } as const;
  const { rows, at } = table;
  if (rows.length > MOST_ROWS) return { fault: 'frameworks.map.rows' } as const;
  const [ours, theirs] = [new Set(from.map(({ code }) => code)), new Set(to.map(({ code }) => code))];
  const mappings = new Map<string, Mapping>();
  const wrong: Line[] = [];
  for (const [index, cells] of rows.entries()) {
    const cell = (column: number) => (cells[column] ?? '').trim();
    if (cells.every((one) => one.trim() === '')) continue;
    const [from_code, to_code] = [cell(at.from), cell(at.to)];
    const word = cell(at.relation).toLowerCase();
    const relation =
      word === '' ? (to_code === '' ? 'none' : 'equal') : Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    const key = !ours.has(from_code)
      ? 'mapFrom'
      : mappings.has(from_code)
        ? 'mapTwice'
        : relation === undefined
          ? 'mapRelation'
          : relation !== 'none' && !theirs.has(to_code)
            ? 'mapTo'
            : undefined;
    if (key)
      wrong.push({
        row: index + 2,
        code: from_code.slice(0, 60),
        status: 'wrong',
        key,
        values: { text: to_code || word },
      });
    else if (relation) mappings.set(from_code, { from_code, to_code: relation === 'none' ? null : to_code, relation });
  }
  return { mappings: [...mappings.values()], wrong } as const;
}

function tableOf(text: string) {
  for (const delimiter of [';', ',', '\t']) {
    try {
      const [header, ...rows] = parse(text, { delimiter, bom: true, relax_column_count: true }) as string[][];
      const names = (header ?? []).map((name) => name.trim().toLowerCase().replaceAll('_', ' '));
      const find = (of: readonly string[]) => names.findIndex((name) => of.includes(name));
      const at = { from: find(HEADERS.from), to: find(HEADERS.to), relation: find(HEADERS.relation) };
      if (at.from !== -1 && at.to !== -1) return { rows, at };
    } catch {
      // Not with this separator.
    }
  }
  return undefined;
}
