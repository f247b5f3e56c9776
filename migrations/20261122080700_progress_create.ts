import type { Knex } from 'knex';

/** What a person did. Answers are only added; the newest of a question in an attempt is the one that counts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table enrolments (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      course_id uuid not null references courses on delete cascade,
      lessons_done int not null default 0,
      lessons_total int not null,
      last_lesson_id uuid references lessons on delete set null,
      started_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      completed_at timestamptz,
      primary key (organisation_id, person_id, course_id)
    );
    create index on enrolments (organisation_id, person_id, last_seen_at desc);
    create index on enrolments (course_id);

    create table lesson_progress (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      course_id uuid not null references courses on delete cascade,
      spot text not null default '',
      opened_at timestamptz not null default now(),
      completed_at timestamptz,
      primary key (organisation_id, person_id, lesson_id)
    );
    create index on lesson_progress (organisation_id, person_id, course_id);

    create table help_levels (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      help_level int not null check (help_level between 0 and 3),
      answered_at timestamptz not null default now()
    );
    create index on help_levels (organisation_id, person_id, lesson_id);

    create table help_requests (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid references lessons on delete set null,
      message text not null default '',
      asked_at timestamptz not null default now(),
      answered_at timestamptz,
      answered_by uuid references people on delete set null
    );
    create index on help_requests (organisation_id, person_id, answered_at);

    create table quiz_attempts (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      quiz_id uuid not null references quizzes on delete cascade,
      number int not null,
      language text not null,
      started_at timestamptz not null default now(),
      submitted_at timestamptz,
      points numeric(6, 2),
      points_possible numeric(6, 2),
      unique (organisation_id, person_id, quiz_id, number)
    );
    create unique index one_open_attempt on quiz_attempts (organisation_id, person_id, quiz_id) where submitted_at is null;

    create table quiz_answers (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      attempt_id uuid not null references quiz_attempts on delete cascade,
      question_id uuid not null references questions,
      chosen text[] not null,
      dont_know boolean not null default false,
      points numeric(4, 3) not null,
      answered_at timestamptz not null default clock_timestamp()
    );
    create index on quiz_answers (attempt_id, question_id, answered_at desc);

    select oppiva_protect('enrolments', 'organisation');
    select oppiva_protect('lesson_progress', 'organisation');
    select oppiva_protect('help_levels', 'own');
    select oppiva_protect('help_requests', 'organisation');
    select oppiva_protect('quiz_attempts', 'own');
    select oppiva_protect('quiz_answers', 'own');
    revoke update, delete on quiz_answers, help_levels from oppiva_app;
    revoke delete on quiz_attempts, help_requests from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table quiz_answers, quiz_attempts, help_requests, help_levels, lesson_progress, enrolments');
}
