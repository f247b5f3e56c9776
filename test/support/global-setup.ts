import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, ensureDatabase, startPostgres } from '../../src/lib/embedded-postgres';
import { migrate, openAsOwner } from '../../src/lib/migrate';
import { recreateDatabase, TEMPLATE, workerDatabase } from './database';

export interface TestCluster {
  postgres: EmbeddedPostgres;
  folder: string;
}

/** Once per run: a real PostgreSQL of its own, one migrated database, and a copy of it for each worker. */
export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-test-'));
  fs.chmodSync(folder, 0o755);
  process.env.OPPIVA_TEST_FOLDER = folder;
  const postgres = await startPostgres(folder, { fast: true });
  (globalThis as { cluster?: TestCluster }).cluster = { postgres, folder };
  process.env.OPPIVA_TEST_SERVER = postgres.url('').replace(/\/$/, '');

  await ensureDatabase(postgres, TEMPLATE);
  const owner = openAsOwner(postgres.url(TEMPLATE));
  await migrate(owner);
  await owner.destroy();
  for (let worker = 1; worker <= maxWorkers; worker += 1) await recreateDatabase(workerDatabase(worker), TEMPLATE);
}
