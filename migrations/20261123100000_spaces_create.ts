import type { Knex } from 'knex';

/**
 * Spaces, where people of several organisations work, and the row policies of what stands in them.
 *
 * `oppiva_share(table)`: objects with organisation_id (their keeper), space_id and visibility. The keeper's organisation reads
 * and writes; others read what is public, what the space's organisations may see ('network') when theirs is one of them, and
 * what its members may see ('members') when the person is one. `oppiva_share_child(child, parent, column)`: rows read as the
 * parent is, written by their organisation. `oppiva_host(table)`: what somebody leaves with another organisation's object:
 * organisation_id is theirs, host_organisation_id the keeper's; both read and change it, only the first makes it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table spaces (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      parent_id uuid references spaces,
      network_id uuid references networks,
      kind text not null check (kind in ('partnership', 'network', 'group', 'process', 'level')),
      level text check (level in ('lab', 'studio', 'arena', 'agora')),
      language text not null default 'fi' check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      name text not null check (length(name) between 1 and 200),
      purpose text not null default '' check (length(purpose) <= 3000),
      themes text[] not null default '{}',
      visibility text not null default 'network' check (visibility in ('members', 'organisation', 'network', 'public')),
      joining text not null default 'request' check (joining in ('open', 'request', 'invited')),
      owner_id uuid references people on delete set null,
      continuity_plan text not null default '' check (length(continuity_plan) <= 5000),
      ends_on date,
      ended_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check ((kind = 'level') = (level is not null)),
      check (kind <> 'level' or parent_id is not null)
    );
    create index on spaces (organisation_id);
    create index on spaces (parent_id);

    create table space_organisations (
      space_id uuid not null references spaces on delete cascade,
      organisation_id uuid not null references organisations,
      role text not null default 'member' check (role in ('owner', 'member', 'observer')),
      state text not null default 'member' check (state in ('asked', 'invited', 'member')),
      joined_at timestamptz not null default now(),
      left_at timestamptz,
      primary key (space_id, organisation_id)
    );
    create index on space_organisations (organisation_id);

    create table space_members (
      id uuid primary key default gen_random_uuid(),
      space_id uuid not null references spaces on delete cascade,
      person_id uuid not null references people on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      role text not null default 'member' check (role in ('coordinator', 'core', 'facilitator', 'member', 'guest')),
      state text not null default 'member' check (state in ('asked', 'invited', 'member')),
      shown_name text not null check (length(shown_name) between 1 and 200),
      joined_at timestamptz not null default now(),
      left_at timestamptz,
      unique (space_id, person_id)
    );
    create index on space_members (organisation_id, person_id);
    create index on space_members (host_organisation_id);

    create function spaces_in_scope() returns setof uuid language sql stable security definer set search_path = public
      begin atomic
        select space_id from space_organisations
        where organisation_id = oppiva_organisation() and left_at is null and state = 'member';
      end;
    create function my_spaces() returns setof uuid language sql stable security definer set search_path = public
      begin atomic
        select space_id from space_members where person_id = oppiva_person() and organisation_id = oppiva_organisation()
          and left_at is null and state = 'member';
      end;
    grant execute on function spaces_in_scope(), my_spaces() to oppiva_app;

    create function oppiva_share(target regclass) returns void language plpgsql as $$
    declare ours constant text := 'organisation_id = (select oppiva_organisation())';
    begin
      execute format('alter table %s enable row level security', target);
      execute format('create policy reading on %s for select to oppiva_app using (%s or visibility = ''public''
        or (visibility = ''network'' and space_id in (select spaces_in_scope()))
        or (visibility = ''members'' and space_id in (select my_spaces())))', target, ours);
      execute format('create policy making on %s for insert to oppiva_app with check (%s)', target, ours);
      execute format('create policy changing on %s for update to oppiva_app using (%s) with check (%s)', target, ours, ours);
      execute format('create policy taking on %s for delete to oppiva_app using (%s)', target, ours);
    end $$;

    create function oppiva_share_child(target regclass, parent regclass, parent_id text) returns void language plpgsql as $$
    declare ours constant text := 'organisation_id = (select oppiva_organisation())';
    begin
      execute format('alter table %s enable row level security', target);
      execute format('create policy reading on %s for select to oppiva_app using (%s or exists (select from %s p
        where p.id = %s.%I))', target, ours, parent, target, parent_id);
      execute format('create policy making on %s for insert to oppiva_app with check (%s)', target, ours);
      execute format('create policy changing on %s for update to oppiva_app using (%s) with check (%s)', target, ours, ours);
      execute format('create policy taking on %s for delete to oppiva_app using (%s)', target, ours);
    end $$;

    create function oppiva_host(target regclass) returns void language plpgsql as $$
    declare
      ours constant text := 'organisation_id = (select oppiva_organisation())';
      either_one constant text := '(organisation_id = (select oppiva_organisation()) or host_organisation_id = (select oppiva_organisation()))';
    begin
      execute format('alter table %s enable row level security', target);
      execute format('create policy reading on %s for select to oppiva_app using (%s)', target, either_one);
      execute format('create policy making on %s for insert to oppiva_app with check (%s)', target, ours);
      execute format('create policy changing on %s for update to oppiva_app using (%s) with check (%s)', target, either_one, either_one);
      execute format('create policy taking on %s for delete to oppiva_app using (%s)', target, either_one);
    end $$;

    alter table spaces enable row level security;
    create policy reading on spaces for select to oppiva_app using (
      organisation_id = (select oppiva_organisation()) or visibility = 'public'
      or (visibility = 'network' and (id in (select spaces_in_scope()) or parent_id in (select spaces_in_scope())))
      or id in (select my_spaces()));
    create policy making on spaces for insert to oppiva_app with check (organisation_id = (select oppiva_organisation()));
    create policy changing on spaces for update to oppiva_app using (organisation_id = (select oppiva_organisation()));
    create policy taking on spaces for delete to oppiva_app using (organisation_id = (select oppiva_organisation()));

    -- Who belongs is known to those who belong and to the keeper. An organisation comes in by itself or is asked by the keeper.
    alter table space_organisations enable row level security;
    create policy reading on space_organisations for select to oppiva_app using (
      organisation_id = (select oppiva_organisation()) or space_id in (select spaces_in_scope())
      or exists (select from spaces s where s.id = space_id));
    create policy writing on space_organisations to oppiva_app using (
      organisation_id = (select oppiva_organisation())
      or exists (select from spaces s where s.id = space_id and s.organisation_id = (select oppiva_organisation())));

    select oppiva_host('space_members');
    -- Nobody lets themself in: one belongs when the space is open, when the keeper asked one in, or when the keeper says so.
    create function guard_belonging() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare space spaces;
    begin
      select * into space from spaces s where s.id = new.space_id;
      if oppiva_organisation() is not null and oppiva_organisation() <> space.organisation_id and new.state = 'member'
        and space.joining <> 'open' and not (tg_op = 'UPDATE' and old.state in ('invited', 'member') and old.left_at is null)
      then raise exception 'one does not let oneself into a space' using errcode = 'insufficient_privilege'; end if;
      if oppiva_organisation() is not null and oppiva_organisation() <> space.organisation_id
        and (new.role = 'owner' or tg_op = 'UPDATE' and new.role <> old.role)
      then raise exception 'roles are given by the keeper' using errcode = 'insufficient_privilege'; end if;
      return new;
    end $$;
    create trigger guard before insert or update on space_organisations for each row execute function guard_belonging();
    create trigger guard before insert or update on space_members for each row execute function guard_belonging();
    create policy seeing on space_members for select to oppiva_app using (space_id in (select spaces_in_scope()));
    -- The keeper asks people of other organisations in; they come in by their own answer.
    create policy inviting on space_members for insert to oppiva_app with check (
      host_organisation_id = (select oppiva_organisation()) and state = 'invited');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function my_spaces() cascade;
    drop function spaces_in_scope() cascade;
    drop table space_members, space_organisations;
    drop function guard_belonging();
    drop table spaces;
    drop function oppiva_host(regclass);
    drop function oppiva_share_child(regclass, regclass, text);
    drop function oppiva_share(regclass);
  `);
}
