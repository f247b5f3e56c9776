import type { Knex } from 'knex';

/**
 * Surveys. What is answered without a name stands in survey_responses: no person, no address, no time but the day. That
 * somebody has answered stands in survey_tokens. Both are written anew in random order at every answer (shuffle_survey), so that
 * neither the order of rows nor the transaction they came in (xmin) says which answer is whose. Named answers and offers to
 * present have tables of their own.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table surveys (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete set null,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      kind text not null check (kind in ('own', 'pulse', 'service', 'presenters')),
      is_anonymous boolean not null,
      one_by_one boolean not null default false,
      title text not null check (length(title) between 1 and 200),
      intro text not null default '' check (length(intro) <= 3000),
      language text not null default 'fi' check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      invited int check (invited between 1 and 1000000),
      closes_on date,
      opened_on date,
      closed_on date,
      owner_id uuid references people on delete set null,
      created_at timestamptz not null default clock_timestamp(),
      unique (organisation_id, id)
    );
    create index on surveys (space_id);
    create index on surveys (owner_id);
    select oppiva_share('surveys');

    create table survey_questions (
      id uuid primary key,
      organisation_id uuid not null,
      survey_id uuid not null,
      position int not null,
      kind text not null check (kind in ('choice', 'several', 'scale', 'text', 'number')),
      label text not null check (length(label) between 1 and 300),
      options text[] not null default '{}',
      -- The item of the pulse, by which months are compared.
      item text,
      foreign key (organisation_id, survey_id) references surveys (organisation_id, id) on delete cascade
    );
    create index on survey_questions (survey_id, position);
    select oppiva_share_child('survey_questions', 'surveys', 'survey_id');

    create table survey_responses (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null,
      survey_id uuid not null,
      channel text not null check (channel in ('web', 'paper', 'phone')),
      answered_on date not null,
      answers jsonb not null,
      foreign key (organisation_id, survey_id) references surveys (organisation_id, id) on delete cascade
    );
    create index on survey_responses (survey_id);
    select oppiva_protect('survey_responses', 'organisation');
    create table survey_tokens (
      organisation_id uuid not null,
      survey_id uuid not null,
      token text not null,
      primary key (survey_id, token),
      foreign key (organisation_id, survey_id) references surveys (organisation_id, id) on delete cascade
    );
    select oppiva_protect('survey_tokens', 'organisation');

    create table survey_named_responses (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null,
      survey_id uuid not null,
      person_id uuid references people on delete cascade,
      shown_name text not null check (length(shown_name) between 1 and 160),
      channel text not null check (channel in ('web', 'paper', 'phone')),
      answered_at timestamptz not null default now(),
      answers jsonb not null,
      unique (survey_id, person_id),
      foreign key (host_organisation_id, survey_id) references surveys (organisation_id, id) on delete cascade
    );
    create index on survey_named_responses (person_id);
    create index on survey_named_responses (organisation_id);
    select oppiva_host('survey_named_responses');

    create table survey_offers (
      id uuid primary key,
      organisation_id uuid not null,
      survey_id uuid not null,
      name text not null,
      party text not null,
      contact text not null,
      topic text not null,
      state text not null default 'offered' check (state in ('offered', 'accepted', 'declined')),
      event_id uuid,
      slot text not null default '',
      foreign key (organisation_id, survey_id) references surveys (organisation_id, id) on delete cascade
    );
    create index on survey_offers (survey_id);
    select oppiva_protect('survey_offers', 'organisation');

    create function shuffle_survey(survey uuid) returns void language plpgsql as $$
    begin
      with gone as (delete from survey_tokens where survey_id = survey returning *)
        insert into survey_tokens select * from gone order by random();
        with gone as (delete from survey_responses where survey_id = survey returning *)
          insert into survey_responses select * from gone order by random();
        with gone as (delete from survey_offers where survey_id = survey returning *)
          insert into survey_offers select * from gone order by random();
    end $$;
    grant execute on function shuffle_survey(uuid) to oppiva_app;

    -- What was said before the first answer holds after it: whether names are kept, and what was asked.
    create function survey_is_answered(survey uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select exists (select from survey_responses where survey_id = survey)
          or exists (select from survey_named_responses where survey_id = survey);
      end;
    create function guard_survey() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if new.is_anonymous <> old.is_anonymous and survey_is_answered(old.id) then
        raise exception 'a survey that was answered stays as it was declared' using errcode = 'check_violation'; end if;
      return new;
    end $$;
    create trigger guard before update on surveys for each row execute function guard_survey();
    create function guard_survey_question() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if survey_is_answered(case when tg_op = 'DELETE' then old.survey_id else new.survey_id end)
        and exists (select from surveys s where s.id = case when tg_op = 'DELETE' then old.survey_id else new.survey_id end) then
        raise exception 'questions of a survey that was answered stay' using errcode = 'check_violation'; end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$;
    create trigger guard before insert or update or delete on survey_questions for each row execute function guard_survey_question();
    create function guard_survey_answer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if (select s.is_anonymous from surveys s where s.id = new.survey_id) <> (tg_argv[0] = 'anonymous') then
        raise exception 'the answer is kept otherwise than the survey says' using errcode = 'check_violation'; end if;
      return new;
    end $$;
    create trigger guard before insert on survey_responses for each row execute function guard_survey_answer('anonymous');
    create trigger guard before insert on survey_named_responses for each row execute function guard_survey_answer('named');
    revoke update on survey_responses, survey_tokens, survey_named_responses from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger guard on survey_questions;
    drop function guard_survey_question();
    drop function survey_is_answered(uuid);
    drop table survey_offers, survey_named_responses, survey_tokens, survey_responses, survey_questions, surveys;
    drop function guard_survey_answer();
    drop function guard_survey();
    drop function shuffle_survey(uuid);
  `);
}
