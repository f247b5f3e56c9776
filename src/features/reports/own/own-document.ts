import { type Day, noonOf } from '../../../lib/calendar';
import { OTHERS } from '../closing/release';
import type { ReportAbout, ReportChart, ReportColumn, ReportDocument, ReportRow } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import type { Period } from '../period';
import { type Definition, type Group, NO_CHART } from './own-definition';
import { NO_TEAM } from './own-help-rows';
import type { OwnRow } from './own-skill-rows';

/** Names of what a reader may choose, by id or code. */
export interface OwnNames {
  teams: ReadonlyMap<string, string>;
  profiles: ReadonlyMap<string, string>;
  competences: ReadonlyMap<string, string>;
  areas: ReadonlyMap<string, string>;
  areaOf: ReadonlyMap<string, string>;
  /** Courses by id. */
  topics?: ReadonlyMap<string, string>;
}

export interface OwnContent {
  definition: Definition;
  names: OwnNames;
  name: string;
  scope: string;
  reader: Reader;
  columns: readonly ReportColumn[];
  rows: readonly OwnRow[];
  /** Rows by name, in place of `rows`. */
  named?: readonly ReportRow[];
  period?: Period | undefined;
  /** The smallest group that shows. */
  k?: number;
  /** People in the teams that it is about. */
  team?: number;
  closed?: Day;
  today?: Day;
  /** The team that it was about is not there for this reader. */
  isGone?: boolean;
}

/** A report of one's own as a document. Rows stand in the order of names and codes, never of results. */
export function ownDocument(content: OwnContent): ReportDocument {
  const { definition, name, scope, reader, period, isGone } = content;
  const { t } = reader;
  return {
    slug: t(`own.file.${definition.source}`),
    title: name || t(`own.source.${definition.source}`),
    scope,
    ...(period && { period: { from: period.from, to: period.to } }),
    about: isGone ? gone(t) : aboutOf(content),
    sections: isGone ? [{ heading: t('own.gone.heading'), words: [t('own.gone.words')] }] : [sectionOf(content)],
  };
}

function sectionOf({
  definition,
  columns,
  rows,
  named,
  names,
  reader,
}: OwnContent): ReportDocument['sections'][number] {
  const { t } = reader;
  const heading = t(`own.source.${definition.source}`);
  const filtered = filterWords(definition, names, t);
  if (named) return { heading, words: [...filtered, t('own.named')], table: { columns, rows: named } };
  const byName = new Intl.Collator(reader.lang, { numeric: true });
  const grouped = rows
    .map((row) => ({ ...row, words: row.keys.map((key, at) => wordOf(definition.groups[at], key, names, t)) }))
    .toSorted((a, b) => {
      const at = a.keys.findIndex((key, index) => key !== b.keys[index]);
      return at < 0 ? 0 : byName.compare(sortKey(definition.groups[at], a, at), sortKey(definition.groups[at], b, at));
    });
  const keys = definition.groups.map(
    (group): ReportColumn => ({ key: `by-${group}`, heading: t(`own.group.${group}`), kind: 'text' }),
  );
  // Numbers that no row may tell would be an empty column.
  const told = columns.map((_, at) => rows.length === 0 || rows.some(({ cells }) => cells[at] !== null));
  const some = columns.filter((_, at) => told[at]);
  const chart = chartOf(definition, some, t);
  return {
    heading,
    words: [...filtered, ...(rows.length === 0 ? [t('own.nothing')] : [])],
    ...(chart && rows.length > 0 && { chart }),
    table: {
      columns: [...keys, ...some],
      rows: grouped.map(({ words, cells }) => [...words, ...cells.filter((_, at) => told[at])]),
    },
  };
}

/** Competences by code, the rest by name; what is of several together comes last. */
function sortKey(group: Group | undefined, row: { keys: string[]; words: string[] }, at: number): string {
  const key = row.keys[at] ?? '';
  if (key === OTHERS || key === NO_TEAM) return `\uffff${key}`;
  return group === 'competence' ? key : (row.words[at] ?? '');
}

