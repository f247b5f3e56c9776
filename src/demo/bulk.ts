import { copyRows } from './copy';

export type Row = Record<string, unknown>;

/** Parents before children, so that whole tables can be written one after another. */
const ORDER = [
  'organisations',
  'organisation_words',
  'people',
  'credentials',
  'sign_in_ways',
  'sign_in_rules',
  'target_profiles',
  'memberships',
  'target_profile_versions',
  'target_levels',
  'teams',
  'team_members',
  'team_supervisors',
  'shared_devices',
  'networks',
  'network_organisations',
  'network_coordinators',
  'learning_paths',
  'learning_path_texts',
  'path_courses',
  'path_steps',
  'path_step_texts',
  'path_groups',
  'path_conditions',
  'path_rules',
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
  'badge_issuers',
  'badge_mappings',
  'badges',
  'submissions',
  'submission_skills',
  'submission_events',
  'observation_responses',
  'view_invitations',
  'invited_views',
  'skill_shares',
  'lesson_drafts',
  'draft_signatures',
  'draft_events',
  'draft_versions',
  'draft_comments',
  'course_people',
  'field_tests',
  'field_testers',
  'field_test_marks',
  'bank_questions',
  'question_imports',
  'question_import_items',
  'lesson_credits',
  'credit_wishes',
  'dialogue_records',
  'own_reports',
  'own_report_readers',
  'plan_versions',
  'plan_lines',
  'talks',
  'talk_goals',
  'talk_preparations',
  'team_cycles',
  'team_cycle_steps',
  'team_experiments',
  'notifications',
  'audit_events',
] as const;

export type Table = (typeof ORDER)[number];

/** Where the makers of history put their rows. */
export interface Rows {
  add(table: Table, row: Row): void;
}

const ROWS_AT_ONCE = 50_000;

type Waiting = Map<Table, Row[]>;

/** Collects rows and writes them many at a time; while PostgreSQL takes one lot in, the next one is made. */
export class BulkWriter implements Rows {
  private waiting: Waiting = new Map();
  private rows = 0;
  private flight: Promise<void> = Promise.resolve();
  written = 0;

  add(table: Table, row: Row): void {
    const rows = this.waiting.get(table);
    if (rows) rows.push(row);
    else this.waiting.set(table, [row]);
    this.rows += 1;
  }

  /** Sends off what waits once it is much, to keep memory even. Throws what the lot before met. */
  async flushWhenFull(): Promise<void> {
    // What is under way needs turns of its own to go out and come in.
    await new Promise(setImmediate);
    if (this.rows < ROWS_AT_ONCE) return;
    await this.flight;
    this.flight = copyAll(this.take());
    this.flight.catch(() => undefined);
  }

  async flush(): Promise<void> {
    await this.flight;
    await copyAll(this.take());
  }

  private take(): Waiting {
    const taken = this.waiting;
    this.written += this.rows;
    this.waiting = new Map();
    this.rows = 0;
    return taken;
  }
}

async function copyAll(lot: Waiting): Promise<void> {
  for (const table of ORDER) {
    const rows = lot.get(table);
    if (rows) await copyRows(table, rows);
  }
}
