import { openAsOwner } from '../../src/lib/migrate';
import { connectAsOwner, databaseUrl, recreateDatabase } from '../support/database';

const SCRATCH = 'oppiva_migrations_there_and_back';

const THINGS = `
  select 'table ' || relname as thing from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'S')
  union select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
  union select 'policy ' || tablename || '.' || policyname || ' ' || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
  union select 'column ' || table_name || '.' || column_name || ' ' || data_type || coalesce(' ' || column_default, '') || is_nullable
    from information_schema.columns where table_schema = 'public'
  union select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace
  union select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union select 'grant ' || table_name || ' ' || privilege_type from information_schema.role_table_grants
    where grantee = 'oppiva_app' and table_schema = 'public'`;

it('can be undone to the last one, and done again with the same outcome', async () => {
  await recreateDatabase(SCRATCH);
  const owner = openAsOwner(databaseUrl(SCRATCH));
  const things = async () => (await owner.raw(THINGS)).rows.map(({ thing }: { thing: string }) => thing).sort();
  try {
    await owner.migrate.latest();
    const first = await things();
    await owner.migrate.rollback(undefined, true);
    expect((await things()).filter((thing: string) => !/knex_migrations/.test(thing))).toEqual([]);
    await owner.migrate.latest();
    expect(await things()).toEqual(first);
  } finally {
    await owner.destroy();
    const server = connectAsOwner('postgres');
    await server.raw('drop database ?? with (force)', [SCRATCH]);
    await server.destroy();
  }
}, 60_000);
