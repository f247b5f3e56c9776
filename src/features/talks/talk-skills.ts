import type { Source } from '../skills/estimate';
import { HELP_ANSWERS, helpLevel } from '../skills/self-assessment';
import type { SourceView } from './talk-topics';

/** Columns of the skills side by side. */
export const COLUMNS = ['own', 'seen', 'peers', 'quiz'] as const;
export type Column = (typeof COLUMNS)[number];

const COLUMN_OF: Record<Source, Column> = {
  self: 'own',
  peer: 'peers',
  experience_expert: 'peers',
  supervisor: 'seen',
  demonstration: 'seen',
  badge: 'seen',
  task: 'seen',
  earlier: 'seen',
  quiz: 'quiz',
};

export const sourcesOf = (columns: readonly Column[]): Source[] =>
  (Object.keys(COLUMN_OF) as Source[]).filter((source) => columns.includes(COLUMN_OF[source]));

/** The level that a view stands for: its own, or that of its help level (see `helpLevel`), in whole levels. */
export function levelOf({ level, help_level }: { level: number | null; help_level: 0 | 1 | 2 | 3 | null }): number {
  const answer = HELP_ANSWERS[help_level ?? 0];
  return Math.round(level ?? (answer ? helpLevel(answer) : 0));
}

export interface SkillRow {
  code: string;
  target: number;
  /** The newest view in each column; a column that the reader may not see is not there. */
  cells: Partial<Record<Column, SourceView>>;
}

/** The agreed target profile with the newest view in each column. */
export function sideBySide(targets: ReadonlyMap<string, number>, views: readonly SourceView[]): SkillRow[] {
  const byCode = Map.groupBy(views, ({ competence_code }) => competence_code);
  return [...targets].map(([code, target]) => {
    const cells: SkillRow['cells'] = {};
    for (const view of byCode.get(code) ?? []) {
      const known = cells[COLUMN_OF[view.source]];
      if (!known || known.observed_at < view.observed_at) cells[COLUMN_OF[view.source]] = view;
    }
    return { code, target, cells };
  });
}
