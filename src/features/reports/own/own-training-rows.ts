import type { ReportCell, ReportColumn, ReportRow } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import { stateCell } from '../documents/training-document';
import { type AgreedCourse, courseState, type TrainingState } from '../figures/training';
import type { TrainingCount } from '../pages/training.queries';
import type { Definition } from './own-definition';
import type { OwnRow } from './own-skill-rows';

/**
 * Counts of agreed training by course and team. Who reads them may also read the same by name, so nothing is hidden: it is
 * the one thing of table 4.5 that supervisors and administrators see of everybody.
 */
export function trainingRows(
  { groups, columns, filters }: Definition,
  counts: readonly TrainingCount[],
  teams: readonly string[] | null,
): OwnRow[] {
  const isWhole = teams === null && !filters.team && !groups.includes('team');
  const own = counts.filter(({ team_id, state }) => {
    if (state === null) return false;
    if (isWhole) return team_id === null;
    if (team_id === null || (filters.team && team_id !== filters.team)) return false;
    return teams === null || teams.includes(team_id);
  });
  const rows = Map.groupBy(own, (count) =>
    JSON.stringify(groups.map((group) => (group === 'team' ? count.team_id : count.course_id))),
  );
  return [...rows].map(([key, some]) => {
    const cells = columns.map((state) => sumOf(some.filter((count) => count.state === state)));
    return { keys: JSON.parse(key) as string[], n: sumOf(some), cells };
  });
}

const sumOf = (counts: readonly TrainingCount[]) => counts.reduce((sum, { people }) => sum + people, 0);

export const trainingColumns = ({ columns }: Definition, { t }: Reader): ReportColumn[] =>
  columns.map((state) => ({ key: state, heading: t(`reports.trainingShort.${state}`), kind: 'count' }));

/** The agreed training of people by name, in the order of names, of the chosen states. */
export function namedRows(
  courses: readonly AgreedCourse[],
  { columns }: Definition,
  today: string,
  { t }: Reader,
): ReportRow[] {
  return courses
    .map((course) => ({ course, state: courseState(course, today) }))
    .filter(({ state }) => columns.includes(state))
    .map(({ course, state }): ReportCell[] => [
      course.name,
      course.title,
      stateCell(state as TrainingState, t),
      course.due_on,
      course.completed_at,
    ]);
}

export const namedColumns = ({ t }: Reader): ReportColumn[] => [
  { key: 'person', heading: t('reports.column.person'), kind: 'text' },
  { key: 'course', heading: t('reports.column.course'), kind: 'text' },
  { key: 'state', heading: t('reports.column.state'), kind: 'text' },
  { key: 'due', heading: t('reports.column.due'), kind: 'date' },
  { key: 'completed', heading: t('reports.column.completed'), kind: 'date' },
];
