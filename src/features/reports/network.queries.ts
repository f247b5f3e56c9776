import { db, onReplica, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { frameworkWords } from '../skills/skills.model';
import { type Cell, type HiddenReason, suppress } from '../skills/suppression';
import type { Reached } from './coverage-report';
import type { Period } from './period';
import { type Split, splitOf } from './small-groups';

/** Of the agreed set: `code` is 'training' or a competence; null when the organisation has no figures at all. */
export interface FigureRow {
  network_id: string;
  organisation_id: string;
  organisation_name: string;
  smallest_group: number;
  code: string | null;
  /** Both are null under the organisation's own limit. */
  people: number | null;
  reached: number | null;
}

export type Figure = { shown: true; n: number; reached: Split<Reached> } | { shown: false; reason: HiddenReason };

export interface Partner {
  id: string;
  name: string;
  smallest_group: number;
  training: Figure | undefined;
  skills: Map<string, Figure>;
}

const selectNetworks = (ids: readonly string[]) =>
  db()
    .table<{ id: string; name: string }>('networks')
    .whereRaw('id = any(?)', [[...ids]] as never)
    .orderBy('name')
    .select('id', 'name');

/** Figures of the organisations in networks that the person in scope coordinates; nothing for anyone else. */
const selectFigures = (networkIds: readonly string[], asOf: Date) =>
  db().raw<{ rows: FigureRow[] }>(
    'select n.id as network_id, f.* from networks n cross join lateral network_figures(n.id, ?) f where n.id = any(?)',
    [asOf, [...networkIds]],
  );

/** Networks that the actor coordinates, with what the partners have agreed to share, at the end of a period. */
export async function readNetworks(actor: Actor, { toEnds }: Period) {
  const { competences } = await frameworkWords(actor.language);
  const ids = actor.coordinated_networks;
  const [networks, figures] = await onReplica(() => together(selectNetworks(ids), selectFigures(ids, toEnds)));
  const byNetwork = Map.groupBy(figures.rows, ({ network_id }) => network_id);
  return {
    competences,
    networks: networks.map((network) => ({ ...network, partners: partnersOf(byNetwork.get(network.id) ?? []) })),
  };
}

/** Figures by partner; one more is hidden with a single hidden one, and a split under the limit is said in words. */
export function partnersOf(rows: readonly FigureRow[]): Partner[] {
  return [...Map.groupBy(rows, ({ organisation_id }) => organisation_id).values()].map((own) => {
    const [{ organisation_id: id, organisation_name: name }] = own as [FigureRow];
    const smallest_group = Math.max(...own.map((row) => row.smallest_group));
    const training = own.find(({ code }) => code === 'training');
    const skills = own.filter(({ code }) => code !== null && code !== 'training') as (FigureRow & { code: string })[];
    // A hidden count stands as 1: any number under the limit hides the same rows.
    const cells = suppress(Object.fromEntries(skills.map(({ code, people }) => [code, people ?? 1])), smallest_group);
    return {
      id,
      name,
      smallest_group,
      training: training && figureOf(training, undefined),
      skills: new Map(skills.map((row) => [row.code, figureOf(row, cells[row.code])])),
    };
  });
}

function figureOf({ people, reached, smallest_group }: FigureRow, cell: Cell | undefined): Figure {
  if (people === null || reached === null) return { shown: false, reason: 'small' };
  if (cell && !cell.shown) return { shown: false, reason: cell.reason };
  return { shown: true, n: people, reached: splitOf({ reached, onTheWay: people - reached }, smallest_group) };
}
