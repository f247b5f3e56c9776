import { type Day, noonOf } from '../../../lib/calendar';
import { type AgreedCourse, courseState } from '../figures/training';
import type { ReportColumn, ReportDocument, ReportRow } from './document';
import type { Reader } from './document-cells';

export interface CompletionsOf {
  members: readonly { person_id: string; name: string }[];
  courses: readonly AgreedCourse[];
  today: Day;
  /** Whose training, in words. */
  scope: string;
}

/** Agreed training by person and course, as a document; who has none has one row that says so. */
export function completionsDocument({ members, courses, today, scope }: CompletionsOf, reader: Reader): ReportDocument {
  const { t, fmt } = reader;
  const byPerson = Map.groupBy(courses, ({ person_id }) => person_id);
  const column = (key: string, kind: ReportColumn['kind']): ReportColumn => ({
    key,
    heading: t(`reports.column.${key}`),
    kind,
  });
  return {
    slug: t('reports.completions.file'),
    title: t('reports.completions.heading'),
    scope,
    about: {
      n: members.length,
      coverage: `${t('reports.completions.coverage', { count: members.length, agreed: byPerson.size })} ${t('reports.completions.lead')}`,
      freshness: t('reports.about.today', { date: fmt.date(noonOf(today)) }),
      definitions: [{ term: t('reports.training.late'), meaning: t('reports.completions.definition.late') }],
      hidden: [],
    },
    sections: [
      {
        heading: t('reports.completions.caption'),
        words: [],
        table: {
          columns: [
            column('person', 'text'),
            column('course', 'text'),
            column('lessonsDone', 'count'),
            column('lessonsTotal', 'count'),
            column('state', 'text'),
            column('completed', 'date'),
            column('due', 'date'),
            column('validUntil', 'date'),
          ],
          rows: members.flatMap((member) => rowsOf(member, byPerson.get(member.person_id), today, reader)),
        },
      },
    ],
  };
}

function rowsOf(
  { name }: { name: string },
  own: readonly AgreedCourse[] | undefined,
  today: Day,
  { t }: Reader,
): ReportRow[] {
  if (!own) return [[name, null, null, null, t('reports.training.none'), null, null, null]];
  return own.map((course) => [
    name,
    course.title,
    course.lessons_done,
    course.lessons_total,
    t(`reports.training.${courseState(course, today)}`),
    course.completed_at,
    course.due_on,
    course.valid_until,
  ]);
}
