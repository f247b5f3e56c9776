import type { Client, QueryResult } from 'pg';
import { Batch, type Statement } from './batch';
import { currentScope } from './scope';

/** Knex's own PostgreSQL client; its types do not tell of the methods that a dialect may override. */
interface KnexPostgres {
  positionBindings(sql: string): string;
  prepBindings(bindings: unknown[]): unknown[];
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
  processResponse(query: object, runner: object): unknown;
}
const PostgresClient = require('knex/lib/dialects/postgres') as new (config: object) => KnexPostgres;

type Connection = Client & { oppivaScope?: string | undefined; oppivaInTransaction?: boolean };
interface Query {
  sql: string;
  bindings?: unknown[];
  response?: QueryResult;
}

const SET_SCOPE = "select set_config('oppiva.organisation', $1, true), set_config('oppiva.person', $2, true)";
const TRANSACTION_MARK = /^\s*(begin|commit|rollback|savepoint|release)\b/i;
const MOST_NAMES = 500;
/** Longer ones are lists of values written out, which never come again. The search for words is the longest of ours. */
const LONGEST_NAMED = 16_000;

/** Not a field: Knex makes the client of a transaction without running the constructor. */
const names = new Map<string, string>();

/**
 * Sends the current scope with each query, in the same flight, as a setting that ends with the transaction.
 * A connection that goes back to the pool carries nothing of the last request.
 */
export class ScopedClient extends PostgresClient {
  static statementsSent = 0;

  /** Called by Knex for every query. */
  async _query(connection: Connection, query: Query): Promise<Query> {
    const mark = TRANSACTION_MARK.exec(query.sql)?.[1]?.toLowerCase();
    if (mark) {
      query.response = await connection.query(query.sql);
      const ends = mark === 'commit' || (mark === 'rollback' && !/\bto\b/i.test(query.sql));
      if (mark === 'begin' || ends) connection.oppivaInTransaction = !ends;
      connection.oppivaScope = undefined;
      return query;
    }
    [query.response] = (await this.send(connection, [this.statement(query.sql, query.bindings ?? [])])) as [
      QueryResult,
    ];
    return query;
  }

  /** The queries in one flight; `sql` and `bindings` as Knex builds them (question marks). */
  sendTogether(connection: Connection, queries: { sql: string; bindings: unknown[] }[]): Promise<QueryResult[]> {
    return this.send(
      connection,
      queries.map(({ sql, bindings }) => this.statement(this.positionBindings(sql), this.prepBindings(bindings))),
    );
  }

  /** Statements in one flight that set the scope themselves, with bindings as PostgreSQL has them ($1). */
  async sendAsTheyAre(
    connection: Connection,
    statements: { text: string; values: unknown[] }[],
  ): Promise<QueryResult[]> {
    ScopedClient.statementsSent += statements.length;
    const batch = new Batch(statements.map(({ text, values }) => this.statement(text, values)));
    connection.query(batch as never);
    connection.oppivaScope = undefined;
    return batch.done;
  }

  private async send(connection: Connection, statements: Statement[]): Promise<QueryResult[]> {
    ScopedClient.statementsSent += statements.length;
    const { organisationId, personId } = currentScope();
    const scope = `${organisationId} ${personId}`;
    const known = connection.oppivaInTransaction && connection.oppivaScope === scope;
    const setting = known ? [] : [{ text: SET_SCOPE, values: [organisationId ?? '', personId ?? ''], name: 'scope' }];
    const batch = new Batch([...setting, ...statements]);
    connection.query(batch as never);
    const results = await batch.done;
    connection.oppivaScope = scope;
    return results.slice(setting.length);
  }

  private statement(text: string, values: unknown[]): Statement {
    const name = nameOf(text);
    return name ? { text, values, name } : { text, values };
  }
}

/** Texts get a name, so that PostgreSQL parses and plans them once per connection; the number of names is bounded. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MOST_NAMES || text.length > LONGEST_NAMED) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}
