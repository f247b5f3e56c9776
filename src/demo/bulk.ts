import { copyRows } from './copy';

export type Row = Record<string, unknown>;

/** Parents before children, so that whole tables can be written one after another. */
const ORDER = [
  'organisations',
  'people',
  'credentials',
  'memberships',
  'teams',
  'team_members',
  'team_supervisors',
  'networks',
  'network_organisations',
  'network_coordinators',
  'learning_paths',
  'learning_path_texts',
  'path_courses',
  'path_assignments',
  'self_assessments',
  'self_assessment_answers',
  'enrolments',
  'lesson_progress',
  'help_levels',
  'help_requests',
  'quiz_attempts',
  'quiz_answers',
  'observations',
  'skill_points',
  'skill_estimates',
  'lesson_drafts',
  'draft_signatures',
  'draft_notes',
  'lesson_credits',
  'audit_events',
] as const;

export type Table = (typeof ORDER)[number];

/** Where the makers of history put their rows. */
export interface Rows {
  add(table: Table, row: Row): void;
}

const ROWS_AT_ONCE = 50_000;

/** Collects rows and writes them many at a time. */
export class BulkWriter implements Rows {
  private readonly waiting = new Map<Table, Row[]>();
  private rows = 0;
  written = 0;

  add(table: Table, row: Row): void {
    const rows = this.waiting.get(table);
    if (rows) rows.push(row);
    else this.waiting.set(table, [row]);
    this.rows += 1;
  }

  /** Writes what waits once it is much, to keep memory even. */
  async flushWhenFull(): Promise<void> {
    if (this.rows >= ROWS_AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    for (const table of ORDER) {
      const rows = this.waiting.get(table);
      if (rows) await copyRows(table, rows);
    }
    this.written += this.rows;
    this.waiting.clear();
    this.rows = 0;
  }
}
