import type { Knex } from 'knex';

/**
 * Target profiles of an organisation beside the ready ones of a framework, with a range: the least that is needed and what
 * one aims at. Versions are by the day from which they hold, and so is which person had which profile: a report of a past
 * day reads what held then.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table target_profiles (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      name text not null check (length(name) between 1 and 120),
      about text not null default '' check (length(about) <= 1000),
      copied_from text not null default '',
      created_at timestamptz not null default now(),
      archived_at timestamptz,
      unique (organisation_id, id)
    );
    create table target_profile_versions (
      organisation_id uuid not null,
      profile_id uuid not null,
      from_day date not null default current_date,
      made_at timestamptz not null default now(),
      made_by uuid references people on delete set null,
      primary key (profile_id, from_day),
      foreign key (organisation_id, profile_id) references target_profiles (organisation_id, id) on delete cascade
    );
    create table target_levels (
      organisation_id uuid not null,
      profile_id uuid not null,
      from_day date not null,
      competence_code text not null,
      minimum int not null check (minimum between 1 and 8),
      aim int not null check (aim between minimum and 8),
      primary key (profile_id, from_day, competence_code),
      foreign key (profile_id, from_day) references target_profile_versions on delete cascade
    );

    -- Which profile a person had from which day on; null is none. Kept by the database itself, whoever changes a membership.
    -- The one that a membership begins with has no day before it, so it holds from the first day that reports know.
    create table profile_days (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      from_day date not null,
      profile text,
      given_by uuid references people on delete set null,
      primary key (organisation_id, person_id, from_day)
    );

    -- The framework that an organisation speaks with (null: the installation's own), and a stamp that is new after each
    -- change, so that what a server keeps in memory is known to be old.
    create table organisation_words (
      organisation_id uuid primary key references organisations,
      framework_id uuid references frameworks,
      stamp uuid not null default gen_random_uuid()
    );

    select oppiva_protect('target_profiles', 'organisation');
    select oppiva_protect('target_profile_versions', 'organisation');
    select oppiva_protect('target_levels', 'organisation');
    select oppiva_protect('profile_days', 'organisation');
    select oppiva_protect('organisation_words', 'organisation');

    insert into profile_days (organisation_id, person_id, from_day, profile)
      select organisation_id, person_id, date '2000-01-01', target_profile from memberships where target_profile is not null;

    create function oppiva_keep_profile_days() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into profile_days (organisation_id, person_id, from_day, profile, given_by)
          select organisation_id, person_id, date '2000-01-01', target_profile, oppiva_person() from changed
          where target_profile is not null
          on conflict (organisation_id, person_id, from_day) do update set profile = excluded.profile;
      else
        insert into profile_days (organisation_id, person_id, from_day, profile, given_by)
          select c.organisation_id, c.person_id, current_date, c.target_profile, oppiva_person()
          from changed c join before b on b.id = c.id where b.target_profile is distinct from c.target_profile
          on conflict (organisation_id, person_id, from_day) do update
            set profile = excluded.profile, given_by = excluded.given_by;
      end if;
      return null;
    end $$;
    create trigger keep_profile_days_of_new after insert on memberships
      referencing new table as changed for each statement execute function oppiva_keep_profile_days();
    create trigger keep_profile_days after update on memberships
      referencing old table as before new table as changed for each statement execute function oppiva_keep_profile_days();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger keep_profile_days on memberships;
    drop trigger keep_profile_days_of_new on memberships;
    drop function oppiva_keep_profile_days();
    drop table organisation_words, profile_days, target_levels, target_profile_versions, target_profiles;
  `);
}
