import { db } from '../lib/db';

/** The part of pg's connection that sends what COPY reads. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Writes rows of the same columns in one COPY, on the connection of the open transaction. Throws what PostgreSQL throws. */
export async function copyRows(table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => asText(row[column])).join('\t'));
  const copy = new Copy(`copy ${table} (${columns.join(', ')}) from stdin`, Buffer.from(`${lines.join('\n')}\n`));
  const { client } = db();
  const connection = await client.acquireConnection();
  try {
    connection.query(copy);
    await copy.done;
  } finally {
    await client.releaseConnection(connection);
  }
}

/** What pg calls a submittable: one statement that answers PostgreSQL's "copy in" with its data. */
class Copy {
  readonly done: Promise<void>;
  /** pg wraps this when it exists; our own promise answers instead. */
  callback: () => void = () => {};
  private resolve!: () => void;
  private reject!: (error: Error) => void;

  constructor(
    private readonly text: string,
    private readonly data: Buffer,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(wire: Wire): null {
    wire.query(this.text);
    return null;
  }

  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFromChunk(this.data);
    wire.endCopyFrom();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback();
    this.resolve();
  }

  handleError(error: Error): void {
    this.callback();
    this.reject(error);
  }
}

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** https://www.postgresql.org/docs/current/sql-copy.html, "Text format". */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return escaped(`{${value.map((item) => JSON.stringify(String(item))).join(',')}}`);
  return typeof value === 'object' ? escaped(JSON.stringify(value)) : String(value);
}

const escaped = (text: string) => text.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
