import fs from 'node:fs';
import path from 'node:path';
import { type Knex, knex } from 'knex';
import { migrateJobs } from './jobs-schema';

type Migration = { up(database: Knex): Promise<void>; down(database: Knex): Promise<void> };

/** Migrations by name without ending: the same from .ts in tests and from .js in the built product. */
class Files implements Knex.MigrationSource<string> {
  private readonly folder = path.join(__dirname, '..', '..', 'migrations');

  async getMigrations(): Promise<string[]> {
    const files = fs.readdirSync(this.folder).filter((file) => /^\d{14}_\w+\.(js|ts)$/.test(file));
    return files.map((file) => file.replace(/\.(js|ts)$/, '')).sort();
  }

  getMigrationName(name: string): string {
    return name;
  }

  async getMigration(name: string): Promise<Migration> {
    return require(path.join(this.folder, name)) as Migration;
  }
}

/** A plain connection as the owner of the tables, for migrations and set-up only. */
export function openAsOwner(url: string): Knex {
  return knex({
    client: 'pg',
    connection: url,
    pool: { min: 0, max: 2 },
    migrations: { migrationSource: new Files() },
  });
}

/** Brings the database to the newest form. Returns the names of the migrations that ran. */
export async function migrate(owner: Knex): Promise<string[]> {
  const [, names] = await owner.migrate.latest();
  await migrateJobs(owner);
  return names as string[];
}
