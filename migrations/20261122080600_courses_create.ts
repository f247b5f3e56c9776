import type { Knex } from 'knex';

/** What learners see. Drafts live in tables of their own, so that no query for learners can meet one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table courses (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      slug text not null,
      exchange_id text,
      picture text not null default 'path' check (picture in ('lock', 'message', 'video', 'path')),
      minutes int not null default 0,
      lessons_total int not null default 0,
      sources jsonb not null default '[]',
      published_at timestamptz,
      created_at timestamptz not null default now(),
      unique (organisation_id, slug),
      unique (organisation_id, exchange_id)
    );
    create index on courses (slug);
    -- Who besides the owner may use a course: a named organisation, or (null) all in this installation.
    create table course_shares (
      course_id uuid not null references courses on delete cascade,
      organisation_id uuid references organisations,
      unique nulls not distinct (course_id, organisation_id)
    );
    create table course_texts (
      course_id uuid not null references courses on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null,
      summary text not null default '',
      reviewed boolean not null default false,
      primary key (course_id, language)
    );
    create table course_competences (
      course_id uuid not null references courses on delete cascade,
      competence_code text not null,
      from_level int not null,
      to_level int not null,
      primary key (course_id, competence_code)
    );

    create table modules (
      id uuid primary key default gen_random_uuid(),
      course_id uuid not null references courses on delete cascade,
      exchange_id text,
      position int not null,
      minutes int not null default 0,
      audience text[] not null default '{}',
      competences jsonb not null default '[]',
      sources jsonb not null default '[]',
      unique (course_id, position),
      unique (course_id, exchange_id)
    );
    create table module_texts (
      module_id uuid not null references modules on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null,
      summary text not null default '',
      primary key (module_id, language)
    );

    create table quizzes (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      attempts_allowed int check (attempts_allowed > 0),
      counts text not null default 'best' check (counts in ('best', 'last', 'first')),
      pass_share numeric(3, 2) not null default 0.70,
      version int not null default 1
    );

    create table lessons (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      course_id uuid not null references courses on delete cascade,
      module_id uuid not null references modules on delete cascade,
      exchange_id text,
      slug text not null,
      position int not null,
      kind text not null check (kind in ('text', 'video', 'quiz', 'h5p')),
      minutes int not null default 5,
      level int check (level between 1 and 8),
      audience text[] not null default '{}',
      quiz_id uuid references quizzes,
      h5p_content_id uuid references h5p_contents,
      video jsonb,
      version int not null default 1,
      published_at timestamptz,
      unique (course_id, slug),
      unique (course_id, exchange_id),
      check ((kind = 'quiz') = (quiz_id is not null)),
      check ((kind = 'h5p') = (h5p_content_id is not null)),
      check ((kind = 'video') = (video is not null))
    );
    create index on lessons (course_id, position);
    create index on lessons (module_id);
    create unique index on lessons (quiz_id);
    create index on lessons (h5p_content_id) where h5p_content_id is not null;
    create table lesson_texts (
      lesson_id uuid not null references lessons on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null,
      body text not null default '',
      html text not null default '',
      practice text not null default '',
      follows_version int not null default 1,
      reviewed boolean not null default false,
      primary key (lesson_id, language)
    );
    create table lesson_competences (
      lesson_id uuid not null references lessons on delete cascade,
      competence_code text not null,
      primary key (lesson_id, competence_code)
    );
    create table lesson_files (
      lesson_id uuid not null references lessons on delete cascade,
      file_id uuid not null references files,
      primary key (lesson_id, file_id)
    );
    create index on lesson_files (file_id);
    create table lesson_credits (
      lesson_id uuid not null references lessons on delete cascade,
      kind text not null check (kind in ('true_to_life', 'correct_and_safe')),
      name text not null,
      signed_at timestamptz not null,
      primary key (lesson_id, kind)
    );

    create table questions (
      id uuid primary key default gen_random_uuid(),
      quiz_id uuid not null references quizzes on delete cascade,
      exchange_id text,
      position int not null,
      type text not null check (type in ('single', 'multi', 'truefalse')),
      competence_code text,
      level int check (level between 1 and 8),
      audience text[] not null default '{}',
      retired_at timestamptz,
      unique (quiz_id, exchange_id)
    );
    create index on questions (quiz_id, position);
    create table question_texts (
      question_id uuid not null references questions on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      prompt text not null,
      feedback text not null default '',
      primary key (question_id, language)
    );
    create table question_options (
      question_id uuid not null references questions on delete cascade,
      key text not null,
      position int not null,
      is_correct boolean not null,
      primary key (question_id, key)
    );
    create table option_texts (
      question_id uuid not null,
      key text not null,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      text text not null,
      feedback text not null default '',
      primary key (question_id, key, language),
      foreign key (question_id, key) references question_options on delete cascade
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table option_texts, question_options, question_texts, questions, lesson_credits,
    lesson_files, lesson_competences, lesson_texts, lessons, quizzes, module_texts, modules, course_competences, course_texts,
    course_shares, courses`);
}
