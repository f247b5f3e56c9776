import { type Day, noonOf } from '../../../lib/calendar';
import { type AgreedCourse, courseState } from '../figures/training';
import type { TaskCompetence } from '../figures/validated';
import type { OwnCourse } from '../own/own-training.queries';
import type { ReportDocument, ReportSection } from './document';
import type { Reader } from './document-cells';
import { stateCell } from './training-document';

type Course = AgreedCourse | OwnCourse;

/** One person across all agreed courses and required skills, for who supervises them (domain table 4.5). */
export function personDocument(
  {
    name,
    courses,
    required,
    competences,
    today,
  }: {
    name: string;
    courses: readonly AgreedCourse[];
    required: readonly TaskCompetence[];
    competences: ReadonlyMap<string, { plain_name: string }>;
    today: Day;
  },
  reader: Reader,
): ReportDocument {
  const { t, fmt } = reader;
  return {
    slug: t('reports.completions.file'),
    title: name,
    scope: name,
    about: {
      n: null,
      coverage: t('reports.person.lead'),
      freshness: t('reports.about.today', { date: fmt.date(noonOf(today)) }),
      definitions: [{ term: t('reports.column.validated'), meaning: t('reports.person.required.lead') }],
      hidden: [],
    },
    sections: [
      coursesSection(t('reports.people.agreed'), courses, today, reader),
      historySection(courses, reader),
      {
        heading: t('reports.person.required'),
        words: [],
        table: {
          columns: [
            { key: 'code', heading: t('reports.column.code'), kind: 'text' },
            { key: 'skill', heading: t('reports.column.skill'), kind: 'text' },
            { key: 'state', heading: t('reports.column.state'), kind: 'text' },
            { key: 'validated', heading: t('reports.column.validated'), kind: 'date' },
          ],
          rows: required.map(({ code, reached, validated_at }) => [
            code,
            competences.get(code)?.plain_name ?? code,
            t(validated_at ? (reached ? 'reports.person.reached' : 'reports.person.onTheWay') : 'reports.heat.waiting'),
            validated_at,
          ]),
        },
      },
    ],
  };
}

/** Everything that a person has studied, for themselves alone. */
export function ownTrainingDocument(
  name: string,
  courses: readonly OwnCourse[],
  today: Day,
  reader: Reader,
): ReportDocument {
  const { t, fmt } = reader;
  const [agreed, own] = [courses.filter(({ agreed_at }) => agreed_at), courses.filter(({ agreed_at }) => !agreed_at)];
  return {
    slug: t('reports.own.file'),
    title: t('reports.own.heading'),
    scope: name,
    about: {
      n: null,
      coverage: t('reports.own.coverage'),
      freshness: t('reports.about.today', { date: fmt.date(noonOf(today)) }),
      definitions: [],
      hidden: [],
    },
    sections: [
      coursesSection(t('reports.own.agreed'), agreed, today, reader),
      coursesSection(t('reports.own.free'), own, today, reader),
      historySection(courses, reader),
    ],
  };
}

function coursesSection(heading: string, courses: readonly Course[], today: Day, { t }: Reader): ReportSection {
  const date = (key: string) => ({ key, heading: t(`reports.column.${key}`), kind: 'date' }) as const;
  return {
    heading,
    words: [],
    table: {
      columns: [
        { key: 'course', heading: t('reports.column.course'), kind: 'text' },
        { key: 'state', heading: t('reports.column.state'), kind: 'text' },
        { key: 'lessonsDone', heading: t('reports.column.lessonsDone'), kind: 'count' },
        { key: 'lessonsTotal', heading: t('reports.column.lessonsTotal'), kind: 'count' },
        date('agreedOn'),
        date('due'),
        date('completed'),
        date('recognisedOn'),
        date('renewed'),
        date('validUntil'),
      ],
      rows: courses.map((course) => [
        course.title,
        stateCell(courseState(course, today), t),
        course.lessons_done,
        course.lessons_total,
        course.agreed_at,
        course.due_on,
        course.completed_at,
        course.recognised_at,
        course.renewed_at,
        course.valid_until,
      ]),
    },
  };
}

/** Each completion and renewal in a row of its own, the newest first; the newest one with the day that is agreed now. */
function historySection(courses: readonly Course[], { t }: Reader): ReportSection {
  const rows = courses.flatMap(({ title, history, valid_until }) =>
    history.map((one, index) => ({ title, ...one, valid_until: index === 0 ? valid_until : one.valid_until })),
  );
  return {
    heading: t('reports.history.heading'),
    words: [],
    table: {
      columns: [
        { key: 'course', heading: t('reports.column.course'), kind: 'text' },
        { key: 'what', heading: t('reports.column.state'), kind: 'text' },
        { key: 'on', heading: t('reports.column.completed'), kind: 'date' },
        { key: 'validUntil', heading: t('reports.column.validUntil'), kind: 'date' },
      ],
      rows: rows
        .toSorted((a, b) => (a.on < b.on ? 1 : -1))
        .map(({ title, on, is_renewal, valid_until }) => [
          title,
          t(is_renewal ? 'reports.history.renewal' : 'reports.history.first'),
          on,
          valid_until,
        ]),
    },
  };
}
