import { noonOf } from '../../../lib/calendar';
import type { Figure, Partner } from '../pages/network.queries';
import type { Period } from '../period';
import { hiddenCell, type ReportCell, type ReportDocument, type ReportSection } from './document';
import type { Reader } from './document-cells';
import { say } from './report-words';

interface Network {
  id: string;
  name: string;
  partners: readonly Partner[];
}

/** The agreed set of figures by network: partners in the order of their names, never of results. */
export function networkDocument(
  networks: readonly Network[],
  competences: ReadonlyMap<string, { plain_name: string }>,
  { to }: Pick<Period, 'to'>,
  reader: Reader,
): ReportDocument {
  const { t, fmt } = reader;
  const figures = networks.flatMap(({ partners }) => partners.flatMap(({ training }) => training ?? []));
  return {
    slug: t('reports.network.file'),
    title: t('reports.network.heading'),
    scope: networks.map(({ name }) => name).join(', '),
    about: {
      n: null,
      coverage: t('reports.network.coverage', {
        count: new Set(networks.flatMap(({ partners }) => partners.map(({ id }) => id))).size,
      }),
      freshness: t('reports.asOf', { date: fmt.date(noonOf(to)) }),
      definitions: [{ term: t('reports.column.atTarget'), meaning: t('reports.network.how.share') }],
      hidden: figures.some(({ shown }) => !shown) ? [t('reports.network.hidden')] : [],
    },
    sections: networks.map((network) => networkSection(network, competences, reader)),
  };
}

function networkSection(
  { name, partners }: Network,
  competences: ReadonlyMap<string, { plain_name: string }>,
  { t, fmt }: Reader,
): ReportSection {
  const codes = [...competences.keys()].filter((code) => partners.some(({ skills }) => skills.has(code)));
  const cell = (figure: Figure | undefined, least: number): ReportCell => {
    if (!figure) return null;
    if (!figure.shown) return hiddenCell(figure.reason, least);
    const { reached, n } = figure;
    if (!reached.exact) return `${say.reached(reached, t)}, ${t('reports.people', { count: n })}`;
    return `${fmt.number((100 * reached.counts.reached) / n)}\u00A0%, ${reached.counts.reached} / ${n}`;
  };
  return {
    heading: name,
    words: [],
    table: {
      columns: [
        { key: 'what', heading: t('reports.network.what'), kind: 'text' },
        ...partners.map((partner) => ({ key: partner.id, heading: partner.name, kind: 'text' }) as const),
      ],
      rows: [
        [
          t('reports.network.training'),
          ...partners.map(({ training, smallest_group }) => cell(training, smallest_group)),
        ],
        ...codes.map((code) => [
          competences.get(code)?.plain_name ?? code,
          ...partners.map(({ skills, smallest_group }) => cell(skills.get(code), smallest_group)),
        ]),
      ],
    },
  };
}
