import pg from 'pg';

/** One statement as it goes to PostgreSQL. `name` makes it a prepared statement of its connection. */
export interface Statement {
  text: string;
  values: readonly unknown[];
  name?: string;
}

/** The few parts of pg's connection that a batch uses; they are pg's own interface for cursors and copies. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parse(message: { text: string; name?: string }): void;
  bind(message: { statement?: string; values: unknown[]; valueMapper: (value: unknown) => unknown }): void;
  describe(message: { type: string; name: string }): void;
  execute(message: object): void;
  sync(): void;
  /** Our names of prepared statements -> their names on this connection. */
  oppivaPrepared?: Map<string, string>;
  oppivaAliases?: number;
}

interface ResultBuilder extends pg.QueryResult {
  addFields(fields: unknown[]): void;
  parseRow(fields: unknown[]): unknown;
  addRow(row: unknown): void;
  addCommandComplete(message: unknown): void;
}

const { Result: ResultClass, utils } = pg as unknown as {
  Result: new () => ResultBuilder;
  utils: { prepareValue(value: unknown): unknown };
};
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
  private readonly results: ResultBuilder[];
  private current = 0;
  private resolve!: (results: pg.QueryResult[]) => void;
  private reject!: (error: Error) => void;
  private readonly parsing: string[] = [];

  constructor(private readonly statements: readonly Statement[]) {
    this.results = statements.map(() => new ResultClass());
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
    wire.bind({ statement: this.parse(wire, text, name), values: [...values], valueMapper: mapValue });
    wire.describe({ type: 'P', name: '' });
    wire.execute({});
  }

  /** Asks for the statement to be parsed unless this connection knows it already; returns its name there. */
  private parse(wire: Wire, text: string, name: string | undefined): string {
    const known = name && wire.oppivaPrepared?.get(name);
    if (known) return known;
    if (!name) {
      wire.parse({ text, name: '' });
      return '';
    }
    wire.oppivaAliases = (wire.oppivaAliases ?? 0) + 1;
    const alias = `${name}_${wire.oppivaAliases}`;
    wire.parse({ text, name: alias });
    wire.oppivaPrepared?.set(name, alias);
    this.parsing.push(name);
    return alias;
  }

  handleRowDescription(message: { fields: unknown[] }): void {
    this.results[this.current]?.addFields(message.fields);
  }

  handleDataRow(message: { fields: unknown[] }): void {
    const result = this.results[this.current];
    if (result) result.addRow(result.parseRow(message.fields));
  }

  handleCommandComplete(message: unknown): void {
    this.results[this.current]?.addCommandComplete(message);
    this.current += 1;
  }

  handleEmptyQuery(): void {
    this.current += 1;
  }

  /** After an error we cannot know which of this flight's new statements were parsed, so all get new names next time. */
  handleError(error: Error, wire?: Wire): void {
    for (const name of this.parsing) wire?.oppivaPrepared?.delete(name);
    this.reject(error);
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.resolve(this.results);
    this.callback(null);
  }

  handlePortalSuspended(): void {}
}
