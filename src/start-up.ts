import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { appLogin, checkAppLogin, checkOwner } from './check-database';
import type { Config } from './config';
import { connectionOf, openDatabase, useDatabase } from './lib/db';
import { type EmbeddedPostgres, ensureDatabase, runningPostgres, startPostgres } from './lib/embedded-postgres';
import { FolderInUse } from './lib/folder-lock';
import { migrate, openAsOwner } from './lib/migrate';
import { ROOT } from './lib/root';
import { StartFault } from './start-fault';

const APP_ROLE = 'oppiva_app';

export interface OpenDatabase {
  /** Address for the owner of the tables: migrations, imports, demo. */
  ownerUrl: string;
  /** For the worker of jobs, which keeps connections of its own. */
  connection: ReturnType<typeof connectionOf>;
  embedded: boolean;
  /** Resolves when an embedded PostgreSQL ended by itself; never for another. */
  lost: Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** For commands: the embedded database of a server that runs already may be used as it is. */
  besideServer?: boolean;
}

/**
 * Opens the database the settings name, or the embedded one when they name none, brings it to the newest form and
 * makes it the one that `db()` uses. Throws StartFault with one clear line for what an operator can mend.
 */
export async function openConfiguredDatabase(
  config: Config,
  { besideServer = false }: OpenOptions = {},
): Promise<OpenDatabase> {
  const embedded = config.DATABASE_URL ? undefined : await startEmbedded(config, besideServer);
  const givenUrl = config.DATABASE_URL ?? embedded?.url('oppiva') ?? '';
  const ownerUrl = config.DATABASE_OWNER_URL ?? givenUrl;
  // A connection of the owner takes the application's role; a login of its own is a member of that role only.
  const role = config.DATABASE_OWNER_URL || embedded ? undefined : APP_ROLE;
  const pools: Knex[] = [];
  let appUrl = givenUrl;
  try {
    await checkOwner(ownerUrl, config.DATABASE_OWNER_URL ? 'DATABASE_OWNER_URL' : 'DATABASE_URL');
    const owner = openAsOwner(ownerUrl);
    await migrate(owner).finally(() => owner.destroy());
    if (embedded) appUrl = await appLogin(ownerUrl, APP_ROLE);
    if (config.DATABASE_OWNER_URL) {
      await checkAppLogin(appUrl, APP_ROLE, 'DATABASE_URL');
      if (config.DATABASE_READ_URL) await checkAppLogin(config.DATABASE_READ_URL, APP_ROLE, 'DATABASE_READ_URL');
    }
    const open = (connectionString: string) => {
      const pool = openDatabase({ connectionString, poolSize: config.DATABASE_POOL, role });
      pools.push(pool);
      return pool;
    };
    useDatabase(open(appUrl), config.DATABASE_READ_URL ? open(config.DATABASE_READ_URL) : undefined);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  let closing = false;
  return {
    ownerUrl,
    connection: connectionOf({ connectionString: appUrl, role }),
    embedded: embedded !== undefined,
    lost: new Promise((resolve) => embedded?.ended.then(() => closing || resolve())),
    close: async () => {
      closing = true;
      await Promise.all(pools.map((pool) => pool.destroy()));
      await embedded?.stop();
    },
  };
}

async function startEmbedded(config: Config, besideServer: boolean): Promise<EmbeddedPostgres> {
  const folder = dataFolder(config);
  try {
    const postgres = await startPostgres(folder);
    await ensureDatabase(postgres, 'oppiva');
    return postgres;
  } catch (error) {
    const running = besideServer && error instanceof FolderInUse ? await runningPostgres(folder) : undefined;
    if (running) return running;
    if (error instanceof FolderInUse) {
      throw new StartFault(`${error.message}. Stop that server first, or set DATA_FOLDER to another folder.`);
    }
    throw new StartFault(`The database in ${folder} did not start: ${oneLine((error as Error).message)}`);
  }
}

/** The secret that signs session cookies: the one given, or one made once and kept in the data folder. */
export function sessionSecret(config: Config): string {
  if (config.SESSION_SECRET) return config.SESSION_SECRET;
  const folder = dataFolder(config);
  const file = path.join(folder, 'session-secret');
  try {
    if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8');
    fs.mkdirSync(folder, { recursive: true });
    const secret = randomBytes(32).toString('hex');
    fs.writeFileSync(file, secret, { mode: 0o600 });
    return secret;
  } catch (error) {
    throw new StartFault(`${folder} cannot be used: ${(error as Error).message}. Set DATA_FOLDER or SESSION_SECRET.`);
  }
}

const dataFolder = (config: Config) => path.resolve(ROOT, config.DATA_FOLDER);
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
