import type { Knex } from 'knex';

/**
 * Shifts of supporters at support places, what a digital peer may do and with whom they talk of it, and the follow-up of a
 * person who is supported: under a code that stands on the person's own paper, never a name.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table support_shifts (
      -- Made with the form, so that a form sent twice is one shift.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      place_id uuid not null references support_places on delete cascade,
      starts_at timestamptz not null,
      minutes int not null check (minutes between 30 and 600),
      needed int not null default 1 check (needed between 1 and 20),
      made_by uuid references people on delete set null,
      cancelled_at timestamptz,
      created_at timestamptz not null default now()
    );
    create index on support_shifts (organisation_id, starts_at);
    create index on support_shifts (place_id);
    select oppiva_protect('support_shifts', 'organisation');

    create table support_shift_people (
      shift_id uuid not null references support_shifts on delete cascade,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- The line in the ledger of hours, once.
      entry_id uuid not null default gen_random_uuid(),
      told_minutes int check (told_minutes between 5 and 960),
      joined_at timestamptz not null default now(),
      primary key (shift_id, person_id)
    );
    create index on support_shift_people (organisation_id, person_id);
    select oppiva_protect('support_shift_people', 'organisation');

    create table support_peers (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      tasks text[] not null default '{}',
      mentor_id uuid references people on delete set null,
      agreed text not null default '' check (length(agreed) <= 600),
      meet_on date,
      changed_by uuid references people on delete set null,
      changed_at timestamptz not null default now(),
      primary key (organisation_id, person_id)
    );
    select oppiva_protect('support_peers', 'organisation');

    create table support_follow_ups (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      code text not null check (length(code) <= 20),
      theme text not null,
      goal text not null check (length(goal) between 1 and 300),
      began_on date not null default current_date,
      ended_on date,
      reached boolean,
      made_by uuid references people on delete set null,
      unique (organisation_id, code),
      check ((ended_on is null) = (reached is null))
    );
    select oppiva_protect('support_follow_ups', 'organisation');

    create table support_follow_up_checks (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      follow_up_id uuid not null references support_follow_ups on delete cascade,
      held_on date not null default current_date,
      ability text not null check (ability in ('not-yet', 'with-help', 'alone', 'helps-others')),
      can_now text not null default '' check (length(can_now) <= 300),
      barriers text[] not null default '{}',
      made_by uuid references people on delete set null,
      -- Two checks of one transaction have an order too.
      created_at timestamptz not null default clock_timestamp()
    );
    create index on support_follow_up_checks (follow_up_id, held_on);
    select oppiva_protect('support_follow_up_checks', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table support_follow_up_checks, support_follow_ups, support_peers, support_shift_people, support_shifts',
  );
}
