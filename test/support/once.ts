import { connectAsOwner } from './database';

const LOCK = 7_110_213;

/**
 * Does `work` once in a run of tests, whichever worker comes first; the others wait until it is done.
 * What failed is tried again by the next that asks.
 */
export async function oncePerRun(name: string, work: () => Promise<void>): Promise<void> {
  const server = connectAsOwner('postgres');
  try {
    await server.transaction(async (transaction) => {
      await transaction.raw('select pg_advisory_xact_lock(?)', [LOCK]);
      await server.raw('create table if not exists done_in_this_run (name text primary key)');
      const { rows } = await server.raw('select from done_in_this_run where name = ?', [name]);
      if (rows.length > 0) return;
      await work();
      await server.raw('insert into done_in_this_run values (?)', [name]);
    });
  } finally {
    await server.destroy();
  }
}
