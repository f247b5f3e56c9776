import { db } from '../lib/db';

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

const ROWS_AT_ONCE = 5000;

/** Collects rows and writes them many at a time: one statement with one array for each column. */
export class BulkWriter implements Rows {
  private readonly waiting = new Map<Table, Row[]>();
  private readonly types = new Map<Table, Map<string, string>>();
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
    if (this.rows >= 10 * ROWS_AT_ONCE) await this.flush();
  }

  async flush(): Promise<void> {
    for (const table of ORDER) {
      const rows = this.waiting.get(table) ?? [];
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await this.write(table, rows.slice(from, from + ROWS_AT_ONCE));
    }
    this.written += this.rows;
    this.waiting.clear();
    this.rows = 0;
  }

  private async write(table: Table, rows: Row[]): Promise<void> {
    const columns = Object.keys(rows[0] ?? {});
    const types = await this.typesOf(table);
    // Everything travels as text, so arrays within rows need no second dimension that unnest would flatten.
    await db().raw(
      `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => `${name}::${types.get(name)}`).join(', ')}
       from unnest(${columns.map(() => '?::text[]').join(', ')}) as given (${columns.join(', ')})`,
      columns.map((name) => rows.map((row) => asText(row[name]))) as never,
    );
  }

  private async typesOf(table: Table): Promise<Map<string, string>> {
    const known = this.types.get(table);
    if (known) return known;
    const { rows } = await db().raw(
      `select attname, format_type(atttypid, atttypmod) as type from pg_attribute
       where attrelid = ?::regclass and attnum > 0 and not attisdropped`,
      [table],
    );
    const types = new Map<string, string>(
      rows.map((row: { attname: string; type: string }) => [row.attname, row.type]),
    );
    this.types.set(table, types);
    return types;
  }
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map((item) => JSON.stringify(String(item))).join(',')}}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
