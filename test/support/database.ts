import { type Knex, knex } from 'knex';
import { openDatabase } from '../../src/lib/db';

/** The address of the test cluster's databases; set by global-setup. */
export function databaseUrl(database: string): string {
  const server = process.env.OPPIVA_TEST_SERVER;
  if (!server) throw new Error('global-setup has not started PostgreSQL');
  return `${server}/${database}`;
}

export const TEMPLATE = 'oppiva_template';
export const workerDatabase = (worker: number | string) => `oppiva_test_${worker}`;

/** The application's own way in: its role, its row policies. */
export function connectAsApp(database: string, poolSize = 4): Knex {
  return openDatabase({ connectionString: databaseUrl(database), poolSize, role: 'oppiva_app' });
}

export function connectAsOwner(database: string): Knex {
  return knex({ client: 'pg', connection: databaseUrl(database), pool: { min: 0, max: 2 } });
}

export async function recreateDatabase(name: string, template?: string): Promise<void> {
  const server = connectAsOwner('postgres');
  await server.raw('drop database if exists ?? with (force)', [name]);
  await server.raw(
    template ? 'create database ?? template ??' : 'create database ??',
    template ? [name, template] : [name],
  );
  await server.destroy();
}
