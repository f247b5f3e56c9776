import type { Translate } from '../../../lib/i18n';
import { TRAINING_STATES, type TrainingState } from '../figures/training';
import type { TrainingCount, TrainingRow } from '../pages/training.queries';
import type { MarkedCell, ReportDocument, ReportRow, ReportSection } from './document';
import type { Reader } from './document-cells';

const LOOK: Record<TrainingState, Pick<MarkedCell, 'tag'>> = {
  done: { tag: { colour: 'moss', symbol: 'check' } },
  expiring: { tag: { colour: 'cloud', symbol: 'clock' } },
  expired: { tag: { colour: 'cloud', symbol: 'redo' } },
  late: { tag: { colour: 'cloud', symbol: 'cal' } },
  recognised: { tag: { colour: 'moss', symbol: 'badge' } },
  'on-the-way': { tag: { symbol: 'next' } },
  'not-started': { tag: { colour: 'line' } },
};

/** A state as a cell: a tag on the page, its word in files. */
export const stateCell = (state: TrainingState, t: Translate): MarkedCell => ({
  text: t(`reports.trainingShort.${state}`),
  ...LOOK[state],
});

/** The order of columns: from what is ready to what needs somebody. */
const COLUMNS = TRAINING_STATES.toReversed();

interface Trained {
  counts: readonly TrainingCount[];
  toDo: Iterable<TrainingRow> | AsyncIterable<TrainingRow>;
  today: string;
}

/** Agreed training of an organisation: counts by team and course, and by name what should be done or renewed. */
export function trainingDocument(
  { counts, toDo, today }: Trained,
  organisation: string,
  { t }: Pick<Reader, 't'>,
): ReportDocument {
  const whole = counts.filter(({ team_id, state }) => team_id === null && state !== null);
  const total = (state: TrainingState) => sumOf(whole.filter((count) => count.state === state));
  const people = counts.find(({ course_id, team_id }) => course_id === null && team_id === null)?.people ?? 0;
  return {
    slug: t('reports.orgTraining.file'),
    title: t('reports.orgTraining.heading'),
    scope: organisation,
    about: {
      n: people,
      coverage: t('reports.orgTraining.coverage'),
      freshness: t('reports.about.today', { date: today }),
      definitions: TRAINING_STATES.map((state) => ({
        term: t(`reports.trainingShort.${state}`),
        meaning: t(`reports.orgTraining.means.${state}`),
      })),
      hidden: [],
    },
    sections: [
      {
        heading: t('reports.orgTraining.byCourse'),
        words: [
          t('reports.orgTraining.sum', { done: total('done') + total('expiring'), all: sumOf(whole) }),
          ...(total('recognised') > 0 ? [t('reports.orgTraining.recognised', { count: total('recognised') })] : []),
          ...(total('expiring') + total('expired') > 0
            ? [t('reports.orgTraining.renew', { soon: total('expiring'), ended: total('expired') })]
            : []),
          ...(total('late') > 0 ? [t('reports.orgTraining.late', { count: total('late') })] : []),
        ],
        chart: {
          kind: 'stacked',
          label: 'course',
          values: [...COLUMNS],
          finding: t('reports.orgTraining.sum', { done: total('done') + total('expiring'), all: sumOf(whole) }),
        },
        table: { columns: [column('course', t), ...stateColumns(t)], rows: [...byCourse(whole)] },
      },
      byTeamSection(counts, t),
      {
        heading: t('reports.orgTraining.toDo'),
        words: [t('reports.orgTraining.toDo.lead')],
        table: {
          columns: [
            column('person', t),
            column('team', t),
            column('course', t),
            column('state', t),
            { key: 'due', heading: t('reports.column.due'), kind: 'date' },
            { key: 'valid', heading: t('reports.column.validUntil'), kind: 'date' },
          ],
          rows: named(toDo, t),
        },
      },
    ],
  };
}

const column = (key: 'person' | 'team' | 'course' | 'state', t: Translate) =>
  ({ key, heading: key === 'team' ? t('reports.team') : t(`reports.column.${key}`), kind: 'text' }) as const;
const stateColumns = (t: Translate) =>
  COLUMNS.map((state) => ({ key: state, heading: t(`reports.trainingShort.${state}`), kind: 'count' }) as const);
const sumOf = (counts: readonly TrainingCount[]) => counts.reduce((sum, { people }) => sum + people, 0);

function* byCourse(whole: readonly TrainingCount[]): Generator<ReportRow> {
  for (const rows of Map.groupBy(whole, ({ course_id }) => course_id).values())
    yield [rows[0]?.title ?? '', ...inStates(rows)];
}

function byTeamSection(counts: readonly TrainingCount[], t: Translate): ReportSection {
  const rows = counts.filter(({ team_id }) => team_id !== null);
  return {
    heading: t('reports.orgTraining.byTeam'),
    words: [],
    table: {
      columns: [column('team', t), column('course', t), ...stateColumns(t)],
      rows: [...Map.groupBy(rows, ({ team_id, course_id }) => `${team_id} ${course_id}`).values()].map((own) => [
        { text: own[0]?.team ?? '', href: `/team/${own[0]?.team_id}/completions` },
        own[0]?.title ?? '',
        ...inStates(own),
      ]),
    },
  };
}

const inStates = (rows: readonly TrainingCount[]) =>
  COLUMNS.map((state) => rows.find((row) => row.state === state)?.people ?? 0);

async function* named(rows: Trained['toDo'], t: Translate): AsyncGenerator<ReportRow> {
  for await (const { name, teams, title, state, due_on, valid_until } of rows)
    yield [name, teams.join(', '), title, stateCell(state, t), due_on, valid_until];
}
