import type { Day } from '../../../lib/calendar';
import { db, onReplica, together } from '../../../lib/db';
import type { Actor } from '../../organisations/organisations.model';
import { frameworkWords } from '../../skills/skills.model';
import type { HiddenReason } from '../../skills/suppression';
import { closeMonths } from '../closing/closings.service';
import type { Reached, ShownCoverage } from '../figures/coverage-report';
import { type Split, splitOf } from '../figures/small-groups';
import type { Period } from '../period';

/** Of the agreed set: `code` is 'training' or a competence; null when the organisation has no figures at all. */
export interface FigureRow {
  network_id: string;
  organisation_id: string;
  organisation_name: string;
  smallest_group: number;
  code: string | null;
  /** Of training. Both are null under the organisation's own limit. */
  people: number | null;
  reached: number | null;
  /** Of a competence: what may be said of it. */
  figures: ShownCoverage | null;
  /** Whether the organisation's month has been closed. */
  is_closed: boolean;
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
const selectFigures = (networkIds: readonly string[], month: Day) =>
  db().raw<{ rows: FigureRow[] }>(
    'select n.id as network_id, f.* from networks n cross join lateral network_figures(n.id, ?) f where n.id = any(?)',
    [month, [...networkIds]],
  );

/**
 * Networks that the actor coordinates, with what the partners have agreed to share, at the newest closed month. Partners that
 * are behind are closed first, each in its own scope; then the figures are read where that was written.
 */
export async function readNetworks(actor: Actor, { to }: Pick<Period, 'to'>) {
  const { competences } = await frameworkWords(actor.language);
  const ids = actor.coordinated_networks;
  const read = () => together(selectNetworks(ids), selectFigures(ids, to));
  let [networks, figures] = await onReplica(read);
  const behind = new Set(figures.rows.filter((row) => !row.is_closed).map((row) => row.organisation_id));
  for (const organisationId of behind) await closeMonths(organisationId);
  if (behind.size > 0) [networks, figures] = await read();
  const byNetwork = Map.groupBy(figures.rows, ({ network_id }) => network_id);
  return {
    competences,
    networks: networks.map((network) => ({ ...network, partners: partnersOf(byNetwork.get(network.id) ?? []) })),
  };
}

/** Figures by partner. A split of training under the limit is said in words; of competences as they were kept. */
export function partnersOf(rows: readonly FigureRow[]): Partner[] {
  return [...Map.groupBy(rows, ({ organisation_id }) => organisation_id).values()].map((own) => {
    const [{ organisation_id: id, organisation_name: name }] = own as [FigureRow];
    const training = own.find(({ code }) => code === 'training');
    return {
      id,
      name,
      smallest_group: Math.max(...own.map((row) => row.smallest_group)),
      training: training && trainingFigure(training),
      skills: new Map(
        own.flatMap(({ code, figures }): [string, Figure][] =>
          code !== null && figures ? [[code, { shown: true, n: figures.n, reached: figures.reached }]] : [],
        ),
      ),
    };
  });
}

function trainingFigure({ people, reached, smallest_group }: FigureRow): Figure {
  if (people === null || reached === null) return { shown: false, reason: 'small' };
  return { shown: true, n: people, reached: splitOf({ reached, onTheWay: people - reached }, smallest_group) };
}
