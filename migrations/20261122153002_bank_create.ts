import type { Knex } from 'knex';

/**
 * The question bank of an organisation, and files of questions that wait to be taken into it. They belong to those who write
 * in the organisation together; who did what stands in the audit log.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table bank_questions (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      type text not null,
      competence_code text,
      level int not null,
      languages text[] not null,
      -- The whole question as it is written.
      question jsonb not null,
      -- All its words, for searching.
      words text not null,
      -- The same for questions that say the same: the bank keeps one of each.
      fingerprint text not null,
      -- Grows when the question changes: copies in drafts remember which one they were taken from.
      version int not null default 1,
      -- Where it came from: a draft, a quiz or a file.
      source jsonb not null default '{}',
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      removed_at timestamptz
    );
    create unique index on bank_questions (organisation_id, fingerprint) where removed_at is null;
    create index on bank_questions (organisation_id, competence_code, level) where removed_at is null;

    create table question_imports (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      -- Where the questions are meant to go; null: the bank.
      draft_id uuid references lesson_drafts on delete cascade,
      file_name text not null,
      kind text not null check (kind in ('moodle', 'gift')),
      -- What the sender said of all questions: their language, and competence and level where the file tells none.
      reading jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
      done int not null default 0,
      expected int not null,
      categories int not null default 0,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null default now() + interval '14 days'
    );
    create index on question_imports (organisation_id, created_at desc);
    create index on question_imports (expires_at);
    create table question_import_items (
      import_id uuid not null references question_imports on delete cascade,
      number int not null,
      line int not null,
      name text not null,
      kind text not null,
      category text not null,
      excerpt text not null,
      -- Null when it could not be read; then the reason says why.
      question jsonb,
      notes jsonb not null default '[]',
      reason jsonb,
      -- Pictures of ours, in the order in which the question names them.
      pictures uuid[] not null default '{}',
      taken text check (taken in ('bank', 'known', 'draft')),
      primary key (import_id, number)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table question_import_items, question_imports, bank_questions');
}
