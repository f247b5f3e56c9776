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

/** Runs `work` so that every query in it sees the rows of `scope` and no others. */
export function withScope<T>(scope: Scope, work: () => T): T {
  return storage.run(scope, work);
}
