import type { Knex } from 'knex';

/**
 * Practice: questions of one competence, chosen one by one. Answers are only added. How hard a question is comes from all
 * answers to it, on the logit scale; it tells of no person.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table question_difficulties (
      question_id uuid primary key references questions on delete cascade,
      difficulty double precision not null,
      answers int not null default 0
    );

    create table practice_sessions (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      -- The level known at the start, 0..8; null when none was.
      known_level double precision,
      -- The question that waits for an answer.
      question_id uuid references questions on delete set null,
      started_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create unique index one_open_practice on practice_sessions (organisation_id, person_id, competence_code) where ended_at is null;
    create index on practice_sessions (organisation_id, person_id, started_at desc);

    create table practice_answers (
      session_id uuid not null references practice_sessions on delete cascade,
      question_id uuid not null references questions,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      chosen text[] not null,
      dont_know boolean not null default false,
      points numeric(4, 3) not null,
      -- How hard the question was taken to be then.
      difficulty double precision not null,
      answered_at timestamptz not null default clock_timestamp(),
      primary key (session_id, question_id)
    );
    create index on practice_answers (organisation_id, person_id, question_id, answered_at);

    select oppiva_protect('practice_sessions', 'own');
    select oppiva_protect('practice_answers', 'own');
    revoke update, delete on practice_answers from oppiva_app;
    revoke delete on practice_sessions from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table practice_answers, practice_sessions, question_difficulties');
}
