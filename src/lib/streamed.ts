import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { db, onReplica } from './db';

const BATCH = 1000;
let cursors = 0;

/**
 * The rows of a query, a thousand at a time through a cursor of the database: memory does not grow with them, and each comes once, as
 * they were when the reading began. Who stops reading closes the cursor. `query` is built, not sent: db().raw(…) or a builder.
 */
export async function* streamed<Row>(query: PromiseLike<unknown>, batch = BATCH): AsyncGenerator<Row> {
  const { sql, bindings } = (query as unknown as Knex.QueryBuilder).toSQL() as unknown as BuiltQuery;
  const transaction = await onReplica(() => db().transaction());
  cursors += 1;
  const name = `rows_${cursors}`;
  let ended = false;
  try {
    await transaction.raw(`declare ${name} no scroll cursor for ${sql}`, bindings as never);
    while (!ended) {
      const { rows } = await transaction.raw<{ rows: Row[] }>(`fetch ${batch} from ${name}`);
      yield* rows;
      ended = rows.length < batch;
    }
    await transaction.raw(`close ${name}`);
  } finally {
    await (ended ? transaction.commit() : transaction.rollback());
  }
}

interface BuiltQuery {
  sql: string;
  bindings: unknown[];
}

/**
 * The same rows, whoever reads them, in the scope of who asks now. A stream reads in a context of its own, where queries would
 * run for nobody: the row policies would quietly end the rows there.
 */
export function inOurScope<T>(rows: Iterable<T> | AsyncIterable<T>): AsyncIterable<T> {
  if (Symbol.iterator in rows) return soon(rows);
  const inScope = AsyncLocalStorage.snapshot();
  return {
    [Symbol.asyncIterator]() {
      const iterator = inScope(() => rows[Symbol.asyncIterator]());
      return {
        next: () => inScope(() => iterator.next()),
        return: async () => inScope(() => iterator.return?.()) ?? { done: true, value: undefined },
      } as AsyncIterator<T>;
    },
  };
}

async function* soon<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}
