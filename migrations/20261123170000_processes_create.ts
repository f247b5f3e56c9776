import type { Knex } from 'knex';

/**
 * Processes of working together. What belongs to a level is read by the members of that level and of those further in
 * (Lab, Studio, Arena, Agora), by the keeper, and, of Agora, by whoever may read the process. Only rows of the keeper are
 * written: what partners add is written in the keeper's scope, after the policy in code has said yes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table processes (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete set null,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      template text not null,
      has_levels boolean not null,
      -- Words by language: {"fi": …, "sv": …}.
      title jsonb not null,
      question jsonb not null,
      target_year int not null,
      answer jsonb not null default '{}',
      answered_on date,
      comments_open boolean not null default false,
      owner_id uuid references people on delete set null,
      review_on date,
      ended_on date,
      created_at timestamptz not null default clock_timestamp(),
      unique (organisation_id, id)
    );
    create index on processes (space_id);
    create index on processes (owner_id);
    select oppiva_share('processes');

    create table process_levels (
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('lab', 'studio', 'arena', 'agora')),
      space_id uuid not null references spaces,
      primary key (process_id, level),
      foreign key (organisation_id, process_id) references processes (organisation_id, id) on delete cascade
    );
    create index on process_levels (space_id);
    alter table process_levels enable row level security;
    create policy scope on process_levels to oppiva_app using (organisation_id = (select oppiva_organisation()))
      with check (organisation_id = (select oppiva_organisation()));
    create policy level_reading on process_levels for select to oppiva_app using (space_id in (select my_spaces()));
    create policy level_reading on processes for select to oppiva_app using (exists (
      select from process_levels l where l.process_id = processes.id and l.space_id in (select my_spaces())));

    create function process_level_rank(level text) returns int language sql immutable
      return array_position(array['lab', 'studio', 'arena', 'agora'], level);
    grant execute on function process_level_rank(text) to oppiva_app;

    create table process_texts (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('lab', 'studio', 'arena', 'agora')),
      kind text not null check (kind in ('frame', 'method', 'finding', 'part')),
      position int not null default 0,
      title jsonb not null,
      body jsonb not null,
      updated_at timestamptz not null default clock_timestamp()
    );
    create table process_decisions (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('studio', 'agora')),
      revises uuid unique references process_decisions,
      decided_on date not null,
      what text not null,
      why text not null,
      decided_by text not null,
      parties text[] not null default '{}',
      recorded_by uuid references people on delete set null,
      recorded_at timestamptz not null default clock_timestamp()
    );
    create index on process_decisions (recorded_by);
    create table process_topics (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('arena', 'agora')),
      area text not null,
      name jsonb not null,
      created_at timestamptz not null default clock_timestamp()
    );
    create table process_sessions (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('lab', 'studio', 'arena', 'agora')),
      -- The event in the calendar, when there is one.
      event_id uuid,
      kind text not null check (kind in ('workshop', 'dialogue')),
      title jsonb not null,
      held_on date not null,
      plan text not null default '',
      notes text not null default '',
      -- A dialogue records views, not decisions: it has no outcomes.
      outcomes text not null default '' check (kind = 'workshop' or outcomes = '')
    );
    create table process_contributions (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('lab', 'studio', 'arena', 'agora')),
      session_id uuid not null references process_sessions on delete cascade,
      topic_id uuid not null references process_topics on delete cascade,
      party text not null,
      body text not null,
      created_at timestamptz not null default clock_timestamp()
    );
    create index on process_contributions (session_id);
    create index on process_contributions (topic_id);
    create table process_comments (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level = 'agora'),
      text_id uuid references process_texts on delete set null,
      -- What was commented, as it was called then.
      about text not null,
      name text not null default '',
      body text not null,
      language text not null,
      state text not null default 'waiting' check (state in ('waiting', 'shown', 'declined')),
      reply text not null default '',
      changed text not null default '',
      posted_at timestamptz not null default clock_timestamp(),
      moderated_at timestamptz,
      replied_at timestamptz
    );
    create index on process_comments (organisation_id, state);
    create table process_key_results (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('studio', 'arena', 'agora')),
      goal jsonb not null,
      title jsonb not null,
      owner text not null,
      due_on date,
      status text not null default 'ahead' check (status in ('ahead', 'going', 'done', 'changed', 'dropped')),
      created_at timestamptz not null default clock_timestamp()
    );
    create table process_actions (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('studio', 'arena', 'agora')),
      key_result_id uuid not null references process_key_results on delete cascade,
      party text not null,
      body text not null,
      done_on date,
      created_at timestamptz not null default clock_timestamp()
    );
    create index on process_actions (key_result_id);
    create table process_progress (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('studio', 'arena', 'agora')),
      key_result_id uuid not null references process_key_results on delete cascade,
      noted_on date not null,
      party text not null,
      status text not null check (status in ('ahead', 'going', 'done', 'changed', 'dropped')),
      body text not null,
      created_at timestamptz not null default clock_timestamp()
    );
    create index on process_progress (key_result_id);
    create table process_parties (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null check (level in ('lab', 'studio', 'arena', 'agora')),
      party text not null,
      kind text not null check (kind in ('municipality', 'region', 'state', 'association', 'education', 'company', 'residents', 'other')),
      people int not null default 0 check (people between 0 and 100000)
    );
    create unique index on process_parties (process_id, level, lower(party));
    create table process_phases (
      organisation_id uuid not null,
      process_id uuid not null,
      phase text not null,
      level text not null default 'agora' check (level = 'agora'),
      position int not null,
      methods text[] not null default '{}',
      learned text not null default '',
      done_on date,
      primary key (process_id, phase)
    );
    create table process_first_steps (
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'studio' check (level = 'studio'),
      step text not null,
      done_on date,
      primary key (process_id, step)
    );
    create table process_targets (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('studio', 'agora')),
      position int not null default 0,
      title jsonb not null,
      target int not null check (target between 1 and 1000000),
      source text not null default '',
      counted text not null,
      -- Given by hand, with where it comes from; null when it is counted or not told yet.
      actual int check (actual between 0 and 1000000),
      actual_source text not null default '',
      actual_on date
    );
    create table process_discussions (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level in ('studio', 'arena', 'agora')),
      title text not null,
      address text not null,
      summary text not null,
      noted_on date not null
    );
    create table process_reviews (
      id uuid primary key,
      organisation_id uuid not null,
      process_id uuid not null,
      level text not null default 'agora' check (level = 'agora'),
      reviewed_on date not null,
      note text not null,
      next_on date
    );

    do $$ declare child text; begin
      foreach child in array array['process_texts', 'process_decisions', 'process_topics', 'process_sessions',
        'process_contributions', 'process_comments', 'process_key_results', 'process_actions', 'process_progress',
        'process_parties', 'process_phases', 'process_first_steps', 'process_targets', 'process_discussions', 'process_reviews'] loop
        execute format('alter table %I add foreign key (organisation_id, process_id) references processes (organisation_id, id) on delete cascade', child);
        if not child = any (array['process_phases', 'process_first_steps']) then
          execute format('create index on %I (process_id)', child);
        end if;
        execute format('alter table %I enable row level security', child);
        execute format('create policy scope on %I to oppiva_app using (organisation_id = (select oppiva_organisation()))
          with check (organisation_id = (select oppiva_organisation()))', child);
        execute format('create policy level_reading on %1$I for select to oppiva_app using (exists (
            select from process_levels l where l.process_id = %1$I.process_id
              and process_level_rank(l.level) <= process_level_rank(%1$I.level) and l.space_id in (select my_spaces()))
          or (%1$I.level = ''agora'' and exists (select from processes p where p.id = %1$I.process_id)))', child);
      end loop;
    end $$;
    -- What waits for a moderator, or was declined, is read by the keeper's people and by those of the closed levels.
    drop policy level_reading on process_comments;
    create policy level_reading on process_comments for select to oppiva_app using (
      (state = 'shown' and exists (select from processes p where p.id = process_id)) or exists (
        select from process_levels l where l.process_id = process_comments.process_id and l.level = 'lab'
          and l.space_id in (select my_spaces())));
    -- Decisions and progress are only added to.
    revoke update, delete on process_decisions, process_progress, process_reviews from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table process_reviews, process_discussions, process_targets, process_first_steps, process_phases, process_parties,
      process_progress, process_actions, process_key_results, process_comments, process_contributions, process_sessions,
      process_topics, process_decisions, process_texts;
    drop policy level_reading on processes;
    drop table process_levels, processes;
    drop function process_level_rank(text);
  `);
}
