import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';

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

it('lets nobody but the application use a function that passes the policies', async () => {
  const { rows } = await db().raw(`
    select proname, coalesce(array_to_string(proconfig, ' '), '') as config, has_function_privilege('public', oid, 'execute') as is_open
    from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`);
  expect(rows.length).toBeGreaterThan(4);
  expect(rows.filter(({ config, is_open }: { config: string; is_open: boolean }) => is_open || !config)).toEqual([]);
});

it('keeps what may only be added', async () => {
  const may = async (table: string, right: string) =>
    (await db().raw('select has_table_privilege(current_user, ?, ?) as yes', [table, right])).rows[0].yes;
  for (const table of [
    'quiz_answers',
    'audit_events',
    'xapi_statements',
    'help_levels',
    'skill_month_ends',
    'month_members',
    'month_targets',
  ]) {
    expect([table, await may(table, 'update'), await may(table, 'delete')]).toEqual([table, false, false]);
  }
  for (const table of ['observations', 'people', 'organisations', 'networks', 'network_organisations'])
    expect([table, await may(table, 'update')]).toEqual([table, false]);
  for (const table of ['people', 'memberships', 'organisations', 'quiz_attempts', 'help_requests', 'credentials'])
    expect([table, await may(table, 'delete')]).toEqual([table, false]);
});

describe('a person who could send any statement', () => {
  const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow(/row-level security|permission denied/);

  it('gives themself no place in another organisation, and no other role in one they belong to', async () => {
    const [ours, theirs] = [await anOrganisation(), await anOrganisation()];
    const person = await aPerson({ organisation: ours });
    await inScope(person, () =>
      refused(
        db().transaction((t) =>
          t('memberships').insert({ organisation_id: theirs.id, person_id: person.id, roles: ['administrator'] }),
        ),
      ),
    );
    await asOwner(() => db()('memberships').insert({ organisation_id: theirs.id, person_id: person.id }));
    const changed = await inScope(person, () =>
      db()('memberships')
        .where({ organisation_id: theirs.id })
        .update({ roles: ['administrator'] }),
    );
    expect(changed).toBe(0);
    expect(await inScope(person, () => db()('memberships').where({ person_id: person.id }))).toHaveLength(2);
  });

  it('changes neither the account nor the password of one whom another organisation made', async () => {
    const [home, guestOf] = [await anOrganisation(), await anOrganisation()];
    const person = await aPerson({ organisation: home });
    await asOwner(() => db()('memberships').insert({ organisation_id: guestOf.id, person_id: person.id }));
    await asOwner(() => db()('credentials').insert({ person_id: person.id, password_hash: 'x', must_change: false }));
    const admin = await aPerson({ organisation: guestOf, roles: ['administrator'] });
    await inScope(admin, async () => {
      expect(await db()('people').where({ id: person.id })).toHaveLength(1);
      expect(await db()('people').where({ id: person.id }).update({ email: 'a@b.fi' })).toBe(0);
      expect(await db()('credentials').where({ person_id: person.id }).update({ password_hash: 'y' })).toBe(0);
      await refused(
        db().transaction((t) => t('people').where({ id: admin.id }).update({ home_organisation_id: home.id })),
      );
    });
  });

  it('brings no other organisation into a network', async () => {
    const [ours, theirs] = [await anOrganisation(), await anOrganisation()];
    const person = await aPerson({ organisation: ours });
    const network = randomUUID();
    await asOwner(() => db()('networks').insert({ id: network, organisation_id: ours.id, name: network }));
    await inScope(person, () =>
      refused(
        db().transaction((t) => t('network_organisations').insert({ network_id: network, organisation_id: theirs.id })),
      ),
    );
  });
});

it('a function of the owner never takes a temporary table for one of ours', async () => {
  // Unless it is named last, the schema of temporary tables is looked into first: anyone could put rows of their own there.
  const { rows } = await asOwner(() =>
    db().raw(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and prosqlbody is null
      and not coalesce('search_path=public, pg_temp' = any(proconfig), false)`),
  );
  expect(rows).toEqual([]);
});
