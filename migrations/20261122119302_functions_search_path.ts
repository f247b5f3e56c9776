import type { Knex } from 'knex';

/**
 * Functions that run with the owner's rights and find their tables by name when they run: the schema of temporary tables is
 * named last, because it is looked into first when it is not named (https://www.postgresql.org/docs/current/sql-createfunction.html,
 * "Writing SECURITY DEFINER Functions Safely"). Those with a standard body have bound their tables already.
 */
export async function up(knex: Knex): Promise<void> {
  await setPath(knex, 'public, pg_temp');
}

export async function down(knex: Knex): Promise<void> {
  await setPath(knex, 'public');
}

async function setPath(knex: Knex, path: 'public' | 'public, pg_temp'): Promise<void> {
  await knex.raw(`
    do $$ declare one regprocedure; begin
      for one in select oid::regprocedure from pg_proc
        where pronamespace = 'public'::regnamespace and prosecdef and prosqlbody is null
      loop
        execute format('alter function %s set search_path = ${path}', one);
      end loop;
    end $$`);
}
