import pg from 'pg';
import { type Field, RowShape } from './row-shape';

/** One statement as it goes to PostgreSQL. `name` makes it a prepared statement of its connection. */
export interface Statement {
  text: string;
  values: readonly unknown[];
  name?: string;
}

/** A statement that a connection knows: its name there and, once it has run, the shape of its rows; null when it gives none. */
interface Prepared {
  alias: string;
  shape?: RowShape | null;
}

/** The few parts of pg's connection that a batch uses; they are pg's own interface for cursors and copies. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parse(message: { text: string; name?: string }): void;
  bind(message: { statement?: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void;
  describe(message: { type: string; name: string }): void;
  execute(message: object): void;
  sync(): void;
  /** By our names of statements. */
  oppivaPrepared?: Map<string, Prepared>;
  oppivaAliases?: number;
}

/** What is known of one statement's result so far. */
interface Building {
  rows: Record<string, unknown>[];
  shape: RowShape | null | undefined;
  command: string;
  rowCount: number | null;
  prepared: Prepared | undefined;
}

const { utils } = pg as unknown as { utils: { prepareValue(value: unknown): unknown } };
const mapValue = (value: unknown) => utils.prepareValue(value);

/**
 * Several statements in one flight: all are written at once and followed by one Sync. Outside an explicit
 * transaction PostgreSQL runs them as one implicit transaction, so a transaction-local setting in the first
 * statement holds for the others and for nobody else.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class Batch {
  readonly done: Promise<pg.QueryResult[]>;
  /** pg wraps this when it exists; our own promise answers instead. */
  callback: (error?: Error | null) => void = () => {};
  private readonly results: Building[] = [];
  private current = 0;
  private resolve!: (results: pg.QueryResult[]) => void;
  private reject!: (error: Error) => void;

  constructor(private readonly statements: readonly Statement[]) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  submit(wire: Wire): null {
    wire.oppivaPrepared ??= new Map();
    wire.stream.cork();
    try {
      for (const statement of this.statements) this.send(wire, statement);
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  private send(wire: Wire, { text, values, name }: Statement): void {
    const prepared = this.parse(wire, text, name);
    this.results.push({ rows: [], shape: prepared?.shape, command: '', rowCount: null, prepared });
    wire.bind({ statement: prepared?.alias ?? '', values: [...values], valueMapper: mapValue });
    if (prepared?.shape === undefined) wire.describe({ type: 'P', name: '' });
    wire.execute({});
  }

  /** Asks for the statement to be parsed unless this connection knows it already; undefined for one without a name. */
  private parse(wire: Wire, text: string, name: string | undefined): Prepared | undefined {
    const known = name && wire.oppivaPrepared?.get(name);
    if (known) return known;
    if (!name) {
      wire.parse({ text, name: '' });
      return undefined;
    }
    wire.oppivaAliases = (wire.oppivaAliases ?? 0) + 1;
    const prepared = { alias: `${name}_${wire.oppivaAliases}` };
    wire.parse({ text, name: prepared.alias });
    wire.oppivaPrepared?.set(name, prepared);
    return prepared;
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    const result = this.results[this.current];
    if (!result) return;
    result.shape = new RowShape(fields);
    if (result.prepared) result.prepared.shape = result.shape;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const result = this.results[this.current];
    if (result?.shape) result.rows.push(result.shape.row(fields));
  }

  /** "SELECT 5", "INSERT 0 1", "SET" */
  handleCommandComplete({ text }: { text: string }): void {
    const result = this.results[this.current];
    if (result) {
      const [command = '', ...counts] = text.split(' ');
      const count = Number(counts.at(-1));
      result.command = command;
      result.rowCount = counts.length > 0 && Number.isInteger(count) ? count : null;
      if (result.prepared && result.shape === undefined) result.prepared.shape = null;
    }
    this.current += 1;
  }

  handleEmptyQuery(): void {
    this.current += 1;
  }

  /**
   * After an error we cannot know which of this flight's new statements were parsed, and one that was known may be so no
   * longer after a change of its table: all get new names next time.
   */
  handleError(error: Error, wire?: Wire): void {
    for (const { name } of this.statements) if (name) wire?.oppivaPrepared?.delete(name);
    this.reject(error);
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.resolve(
      this.results.map(({ rows, shape, command, rowCount }) => ({
        rows,
        fields: [...(shape?.fields ?? [])] as pg.FieldDef[],
        command,
        rowCount,
        oid: 0,
      })),
    );
    this.callback(null);
  }

  handlePortalSuspended(): void {}
}
