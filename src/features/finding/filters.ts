import type { Translate } from '../../lib/i18n';
import type { CompetenceName } from '../skills/skills.model';
import type { Catalogue } from './catalogue.queries';
import { BANDS, type CatalogueQuery, FILTERS, type Filter, KINDS, TIMES } from './catalogue.schema';

/** A value of a filter: how many it would leave, and the address that chooses it or takes it away. */
export interface Choice {
  value: string;
  text: string;
  /** Undefined when so much was found that nobody counted. */
  count: number | undefined;
  href: string;
  isChosen: boolean;
}

/** Names of languages are in those languages. */
const LANGUAGE_NAMES = [
  ['fi-x-selko', 'Selkosuomi'],
  ['fi', 'Suomi'],
  ['sv', 'Svenska'],
  ['en', 'English'],
] as const;

/** The address of the catalogue with this query: only what was chosen, in one order. */
export function addressOf(query: Partial<CatalogueQuery>): string {
  const address = new URLSearchParams();
  for (const name of ['q', ...FILTERS] as const) if (query[name]) address.set(name, String(query[name]));
  if (query.page && query.page > 1) address.set('page', String(query.page));
  const text = address.toString();
  return text ? `/learn?${text}` : '/learn';
}

/** Every filter with its values and their counts, and what is chosen now. Values that would leave nothing are left out. */
export function filterGroups(
  query: CatalogueQuery,
  { counts, counts_are_least: isMany }: Pick<Catalogue, 'counts' | 'counts_are_least'>,
  names: Map<string, CompetenceName>,
  t: Translate,
): { groups: Record<Filter, Choice[]>; chosen: (Choice & { filter: Filter })[] } {
  const countOf = new Map(counts.map(({ filter, value, count }) => [`${filter} ${value}`, count]));
  const choices = (filter: Filter, values: readonly (readonly [string, string])[]): Choice[] =>
    values
      .map(([value, text]) => {
        const isChosen = String(query[filter] ?? '') === value;
        const next = { ...query, page: 1, [filter]: isChosen ? undefined : value } as CatalogueQuery;
        return {
          value,
          text,
          count: isMany ? undefined : (countOf.get(`${filter} ${value}`) ?? 0),
          href: addressOf(next),
          isChosen,
        };
      })
      .filter(
        ({ value, count, isChosen }) =>
          isChosen || (isMany ? filter !== 'skill' || countOf.has(`skill ${value}`) : Number(count) > 0),
      );
  const skills = [...names].map(([code, { plain_name }]) => [code, plain_name] as const);
  const groups = {
    kind: choices(
      'kind',
      KINDS.map((kind) => [kind, t(`finding.kind.${kind}`)]),
    ),
    lang: choices('lang', LANGUAGE_NAMES),
    time: choices(
      'time',
      TIMES.map((time) => [String(time), t('finding.filter.atMost', { minutes: time })]),
    ),
    level: choices(
      'level',
      BANDS.map((band) => [String(band), t(`common.chart.band.${band}`)]),
    ),
    skill: choices('skill', skills),
    left: choices('left', [['yes', t('finding.filter.left')]]),
  };
  const chosen = FILTERS.flatMap((filter) =>
    groups[filter].filter(({ isChosen }) => isChosen).map((choice) => ({ ...choice, filter })),
  );
  return { groups, chosen };
}
