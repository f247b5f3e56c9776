import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table organisations (
      id uuid primary key default gen_random_uuid(),
      slug text not null unique,
      name text not null,
      smallest_group int not null default 5 check (smallest_group >= 5),
      is_demo boolean not null default false,
      created_at timestamptz not null default now()
    );

    create table people (
      id uuid primary key,
      username text not null unique check (username = lower(username)),
      email text unique check (email = lower(email)),
      name text not null,
      language text not null default 'fi' check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      content_language text check (content_language in ('fi', 'fi-x-selko', 'sv', 'en')),
      -- The organisation that made the account: it alone may give it a new password or change its names.
      home_organisation_id uuid default oppiva_organisation() references organisations,
      suspended_at timestamptz,
      created_at timestamptz not null default now()
    );

    create table credentials (
      person_id uuid primary key references people on delete cascade,
      password_hash text not null,
      must_change boolean not null default false,
      changed_at timestamptz not null default now()
    );

    create table memberships (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      roles text[] not null default '{learner}'
        check (roles <@ array['learner', 'author', 'reviewer', 'expert', 'administrator']),
      relation text not null default 'employee' check (relation in ('employee', 'peer', 'volunteer', 'independent', 'client')),
      target_profile text,
      -- Being an expert by experience may tell of health: others see the role only when the person shows it.
      shows_role boolean not null default false,
      started_on date not null default current_date,
      ended_on date,
      suspended_at timestamptz,
      unique (organisation_id, person_id)
    );
    create index on memberships (person_id);
    -- The few whom anyone may ask, found without reading all members.
    create index on memberships (organisation_id) where 'administrator' = any(roles);

    -- An account comes into another organisation only by its person's own yes. A name that nobody has is kept just
    -- the same, so that the list of invitations does not tell who has an account.
    create table invitations (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid references people on delete cascade,
      username text not null,
      roles text[] not null check (roles <@ array['learner', 'author', 'reviewer', 'expert', 'administrator']),
      relation text not null,
      target_profile text,
      created_at timestamptz not null default now(),
      unique (organisation_id, username)
    );
    create index on invitations (person_id);

    create table teams (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      parent_id uuid references teams,
      name text not null,
      unique (organisation_id, id),
      unique (organisation_id, name)
    );
    create index on teams (parent_id);

    create table team_members (
      organisation_id uuid not null,
      team_id uuid not null,
      person_id uuid not null references people on delete cascade,
      joined_on date not null default current_date,
      left_on date,
      primary key (team_id, person_id),
      foreign key (organisation_id, team_id) references teams (organisation_id, id) on delete cascade
    );
    create index on team_members (organisation_id, person_id);

    create table team_supervisors (
      organisation_id uuid not null,
      team_id uuid not null,
      person_id uuid not null references people on delete cascade,
      is_deputy boolean not null default false,
      ends_on date,
      primary key (team_id, person_id),
      foreign key (organisation_id, team_id) references teams (organisation_id, id) on delete cascade,
      check (not is_deputy or ends_on is not null)
    );
    create index on team_supervisors (organisation_id, person_id);

    create table networks (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      name text not null unique
    );
    create table network_organisations (
      network_id uuid not null references networks on delete cascade,
      organisation_id uuid not null references organisations,
      primary key (network_id, organisation_id)
    );
    create table network_coordinators (
      network_id uuid not null references networks on delete cascade,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      primary key (network_id, person_id)
    );

    select oppiva_protect('memberships', 'member');
    select oppiva_protect('invitations', 'member');
    select oppiva_protect('team_members', 'organisation');
    select oppiva_protect('team_supervisors', 'organisation');
    select oppiva_protect('network_coordinators', 'organisation');

    -- Who belongs to which network is known to its members; an organisation joins by itself only.
    alter table network_organisations enable row level security;
    create policy reading on network_organisations for select to oppiva_app using ((select oppiva_organisation()) is not null);
    create policy joining on network_organisations for insert to oppiva_app
      with check (organisation_id = (select oppiva_organisation()));
    revoke update, delete on networks, network_organisations, organisations from oppiva_app;

    create function account_home(given uuid) returns uuid
      language sql stable security definer set search_path = public
      return (select coalesce(home_organisation_id,
        (select organisation_id from memberships where person_id = given order by started_on, id limit 1)) from people where id = given);
    grant execute on function account_home(uuid) to oppiva_app;

    alter table people enable row level security;
    create policy reading on people for select to oppiva_app using (
      id = (select oppiva_person()) or exists (
        select from memberships m where m.person_id = people.id and m.organisation_id = (select oppiva_organisation())
      )
    );
    create policy making on people for insert to oppiva_app
      with check (home_organisation_id = (select oppiva_organisation()));
    -- An account is its person's and that organisation's which made it; others only see it.
    create policy changing on people for update to oppiva_app
      using (id = (select oppiva_person()) or account_home(id) = (select oppiva_organisation()));
    revoke update, delete on people from oppiva_app;
    grant update (username, email, name, language, content_language, suspended_at) on people to oppiva_app;
    revoke delete on memberships from oppiva_app;

    alter table credentials enable row level security;
    create policy reading on credentials for select to oppiva_app using (
      exists (select from people p where p.id = credentials.person_id)
    );
    create policy making on credentials for insert to oppiva_app with check (
      person_id = (select oppiva_person()) or account_home(person_id) = (select oppiva_organisation())
    );
    create policy changing on credentials for update to oppiva_app using (
      person_id = (select oppiva_person()) or account_home(person_id) = (select oppiva_organisation())
    );
    revoke select, update, delete on credentials from oppiva_app;
    grant select (person_id, must_change, changed_at), update (password_hash, must_change, changed_at) on credentials to oppiva_app;

    -- Before sign-in nobody is in scope: these two answer one question each, for one name.
    create function sign_in_lookup(given text) returns table (person_id uuid, password_hash text)
      language sql stable security definer set search_path = public
      begin atomic
        select p.id, c.password_hash from people p join credentials c on c.person_id = p.id
        where (p.username = lower(given) or p.email = lower(given)) and p.suspended_at is null
          -- A password on a piece of paper does not stay good for ever.
          and (not c.must_change or c.changed_at > now() - interval '14 days');
      end;
    create function person_named(given text) returns uuid
      language sql stable security definer set search_path = public
      return (select id from people where username = lower(given) and suspended_at is null);
    create function own_password_hash() returns text
      language sql stable security definer set search_path = public
      return (select password_hash from credentials where person_id = oppiva_person());
    -- Names are unique over the installation; this tells only whether one is free.
    create function name_taken(given text) returns boolean
      language sql stable security definer set search_path = public
      return exists (select from people where username = lower(given) or email = lower(given));
    grant execute on function sign_in_lookup(text), person_named(text), own_password_hash(), name_taken(text) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function name_taken(text);
    drop function person_named(text);
    drop function own_password_hash();
    drop function sign_in_lookup(text);
    drop table network_coordinators, network_organisations, networks, team_supervisors, team_members, teams,
      credentials, invitations, people, memberships, organisations cascade;
    drop function if exists account_home(uuid);
  `);
}
