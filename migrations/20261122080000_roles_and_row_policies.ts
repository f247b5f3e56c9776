import type { Knex } from 'knex';

/**
 * The application's role owns nothing and is held by row policies. The policies read two settings that live as long
 * as the transaction: oppiva.organisation and oppiva.person. `oppiva_protect(table, kind)` puts a table behind them:
 * 'organisation': rows of the organisation in scope; 'own': of these, the person's own only;
 * 'member': rows of the organisation in scope; the person's own rows in other organisations may be read and taken away too,
 * and never made or changed: nobody gives themself a place elsewhere.
 * A table is open to the application from its making, a function only once it is granted.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'oppiva_app') then create role oppiva_app nologin; end if;
      if not pg_has_role('oppiva_app', 'set') then execute format('grant oppiva_app to %I', current_user); end if;
      execute format('grant connect on database %I to oppiva_app', current_database());
    end $$;
    grant usage on schema public to oppiva_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to oppiva_app;
    alter default privileges in schema public grant usage on sequences to oppiva_app;

    alter default privileges revoke execute on functions from public;

    create function oppiva_organisation() returns uuid language sql stable
      return nullif(current_setting('oppiva.organisation', true), '')::uuid;
    create function oppiva_person() returns uuid language sql stable
      return nullif(current_setting('oppiva.person', true), '')::uuid;
    grant execute on function oppiva_organisation(), oppiva_person() to oppiva_app;

    create function oppiva_protect(target regclass, kind text) returns void language plpgsql as $$
    declare
      ours constant text := 'organisation_id = (select oppiva_organisation())';
      mine constant text := 'person_id = (select oppiva_person())';
      rule text := case kind
        when 'organisation' then ours
        when 'own' then ours || ' and ' || mine
        when 'member' then ours
      end;
    begin
      if rule is null then raise exception 'unknown kind of row policy: %', kind; end if;
      execute format('alter table %s enable row level security', target);
      execute format('create policy scope on %s to oppiva_app using (%s) with check (%s)', target, rule, rule);
      if kind = 'member' then
        execute format('create policy own_reading on %s for select to oppiva_app using (%s)', target, mine);
        execute format('create policy own_taking on %s for delete to oppiva_app using (%s)', target, mine);
      end if;
    end $$;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter default privileges grant execute on functions to public;
    drop function oppiva_protect(regclass, text);
    drop function oppiva_person();
    drop function oppiva_organisation();
    alter default privileges in schema public revoke all on tables from oppiva_app;
    alter default privileges in schema public revoke all on sequences from oppiva_app;
    revoke usage on schema public from oppiva_app;
  `);
}
