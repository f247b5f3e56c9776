import { noonOf } from '../../../lib/calendar';
import type { Translate } from '../../../lib/i18n';
import type { Actor } from '../../organisations/organisations.model';
import { type Cell, suppress, suppressWithTotal } from '../../skills/suppression';
import { pooledInOrder } from '../figures/in-order';
import type { CourseCounts, LessonStop } from '../pages/courses.queries';
import type { Period } from '../period';
import { hiddenCell, type ReportCell, type ReportDocument, type ReportRow } from './document';
import type { Reader } from './document-cells';

const LEAST_WITH_CLIENTS = 10;
const PARTS = ['finished', 'going', 'stopped'] as const;

/** A course of this many minutes' lesson is a long one: the aim is five to ten. */
const LONG_MINUTES = 10;

interface Asked {
  actor: Pick<Actor, 'organisation_name' | 'smallest_group'>;
  /** Figures are those of its end. */
  period: Period;
  reader: Reader;
}

const leastOfCourse = ({ has_clients }: Pick<CourseCounts, 'has_clients'>, smallestGroup: number) =>
  has_clients ? Math.max(LEAST_WITH_CLIENTS, smallestGroup) : smallestGroup;

/** All courses that people have begun: how many finished, go on and stopped. */
export function coursesDocument(courses: readonly CourseCounts[], asked: Asked): ReportDocument {
  const { t } = asked.reader;
  const rows = courses.map((course) => courseRow(course, leastOfCourse(course, asked.actor.smallest_group)));
  const hidden = rows.filter((row) => row.slice(1).some((cell) => typeof cell === 'object')).length;
  return {
    ...head(t('reports.courses.heading'), asked),
    about: {
      n: null,
      ...aboutCourses(asked),
      hidden: hidden > 0 ? [t('reports.courses.hidden', { count: hidden })] : [],
    },
    sections: [
      {
        heading: t('reports.courses.each'),
        words: [t('reports.courses.lead')],
        table: {
          columns: [
            { key: 'course', heading: t('reports.column.course'), kind: 'text' },
            { key: 'started', heading: t('reports.courses.started'), kind: 'count' },
            ...PARTS.map((part) => ({ key: part, heading: t(`reports.courses.${part}`), kind: 'count' }) as const),
            { key: 'recognised', heading: t('reports.courses.recognised'), kind: 'count' },
          ],
          rows,
        },
      },
    ],
  };
}

function courseRow(course: CourseCounts, k: number): ReportRow {
  const { cells, total } = partsOf(course, k);
  const shown = (one: Cell): ReportCell => (one.shown ? one.n : hiddenCell(one.reason, k));
  return [
    { text: course.title, href: `/reports/courses/${course.slug}` },
    total.shown ? total.n : hiddenCell(total.reason, k),
    ...PARTS.map((part) => shown(cells[part])),
    shown(recognisedOf(course, k)),
  ];
}

const partsOf = ({ finished, going, stopped }: CourseCounts, k: number) =>
  suppressWithTotal({ finished, going, stopped }, k);

/** No part of those who began: nobody can be told from it and the others. */
const recognisedOf = ({ recognised }: CourseCounts, k: number) => suppress({ recognised }, k).recognised;

/** Where people stop in one course, lesson by lesson, and what to look at next. */
export function courseDocument(course: CourseCounts, lessons: readonly LessonStop[], asked: Asked): ReportDocument {
  const { t } = asked.reader;
  const k = leastOfCourse(course, asked.actor.smallest_group);
  const { cells, total } = partsOf(course, k);
  const recognised = recognisedOf(course, k);
  const isOpen = total.shown && PARTS.every((part) => cells[part].shown);
  const numbers = lessons.map((lesson, index) => ({ item: { ...lesson, number: index + 1 }, n: lesson.stopped }));
  const pools = isOpen ? pooledInOrder(numbers, k) : [];
  const most = pools.filter(({ n }) => n > 0).toSorted((a, b) => b.n - a.n)[0];
  const finding = most
    ? t('reports.course.most', { count: most.n, lessons: lessonsOf(most.items, t) })
    : t('reports.course.nobody');
  return {
    ...head(course.title, asked),
    about: {
      n: isOpen ? course.started : null,
      ...aboutCourses(asked),
      hidden: isOpen
        ? pools.some(({ items }) => items.length > 1)
          ? [t('reports.course.pooled', { least: k })]
          : []
        : [t('reports.course.hidden', { least: k })],
    },
    sections: isOpen
      ? [
          {
            heading: t('reports.course.sum'),
            words: [
              t('reports.course.parts', {
                started: course.started,
                finished: course.finished,
                going: course.going,
                stopped: course.stopped,
              }),
              ...(recognised.shown && recognised.n > 0
                ? [t('reports.course.recognised', { count: recognised.n })]
                : []),
            ],
          },
          {
            heading: t('reports.course.where'),
            words: [finding],
            chart: { kind: 'bars', label: 'lesson', values: ['stopped'], finding },
            table: {
              columns: [
                { key: 'lesson', heading: t('reports.course.lesson'), kind: 'text' },
                { key: 'stopped', heading: t('reports.courses.stopped'), kind: 'count' },
                { key: 'look', heading: t('reports.course.look'), kind: 'text' },
              ],
              rows: pools.map(({ items, n }) => [lessonsOf(items, t), n, n > 0 ? lookAt(items, t) : '']),
            },
          },
        ]
      : [{ heading: t('reports.course.where'), words: [t('reports.course.hidden', { least: k })] }],
  };
}

type Numbered = LessonStop & { number: number };

function lessonsOf(items: readonly Numbered[], t: Translate): string {
  const [first, last] = [items[0] as Numbered, items.at(-1) as Numbered];
  if (first === last) return `${first.number}. ${first.title}`;
  return t('reports.course.lessons', { first: first.number, last: last.number, title: first.title });
}

/** What an author can look at: facts of the lesson, never of the people. */
function lookAt(items: readonly Numbered[], t: Translate): string {
  const reasons = [
    items.some(({ has_easy }) => !has_easy) && t('reports.course.look.easy'),
    items.some(({ minutes }) => minutes > LONG_MINUTES) && t('reports.course.look.long', { minutes: LONG_MINUTES }),
    items.some(({ kind }) => kind === 'quiz') && t('reports.course.look.quiz'),
    items.some(({ kind }) => kind === 'h5p') && t('reports.course.look.task'),
  ].filter((reason) => reason !== false);
  return reasons.length > 0 ? reasons.join(' ') : t('reports.course.look.read');
}

const head = (title: string, { actor, reader }: Asked) => ({
  slug: reader.t('reports.courses.file'),
  title,
  scope: actor.organisation_name,
});

function aboutCourses({ period, reader: { t, fmt } }: Asked) {
  return {
    coverage: t('reports.courses.coverage'),
    freshness: t('reports.asOf', { date: fmt.date(noonOf(period.to)) }),
    definitions: [...PARTS, 'recognised' as const, 'look' as const].map((part) => ({
      term: t(part === 'look' ? 'reports.course.look' : `reports.courses.${part}`),
      meaning: t(`reports.courses.means.${part}`),
    })),
  };
}
