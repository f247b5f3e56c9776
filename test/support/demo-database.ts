import { loadDemo } from '../../src/demo/load';
import { connectAsOwner, databaseUrl, recreateDatabase, TEMPLATE } from './database';
import { oncePerRun } from './once';

const DEMO_TEMPLATE = 'oppiva_demo';

/** A database of its own that holds the whole demo. Returns its name. */
export async function aDemoDatabase(name: string): Promise<string> {
  await oncePerRun('demo', async () => {
    await recreateDatabase(DEMO_TEMPLATE, TEMPLATE);
    await loadDemo(databaseUrl(DEMO_TEMPLATE));
  });
  const database = `oppiva_demo_${name}_${process.pid}`;
  // Two copies at once of the same template are refused.
  await oncePerRun(database, () => recreateDatabase(database, DEMO_TEMPLATE));
  return database;
}

/** Rows of a query that the owner of the tables makes, past the row policies. */
export async function lookUp<Row>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const owner = connectAsOwner(database);
  try {
    const { rows } = await owner.raw(sql, values as never);
    return rows;
  } finally {
    await owner.destroy();
  }
}
