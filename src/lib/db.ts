import { AsyncLocalStorage } from 'node:async_hooks';
import { type Knex, knex } from 'knex';
import type { QueryResult } from 'pg';
import { ScopedClient } from './scoped-client';

export interface DatabaseOptions {
  connectionString: string;
  poolSize: number;
  /** The role that every connection takes; needed when the connection's own user owns tables. */
  role?: string | undefined;
}

/** What day it is for PostgreSQL: a deputy's last day ends at midnight in Finland, wherever the server stands. */
const TIME_ZONE = '-c TimeZone=Europe/Helsinki';

/**
 * Statements are planned once for all values. Left alone, PostgreSQL plans those with optional parts (a role the reader
 * lacks) anew each time, because on paper the general plan looks dear: that was half of the front page's cost.
 */
const PLANS = '-c plan_cache_mode=force_generic_plan';

/** How the application reaches its database, in the words of the pg package. */
export function connectionOf({ connectionString, role }: Pick<DatabaseOptions, 'connectionString' | 'role'>) {
  return {
    connectionString,
    application_name: 'oppiva',
    options: `${TIME_ZONE} ${PLANS}${role ? ` -c role=${role}` : ''}`,
  };
}

/** A pool of connections whose every query runs in the current scope (see lib/scope). */
export function openDatabase({ poolSize, ...reached }: DatabaseOptions): Knex {
  return knex({
    client: ScopedClient as unknown as typeof Knex.Client,
    connection: connectionOf(reached),
    pool: { min: 0, max: poolSize },
  });
}

let root: Knex | undefined;
let replica: Knex | undefined;
const openTransaction = new AsyncLocalStorage<Knex>();

/** The transaction this request is in, or the pool when there is none. Throws before the database is opened. */
export function db(): Knex {
  const current = openTransaction.getStore() ?? root;
  if (!current) throw new Error('the database is not open');
  return current;
}

/** Runs `work` so that all of it happens or none of it. Nested calls become savepoints. */
export function atomically<T>(work: () => Promise<T>): Promise<T> {
  return db().transaction((transaction) => openTransaction.run(transaction, work));
}

/** Runs reads on the reporting database when there is one; writes in it would fail there, as they should. */
export function onReplica<T>(work: () => Promise<T>): Promise<T> {
  return replica ? openTransaction.run(replica, work) : work();
}

/** Sets the pools that `db()` and `onReplica()` use. Returns the pool that was in use before. */
export function useDatabase(next: Knex, reading?: Knex): Knex | undefined {
  const previous = root;
  root = next;
  replica = reading;
  return previous;
}

type Rows<Q> = Q extends PromiseLike<infer R> ? R : never;

/**
 * Sends the reads of a page in one flight, as prepared statements, under the current scope.
 * Returns the same as awaiting each query, in order. Throws what the first failing one throws.
 */
export async function together<Q extends readonly PromiseLike<unknown>[]>(
  ...queries: Q
): Promise<{ -readonly [I in keyof Q]: Rows<Q[I]> }> {
  const client = db().client as ScopedClient;
  const built = queries.map((query) => (query as unknown as Knex.QueryBuilder).toSQL() as unknown as BuiltQuery);
  const connection = await client.acquireConnection();
  try {
    const results = await client.sendTogether(
      connection,
      built.map(({ sql, bindings }) => ({ sql, bindings })),
    );
    return built.map((query, index) => answer(client, query, results[index] as QueryResult)) as never;
  } finally {
    await client.releaseConnection(connection);
  }
}

interface BuiltQuery {
  sql: string;
  bindings: unknown[];
  method: string;
}

function answer(client: ScopedClient, query: BuiltQuery, response: QueryResult): unknown {
  return client.processResponse({ ...query, response }, { client });
}

/** Statements sent since the process began, settings and transaction marks left out. For tests and benchmarks. */
export function statementsSent(): number {
  return ScopedClient.statementsSent;
}
