import type { Knex } from 'knex';

/**
 * What people of several organisations do in a space: tasks and shared aims, topics that are talked of, what organisations look
 * for and offer, and the directory of projects outside. Rows are seen by all organisations of the space, made in one's own
 * organisation's name, and changed by it or by the space's keeper.
 */
const TABLES = ['space_tasks', 'space_topics', 'space_messages', 'space_interests', 'space_contacts'] as const;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table space_tasks (
      id uuid primary key,
      space_id uuid not null references spaces on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      kind text not null check (kind in ('task', 'aim')),
      title text not null check (length(title) between 1 and 200),
      target text not null default '' check (length(target) <= 500),
      who text not null default '' check (length(who) <= 200),
      due_on date,
      done_on date,
      result text not null default '' check (length(result) <= 1000),
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create table space_topics (
      id uuid primary key,
      space_id uuid not null references spaces on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      title text not null check (length(title) between 1 and 200),
      summary text not null default '' check (length(summary) <= 3000),
      link text not null default '' check (length(link) <= 500),
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create table space_messages (
      id uuid primary key,
      space_id uuid not null references spaces on delete cascade,
      topic_id uuid not null references space_topics on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      person_id uuid references people on delete set null,
      shown_name text not null check (length(shown_name) <= 200),
      body text not null check (length(body) between 1 and 3000),
      removed_at timestamptz,
      written_at timestamptz not null default now()
    );
    create table space_interests (
      id uuid primary key,
      space_id uuid not null references spaces on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      side text not null check (side in ('looks', 'offers')),
      theme text not null,
      body text not null check (length(body) between 1 and 500),
      accepts uuid[] not null default '{}',
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create table space_contacts (
      id uuid primary key,
      space_id uuid not null references spaces on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      name text not null check (length(name) between 1 and 200),
      about text not null default '' check (length(about) <= 1000),
      address text not null default '' check (length(address) <= 500),
      ends_on date,
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create index on space_messages (topic_id, written_at);
    ${TABLES.map(
      (table) => `
    create index on ${table} (space_id);
    create index on ${table} (organisation_id);
    create index on ${table} (host_organisation_id);
    select oppiva_host('${table}');
    drop policy making on ${table};
    create policy making on ${table} for insert to oppiva_app with check (
      organisation_id = (select oppiva_organisation()) and (space_id in (select spaces_in_scope()) or space_id in (select my_spaces())));
    create policy seeing on ${table} for select to oppiva_app using (
      space_id in (select spaces_in_scope()) or space_id in (select my_spaces()));`,
    ).join('')}

    -- A space changes hands by its keeper's own press, to an organisation that belongs to it: rows of two organisations change at once.
    create function give_space(given uuid, heir uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if not exists (select from spaces where id = given and organisation_id = oppiva_organisation())
        or not exists (select from space_organisations where space_id = given and organisation_id = heir
          and state = 'member' and left_at is null)
      then return false; end if;
      update space_organisations set role = case when organisation_id = heir then 'owner' else 'member' end where space_id = given
        and (organisation_id = heir or role = 'owner');
      update space_members set host_organisation_id = heir where space_id = given;
      ${TABLES.map((table) => `update ${table} set host_organisation_id = heir where space_id = given;`).join('\n      ')}
      update spaces set organisation_id = heir, updated_at = now() where id = given;
      update loop_objects set organisation_id = heir where kind = 'space' and id = given;
      return true;
    end $$;
    grant execute on function give_space(uuid, uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function give_space(uuid, uuid)');
  await knex.raw(`drop table ${[...TABLES].reverse().join(', ')}`);
}
