import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf queries run: PostgreSQL's row policies show the rows of this organisation and person only. */
export interface Scope {
  organisationId: string | null;
  personId: string | null;
}

const NOBODY: Scope = { organisationId: null, personId: null };
const storage = new AsyncLocalStorage<Scope>();

export function currentScope(): Scope {
  return storage.getStore() ?? NOBODY;
}

/**
 * Runs `work` so that every query in it sees the rows of `scope` and no others.
 * A query that `work` only builds and returns is started here too: Knex starts it when it is first waited for.
 */
export function withScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, () => {
    const result = work();
    return isThenable(result) ? (result.then((value) => value) as T) : result;
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
