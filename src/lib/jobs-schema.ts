import { Logger, runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import pg from 'pg';

export const silent = new Logger(() => () => undefined);

/**
 * The queue belongs to the owner, who alone may change its form; the application works in it. The library puts its tables
 * behind row policies that let nobody in, so that a stray role reads no payloads: ours is let in by name.
 */
const RIGHTS = `
  do $$ declare private text; begin
    grant usage on schema graphile_worker to oppiva_app;
    grant select on graphile_worker.migrations, graphile_worker.jobs to oppiva_app;
    for private in select tablename from pg_tables where schemaname = 'graphile_worker' and tablename like '\\_private%' loop
      execute format('grant select, insert, update, delete on graphile_worker.%I to oppiva_app', private);
      if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = private) then
        execute format('create policy application on graphile_worker.%I to oppiva_app using (true) with check (true)', private);
      end if;
    end loop;
    grant usage on all sequences in schema graphile_worker to oppiva_app;
    grant execute on all functions in schema graphile_worker to oppiva_app;
  end $$`;

/** Brings the job queue's own schema to the library's newest form and opens it to the application. */
export async function migrateJobs(owner: Knex): Promise<void> {
  const settings = owner.client.connectionSettings;
  // Knex keeps the password out of what is copied or printed.
  const pool = new pg.Pool({ ...settings, password: settings.password, max: 1 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: silent });
  } finally {
    await pool.end();
  }
  await owner.raw(RIGHTS.replaceAll('?', '\\?'));
}
