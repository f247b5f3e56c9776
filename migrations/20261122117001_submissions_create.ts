import type { Knex } from 'knex';

/**
 * What a person did (task) or had learnt before (earlier), and what the one whom they asked says of it. Only these two
 * may see the rows: files and stories are of the learner's work, not of the organisation.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table submissions (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      kind text not null check (kind in ('task', 'earlier')),
      -- draft -> sent -> looking -> more (asked) -> sent … -> judged -> taken | left; not_yet; withdrawn at any time before judged.
      state text not null default 'draft' check (state in
        ('draft', 'sent', 'looking', 'more', 'judged', 'not_yet', 'taken', 'left', 'withdrawn')),
      story text not null default '' check (length(story) <= 5000),
      -- Where it was learnt; for earlier learning.
      place text not null default '' check (length(place) <= 300),
      link text not null default '' check (length(link) <= 500),
      -- As typed while it is a draft; a day when it is sent. The work's day, or the last day of the learning.
      done_on_typed text not null default '' check (length(done_on_typed) <= 40),
      done_on text check (done_on ~ '^\\d{4}-\\d\\d-\\d\\d$'),
      lesson_id uuid references lessons on delete set null,
      judge_id uuid references people on delete set null,
      feedback text not null default '' check (length(feedback) <= 2000),
      made_at timestamptz not null default now(),
      sent_at timestamptz,
      changed_at timestamptz not null default now(),
      unique (organisation_id, id)
    );
    create index on submissions (organisation_id, person_id, changed_at desc);
    create index on submissions (organisation_id, judge_id) where state in ('sent', 'looking');

    -- One row for each skill. claimed: the can-do lines that the learner ticked; seen: those that the judge saw.
    create table submission_skills (
      submission_id uuid not null,
      organisation_id uuid not null,
      competence_code text not null,
      claimed text[] not null default '{}',
      seen text[] not null default '{}',
      level int check (level between 0 and 8),
      primary key (submission_id, competence_code),
      foreign key (organisation_id, submission_id) references submissions (organisation_id, id) on delete cascade
    );

    create table submission_files (
      id uuid primary key,
      submission_id uuid not null,
      organisation_id uuid not null,
      name text not null,
      mime text not null,
      bytes int not null,
      added_at timestamptz not null default now(),
      foreign key (organisation_id, submission_id) references submissions (organisation_id, id) on delete cascade
    );
    create index on submission_files (submission_id);

    create table submission_events (
      id uuid primary key default gen_random_uuid(),
      submission_id uuid not null,
      organisation_id uuid not null,
      actor_id uuid references people on delete set null,
      kind text not null check (kind in ('sent', 'looking', 'more', 'judged', 'not_yet', 'taken', 'left', 'withdrawn')),
      words text not null default '',
      happened_at timestamptz not null default now(),
      foreign key (organisation_id, submission_id) references submissions (organisation_id, id) on delete cascade
    );
    create index on submission_events (submission_id, happened_at);

    select oppiva_protect('submissions', 'organisation');
    select oppiva_protect('submission_skills', 'organisation');
    select oppiva_protect('submission_files', 'organisation');
    select oppiva_protect('submission_events', 'organisation');
    create policy the_two on submissions as restrictive to oppiva_app
      using (person_id = (select oppiva_person()) or (judge_id = (select oppiva_person()) and state not in ('draft', 'withdrawn')));
    create policy the_two on submission_skills as restrictive to oppiva_app
      using (exists (select from submissions s where s.id = submission_id));
    create policy the_two on submission_files as restrictive to oppiva_app
      using (exists (select from submissions s where s.id = submission_id));
    create policy the_two on submission_events as restrictive to oppiva_app
      using (exists (select from submissions s where s.id = submission_id));
    revoke update, delete on submission_events from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table submission_events, submission_files, submission_skills, submissions');
}
