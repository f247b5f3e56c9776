import { noonOf } from '../../../lib/calendar';
import { OTHERS, releasedTable } from '../closing/release';
import { missingSection } from '../figures/one-page-missing';
import type { OnePage, Trend } from '../pages/one-page.queries';
import type { Period } from '../period';
import { hiddenCell, type ReportCell, type ReportDocument, type ReportSection } from './document';
import type { Reader } from './document-cells';
import { growthWords } from './growth-document';
import { say } from './report-words';

const MOST_LEARNED = 5;
/** Skills that fit on the page; the rest are in the reports of growth and coverage. */
const MOST_SKILLS = 8;

export interface OnePageOf {
  page: OnePage;
  /** Of a team; else of the whole organisation. */
  isTeam: boolean;
  scope: string;
  organisationId: string;
  period: Period;
}

/** A manager's report on one page: text first, numbers second. What has no data yet says so. */
export function onePageDocument(of: OnePageOf, reader: Reader): ReportDocument {
  const { t, fmt } = reader;
  const { page, period, scope } = of;
  const { growth, k } = page;
  return {
    slug: t('reports.page.file'),
    title: t('reports.page.heading'),
    scope,
    period: { from: period.from, to: period.to },
    about: {
      n: growth.people > 0 ? growth.people : null,
      coverage: [t('reports.sure.people', { people: growth.people, team: growth.team }), ownViewWords(of, reader)].join(
        ' ',
      ),
      freshness: [
        t('reports.asOf', { date: fmt.date(noonOf(period.to)) }),
        ...(growth.oldestMonths ? [t('reports.sure.oldest', { count: growth.oldestMonths })] : []),
      ].join(' '),
      definitions: [
        { term: t('reports.column.change'), meaning: t('reports.growth.definition.verdict') },
        { term: t('reports.column.atTarget'), meaning: t('reports.coverage.definition.reached') },
        { term: t('reports.page.before'), meaning: t('reports.page.means.before') },
      ],
      hidden: [
        t('reports.page.hidden', { least: k }),
        ...(growth.hidden > 0 ? [t('reports.sure.hidden', { count: growth.hidden })] : []),
      ],
    },
    sections: [
      learnedSection(of, reader),
      routinesSection(of, reader),
      skillsSection(of, reader),
      supportSection(of, reader),
      missingSection(of, reader),
    ],
  };
}

/** How large a part is only people's own view, in words. */
function ownViewWords({ page: { growth } }: OnePageOf, { t }: Reader): string {
  if (growth.verifiedShare === undefined) return '';
  const key = { 90: '.most', 10: '.few' }[growth.verifiedShare] ?? '';
  return t(`reports.sure.verified${key}`, { share: growth.verifiedShare });
}

function learnedSection({ page: { learned } }: OnePageOf, { t }: Reader): ReportSection {
  const told = learned
    .filter(({ kind }) => kind !== 'lesson')
    .map(({ kind, words, tried }) => t(`reports.page.learned.${kind}`, { words, tried }));
  // Teams may have learned the same.
  const sentences = [...new Set(told)].slice(0, MOST_LEARNED);
  const lessons = learned.filter(({ kind }) => kind === 'lesson');
  const wished = lessons.filter((lesson) => lesson.wished).length;
  return {
    heading: t('reports.page.learned'),
    words: [
      ...sentences,
      ...(sentences.length === 0 ? [t('reports.page.learned.none')] : []),
      ...(lessons.length > 0
        ? [t('reports.page.learned.lessons', { titles: lessons.map(({ words }) => words).join(', ') })]
        : [t('reports.page.learned.noLessons')]),
      ...(wished > 0 ? [t('reports.page.learned.wished', { count: wished })] : []),
      t('reports.page.learned.later'),
    ],
  };
}

const ROUTINES = ['steps', 'experiments', 'dropped', 'lessons', 'signatures'] as const;

function routinesSection({ page, isTeam }: OnePageOf, { t }: Reader): ReportSection {
  const rows = ROUTINES.filter((what) => !isTeam || (what !== 'lessons' && what !== 'signatures')).map((what) => ({
    what,
    trend: page.routines.get(what) ?? { now: 0, before: 0 },
  }));
  const talks = talksRow(page);
  const alive = rows.filter(({ what, trend }) => what !== 'dropped' && trend.now > 0).length + (talks.isAlive ? 1 : 0);
  const all = rows.length;
  return {
    heading: t('reports.page.routines'),
    words: [t('reports.page.routines.alive', { count: alive, all })],
    table: {
      columns: [
        { key: 'what', heading: t('reports.page.routine'), kind: 'text' },
        { key: 'now', heading: t('reports.page.now'), kind: 'count' },
        { key: 'before', heading: t('reports.page.before'), kind: 'count' },
        { key: 'trend', heading: t('reports.page.trend'), kind: 'text' },
      ],
      rows: [
        [
          t('reports.page.routine.talks'),
          talks.now,
          talks.before,
          talks.trend ? t(`reports.page.trend.${talks.trend}`) : '',
        ],
        ...rows.map(({ what, trend }) => [
          t(`reports.page.routine.${what}`),
          trend.now,
          trend.before,
          t(`reports.page.trend.${trendOf(trend)}`),
        ]),
      ],
    },
  };
}

