import { db } from '../../src/lib/db';

/** Tables whose rows tell of no person, or that must be read before anyone is known; each with its reason. */
const OPEN = {
  sessions: 'read before sign-in; the id is the secret',
  rate_limits: 'counters by name, no rows about people',
  knex_migrations: 'of the migrations',
  knex_migrations_lock: 'of the migrations',
  h5p_libraries: 'installed once for all; installed_by is shown to administrators only',
  h5p_contents: 'content; uploaded_by is shown to authors of the same organisation only',
};

it('holds every table with rows about people behind a row policy', async () => {
  const { rows } = await db().raw(`
    select distinct c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity and not a.attisdropped
      and (a.attname in ('person_id', 'actor_id', 'author_id', 'recorded_by', 'uploaded_by', 'installed_by') or c.relname = 'people')`);
  const bare = rows.map((row: { table: string }) => row.table).filter((table: string) => !(table in OPEN));
  expect(bare).toEqual([]);
});

it('runs as a role that owns no table and passes no policy', async () => {
  const { rows } = await db().raw(`
    select current_user as name, rolsuper, rolbypassrls,
      (select count(*)::int from pg_class c where pg_get_userbyid(c.relowner) = current_user) as owned
    from pg_roles where rolname = current_user`);
  expect(rows[0]).toEqual({ name: 'oppiva_app', rolsuper: false, rolbypassrls: false, owned: 0 });
});

it('shows nothing of any protected table when nobody is in scope', async () => {
  const { rows } = await db().raw(
    "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace",
  );
  for (const { relname } of rows as { relname: string }[]) {
    if (relname === 'credentials') continue;
    expect([relname, Number((await db().table(relname).count('* as n').first())?.n)]).toEqual([relname, 0]);
  }
});
