import { type Day, monthEndBefore } from '../../../lib/calendar';
import { collapsed, OTHERS, releasedTable, type TableCell } from '../closing/release';
import type { HelpAsked } from '../pages/help-asked.queries';
import type { Definition } from './own-definition';
import type { OwnRow } from './own-skill-rows';

/** No team: people who were in none. */
export const NO_TEAM = 'none';
const LEAST_WITH_CLIENTS = 10;

/**
 * Rows of who asked for help. Each quarter has one released table by course and team, made of the whole organisation whoever
 * asks; all else is its sums. So a team's figure and the organisation's can be subtracted only to what the table shows.
 */
export function helpRows(
  { groups, filters }: Definition,
  asked: readonly HelpAsked[],
  smallestGroup: number,
  teams: readonly string[] | null,
): OwnRow[] {
  const tables = [...Map.groupBy(asked, ({ quarter }) => quarter).values()].map((own) =>
    releasedTable(
      own.map(({ topic, team_id, people }) => ({ keys: [topic, team_id ?? NO_TEAM] as const, n: people })),
      own.some(({ has_clients }) => has_clients) ? Math.max(LEAST_WITH_CLIENTS, smallestGroup) : smallestGroup,
    ),
  );
  const readable = teams && new Set(teams);
  const cells = tables.flat().filter(({ keys: [, team = OTHERS] }) => {
    if (filters.team) return team === filters.team;
    return readable ? readable.has(team) : true;
  });
  const rows = groups.length === 1 ? collapsed(cells, groups[0] === 'topic' ? 0 : 1) : summed(cells);
  const order = (row: TableCell) => row.keys.map((key) => (key === OTHERS ? '\uffff' : key)).join(' ');
  return rows
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ keys, n }) => ({
      keys: groups[0] === 'team' && keys.length > 1 ? keys.toReversed() : [...keys],
      n,
      cells: [n],
    }));
}

function summed(cells: readonly TableCell[]): TableCell[] {
  return [...Map.groupBy(cells, ({ keys }) => JSON.stringify(keys)).values()].map((own) => ({
    keys: (own[0] as TableCell).keys,
    n: own.reduce((sum, { n }) => sum + n, 0),
  }));
}

/** The quarters of these months that are over, as the days between which they lie. */
export function quartersOf(months: number, newest: Day): { from: Day; to: Day } {
  const month = Number(newest.slice(5, 7));
  const to = monthEndBefore(newest, month % 3);
  return { from: monthEndBefore(to, Math.max(3, months)), to };
}