const trendOf = ({ now, before }: Trend) =>
  now === 0 && before === 0 ? 'none' : now > before ? 'more' : now < before ? 'less' : 'same';

/** Talks are about few: told when as many people talked as a group must have. */
function talksRow({ talks, k }: OnePage) {
  const cell = (half: 'now' | 'before'): ReportCell => {
    const row = talks.get(half);
    if (!row || row.people === 0) return 0;
    return row.people >= k ? row.talks : hiddenCell('small', k);
  };
  const [now, before] = [cell('now'), cell('before')];
  const isTold = typeof now === 'number' && typeof before === 'number';
  return { now, before, isAlive: now !== 0, trend: isTold ? trendOf({ now, before }) : undefined };
}

function skillsSection({ page }: OnePageOf, reader: Reader): ReportSection {
  const { t, fmt } = reader;
  const { growth, coverage, competences, k } = page;
  const change = new Map(growth.rows.map((row) => [row.code, row]));
  const shown = coverage.rows.filter((row) => row.shown);
  const rows = shown.slice(0, MOST_SKILLS);
  const grown = growthWords(growth, reader);
  return {
    heading: t('reports.page.skills'),
    words: [
      ...(grown.length > 0 ? grown : [t('reports.page.skills.noGrowth')]),
      shown.length > 0
        ? t('reports.page.skills.reached', { count: coverage.mostReached, all: shown.length })
        : t('reports.growth.empty.hidden', { least: k }),
      ...(shown.length > rows.length ? [t('reports.page.skills.more', { count: shown.length - rows.length })] : []),
    ],
    ...(rows.length > 0 && {
      table: {
        columns: [
          { key: 'skill', heading: t('reports.column.skill'), kind: 'text' },
          { key: 'reached', heading: t('reports.column.atTarget'), kind: 'text' },
          { key: 'bands', heading: t('reports.page.bands'), kind: 'text' },
          { key: 'change', heading: t('reports.column.change'), kind: 'verdict' },
          { key: 'interval', heading: t('reports.page.interval'), kind: 'text' },
          { key: 'people', heading: t('reports.column.people'), kind: 'count' },
        ] as const,
        rows: rows.map(({ code, n, reached, bands }) => {
          const grew = change.get(code);
          return [
            competences.get(code)?.plain_name ?? code,
            reached.exact ? `${reached.counts.reached} / ${n}` : say.reached(reached, t),
            bands.exact
              ? (['1', '2', '3', '4'] as const).map((band) => bands.counts[band] ?? 0).join(' · ')
              : say.band(bands, t),
            grew?.shown ? grew.verdict : grew ? hiddenCell(grew.reason, k) : null,
            grew?.shown ? `${fmt.signed(grew.interval[0], 1)} … ${fmt.signed(grew.interval[1], 1)}` : null,
            n,
          ];
        }),
      },
    }),
  };
}

function supportSection({ page: { topics, k } }: OnePageOf, { t }: Reader): ReportSection {
  const people = topics.reduce((sum, topic) => sum + topic.people, 0);
  const requests = topics.reduce((sum, topic) => sum + topic.requests, 0);
  const answered = topics.reduce((sum, topic) => sum + topic.answered, 0);
  const titles = new Map(
    topics.map(({ course_id, title }) => [course_id ?? '', title ?? t('reports.page.support.noTopic')]),
  );
  const told = releasedTable(
    topics.map((topic) => ({ keys: [topic.course_id ?? ''], n: topic.people })),
    k,
  );
  return {
    heading: t('reports.page.support'),
    words: [
      requests === 0
        ? t('reports.page.support.none')
        : people < k
          ? t('reports.page.support.few', { least: k })
          : t('reports.page.support.sum', { requests, answered, open: requests - answered }),
      t('reports.page.support.later'),
    ],
    ...(told.length > 0 && {
      table: {
        columns: [
          { key: 'topic', heading: t('reports.page.topic'), kind: 'text' },
          { key: 'people', heading: t('reports.column.people'), kind: 'count' },
        ] as const,
        rows: told.map(({ keys: [topic], n }) => [
          topic === OTHERS ? t('reports.page.support.others') : (titles.get(topic) ?? ''),
          n,
        ]),
      },
    }),
  };
}
