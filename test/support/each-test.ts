import type { Knex } from 'knex';
import { useDatabase } from '../../src/lib/db';
import { useSecret } from '../../src/lib/secret';
import { connectAsApp, workerDatabase } from './database';

// Other workers and a browser may hold the processor for a while.
jest.setTimeout(20_000);
useSecret('a secret that is long enough for a test');

/**
 * Every test runs in one transaction that is rolled back, requests through the app included.
 */
let pool: Knex | undefined;
let transaction: Knex.Transaction;

beforeEach(async () => {
  pool ??= connectAsApp(workerDatabase(process.env.JEST_WORKER_ID ?? 1));
  transaction = await pool.transaction();
  useDatabase(transaction);
});

afterEach(() => transaction.rollback());
afterAll(() => pool?.destroy());