function wordOf(group: Group | undefined, key: string, names: OwnNames, t: Reader['t']): string {
  if (key === OTHERS) return t(`own.others.${group === 'profile' ? 'profile' : group === 'topic' ? 'topic' : 'team'}`);
  if (key === NO_TEAM) return t('own.noTeam');
  if (group === 'team') return names.teams.get(key) ?? t('own.gone.team');
  if (group === 'profile') return names.profiles.get(key) ?? key;
  if (group === 'competence') return names.competences.get(key) ?? key;
  return names.topics?.get(key) || t('own.noTopic');
}

function filterWords({ filters }: Definition, names: OwnNames, t: Reader['t']): string[] {
  const named = {
    team: names.teams,
    profile: names.profiles,
    competence: names.competences,
    area: names.areas,
  };
  const words = Object.entries(filters).map(
    ([filter, value]) => `${t(`own.filter.${filter}`)}: ${named[filter as keyof typeof named].get(value) ?? value}`,
  );
  return words.length > 0 ? [`${words.join('. ')}.`] : [];
}

/** A picture has one grouping: with two, the table is read. */
function chartOf(
  { chart, groups, source }: Definition,
  columns: readonly ReportColumn[],
  t: Reader['t'],
): ReportChart | undefined {
  const [group, second] = groups;
  if (chart === NO_CHART || !group || second) return undefined;
  const keys = columns.map(({ key }) => key);
  const label = `by-${group}`;
  const finding = t(`own.finding.${source}`);
  if (chart === 'interval')
    return keys.includes('mean') && keys.includes('low')
      ? { kind: 'interval', label, values: ['mean'], low: 'low', high: 'high', finding }
      : undefined;
  const parts = keys.filter((key) => key.startsWith('band-') || source === 'training');
  if (chart === 'stacked') return parts.length > 0 ? { kind: 'stacked', label, values: parts, finding } : undefined;
  const values = source === 'training' ? parts : keys.filter((key) => FOR_BARS.includes(key)).slice(0, 1);
  return values.length > 0 ? { kind: 'bars', label, values, finding } : undefined;
}
const FOR_BARS = ['mean', 'reachedShare', 'reached', 'asked', 'people'];

const DEFINED: Record<string, string> = {
  mean: 'reports.growth.definition.mean',
  low: 'reports.growth.definition.interval',
  change: 'reports.growth.definition.verdict',
  up: 'reports.growth.definition.moved',
  reached: 'reports.coverage.definition.reached',
  reachedShare: 'reports.coverage.definition.reached',
  bandWord: 'reports.coverage.definition.bands',
  people: 'own.definition.people',
  asked: 'own.definition.asked',
};

function aboutOf({ definition, columns, rows, k, team, closed, today, reader }: OwnContent): ReportAbout {
  const { t, fmt } = reader;
  const { source } = definition;
  const most = Math.max(0, ...rows.map(({ n }) => n ?? 0));
  const isOfPeople = source !== 'training' && source !== 'help';
  const pooled = rows.some(({ keys }) => keys.includes(OTHERS));
  const isHidden = rows.some(({ n }) => n === undefined);
  return {
    n: isOfPeople ? most || null : (team ?? null),
    coverage: [
      ...(isOfPeople && team !== undefined ? [t('own.about.coverage', { team, most })] : []),
      t(`own.about.who.${source}`),
    ].join(' '),
    freshness: closed
      ? t('reports.about.closedMonth', { date: fmt.date(noonOf(closed)) })
      : t('reports.about.today', { date: fmt.date(noonOf(today ?? '')) }),
    definitions: columns.flatMap(({ key, heading }) => {
      const meaning = DEFINED[key];
      return meaning ? [{ term: heading, meaning: t(meaning) }] : [];
    }),
    hidden: [
      ...(k !== undefined ? [t('own.about.least', { k })] : []),
      ...(pooled ? [t('own.about.pooled')] : []),
      ...(isHidden ? [t('own.about.hiddenRows')] : []),
    ],
  };
}

const gone = (t: Reader['t']): ReportAbout => ({
  n: null,
  coverage: t('own.gone.words'),
  freshness: '',
  definitions: [],
  hidden: [],
});
