import type { Knex } from 'knex';

/**
 * What peer supporters did, as they tell it, and what somebody who is answerable for the work said of it. Both stay side by side.
 * Nothing of those who were supported is kept: kinds of tasks, minutes, a topic.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table work_entries (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      done_on date not null,
      minutes int not null check (minutes between 5 and 960),
      kind text not null check (kind in ('place', 'visit', 'phone', 'group', 'writing', 'testing', 'other')),
      topic text not null check (length(topic) between 1 and 100),
      note text not null default '' check (length(note) <= 300),
      told_at timestamptz not null default now(),
      checked_at timestamptz,
      checked_by uuid references people on delete set null,
      checked_minutes int check (checked_minutes between 0 and 960),
      checked_kind text check (checked_kind in ('place', 'visit', 'phone', 'group', 'writing', 'testing', 'other')),
      check_note text not null default '' check (length(check_note) <= 300),
      check (checked_by <> person_id),
      check ((checked_at is null) = (checked_minutes is null))
    );
    create index on work_entries (organisation_id, person_id, done_on desc);
    create index on work_entries (organisation_id) where checked_at is null;

    -- A person asks for a certificate of their work; somebody who may check it signs it with their name.
    create table work_requests (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      from_on date not null,
      to_on date not null check (to_on >= from_on),
      -- Competence codes that the person wants to be told of.
      skills text[] not null default '{}' check (cardinality(skills) <= 12),
      asked_at timestamptz not null default now(),
      signed_at timestamptz,
      signed_by uuid references people on delete set null,
      withdrawn_at timestamptz,
      check (signed_by <> person_id)
    );
    create index on work_requests (organisation_id, person_id);
    create index on work_requests (organisation_id) where signed_at is null and withdrawn_at is null;

    select oppiva_protect('work_entries', 'organisation');
    select oppiva_protect('work_requests', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table work_requests, work_entries');
}
