import type { Knex } from 'knex';

/**
 * Rounds of interviews. Notes have a made-up name and are gone on the promised day. The list of who wants to hear more stands
 * alone: no round, no interview, no day, and its rows are written anew in random order when one comes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table interview_rounds (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete set null,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      title text not null check (length(title) between 1 and 200),
      purpose text not null check (length(purpose) between 1 and 2000),
      language text not null default 'fi',
      questions text[] not null check (cardinality(questions) between 1 and 20),
      groups text[] not null check (cardinality(groups) between 1 and 20),
      consent_version int not null default 1,
      delete_on date not null,
      deleted_on date,
      -- What remains of the interviews when they are gone: numbers that hide small groups.
      remains jsonb,
      owner_id uuid references people on delete set null,
      created_at timestamptz not null default clock_timestamp(),
      unique (organisation_id, id)
    );
    create index on interview_rounds (space_id);
    create index on interview_rounds (owner_id);
    select oppiva_share('interview_rounds');

    create table interviews (
      id uuid primary key,
      organisation_id uuid not null,
      round_id uuid not null,
      pseudonym text not null,
      population_group text not null,
      held_on date not null,
      consent_on date not null,
      consent_version int not null,
      withdrawal text not null unique,
      notes jsonb not null,
      foreign key (organisation_id, round_id) references interview_rounds (organisation_id, id) on delete cascade,
      unique (organisation_id, id)
    );
    create index on interviews (round_id);
    select oppiva_protect('interviews', 'organisation');
    create table interview_passages (
      id uuid primary key,
      organisation_id uuid not null,
      interview_id uuid not null,
      theme text not null,
      body text not null check (length(body) between 1 and 2000),
      foreign key (organisation_id, interview_id) references interviews (organisation_id, id) on delete cascade
    );
    create index on interview_passages (interview_id);
    select oppiva_protect('interview_passages', 'organisation');

    create table interview_contacts (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations on delete cascade,
      name text not null check (length(name) between 1 and 160),
      contact text not null check (length(contact) between 3 and 200),
      invited_to text not null default '',
      has_joined boolean not null default false
    );
    create index on interview_contacts (organisation_id);
    select oppiva_protect('interview_contacts', 'organisation');

    create function shuffle_contacts(organisation uuid) returns void language plpgsql as $$
    begin
      with gone as (delete from interview_contacts where organisation_id = organisation returning *)
        insert into interview_contacts select * from gone order by random();
    end $$;
    grant execute on function shuffle_contacts(uuid) to oppiva_app;
    -- Who was interviewed has a code and no account: the code is the right to take the notes away.
    create function withdraw_interview(code text) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      delete from interviews where withdrawal = code;
      return found;
    end $$;
    grant execute on function withdraw_interview(text) to oppiva_app;
    -- Rounds whose promised day has come, of every organisation: for the job that keeps the promise.
    create function interview_rounds_due() returns table (id uuid, organisation_id uuid) language sql stable security definer
      set search_path = public, pg_temp
      begin atomic
        select r.id, r.organisation_id from interview_rounds r
        where r.deleted_on is null and r.delete_on <= (now() at time zone 'Europe/Helsinki')::date;
      end;
    grant execute on function interview_rounds_due() to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function interview_rounds_due();
    drop function withdraw_interview(text);
    drop function shuffle_contacts(uuid);
    drop table interview_contacts, interview_passages, interviews, interview_rounds;
  `);
}
