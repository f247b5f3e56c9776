import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Config } from './config';
import { openDatabase, useDatabase } from './lib/db';
import { type EmbeddedPostgres, ensureDatabase, FolderInUse, startPostgres } from './lib/embedded-postgres';
import { migrate, openAsOwner } from './lib/migrate';
import { ROOT } from './lib/root';

/** A fault that the operator can mend. Its message is one line that says what to do. */
export class StartFault extends Error {}

const OLDEST_POSTGRES = 160000;
const APP_ROLE = 'oppiva_app';

export interface OpenDatabase {
  /** Address for the owner of the tables: migrations, imports, demo. */
  ownerUrl: string;
  embedded: boolean;
  close(): Promise<void>;
}

/**
 * Opens the database the settings name, or the embedded one when they name none, brings it to the newest form and
 * makes it the one that `db()` uses. Throws StartFault with one clear line for what an operator can mend.
 */
export async function openConfiguredDatabase(config: Config): Promise<OpenDatabase> {
  const embedded = config.DATABASE_URL ? undefined : await startEmbedded(config);
  const appUrl = config.DATABASE_URL ?? embedded?.url('oppiva') ?? '';
  const ownerUrl = config.DATABASE_OWNER_URL ?? appUrl;
  try {
    await checkServer(ownerUrl);
    const owner = openAsOwner(ownerUrl);
    await migrate(owner).finally(() => owner.destroy());
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  // A connection of the owner takes the application's role; a user of its own already has no other.
  const role = config.DATABASE_OWNER_URL ? undefined : APP_ROLE;
  const pool = openDatabase({ connectionString: appUrl, poolSize: config.DATABASE_POOL, role });
  const reading = config.DATABASE_READ_URL
    ? openDatabase({ connectionString: config.DATABASE_READ_URL, poolSize: config.DATABASE_POOL, role })
    : undefined;
  useDatabase(pool, reading);
  return {
    ownerUrl,
    embedded: embedded !== undefined,
    close: async () => {
      await reading?.destroy();
      await pool.destroy();
      await embedded?.stop();
    },
  };
}

async function startEmbedded(config: Config): Promise<EmbeddedPostgres> {
  const folder = path.resolve(ROOT, config.DATA_FOLDER);
  try {
    const postgres = await startPostgres(folder);
    await ensureDatabase(postgres, 'oppiva');
    return postgres;
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new StartFault(`${error.message}. Stop that server first, or set DATA_FOLDER to another folder.`);
    }
    throw new StartFault(`The database in ${folder} did not start: ${(error as Error).message}`);
  }
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    if (Number(rows[0].server_version_num) < OLDEST_POSTGRES) {
      throw new StartFault('This PostgreSQL is too old. Oppiva needs version 16 or newer.');
    }
  } catch (error) {
    if (error instanceof StartFault) throw error;
    throw new StartFault(`The database in DATABASE_URL cannot be reached: ${reason(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What went wrong, without the address: it holds a password. */
function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return message || code || 'no answer';
}

/** The secret that signs session cookies: the one given, or one made once and kept in the data folder. */
export function sessionSecret(config: Config): string {
  if (config.SESSION_SECRET) return config.SESSION_SECRET;
  const folder = path.resolve(ROOT, config.DATA_FOLDER);
  const file = path.join(folder, 'session-secret');
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8');
  fs.mkdirSync(folder, { recursive: true });
  const secret = randomBytes(32).toString('hex');
  fs.writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}
