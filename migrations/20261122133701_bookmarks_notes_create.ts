import type { Knex } from 'knex';

/** What a learner keeps for themself: places to come back to, and own notes. Nobody else reads either. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table bookmarks (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      course_id uuid not null references courses on delete cascade,
      lesson_id uuid references lessons on delete cascade,
      created_at timestamptz not null default now(),
      unique nulls not distinct (organisation_id, person_id, course_id, lesson_id)
    );
    select oppiva_protect('bookmarks', 'own');

    create table notes (
      -- Made with the form, so that a form sent twice leaves one note.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- A note outlives its lesson, with the name that the lesson had.
      lesson_id uuid references lessons on delete set null,
      about text not null default '',
      -- The place of the page it is about; '' for the whole lesson.
      spot text not null default '',
      body text not null check (length(body) between 1 and 10000),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index on notes (organisation_id, person_id, created_at desc);
    create index on notes (lesson_id) where lesson_id is not null;
    select oppiva_protect('notes', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table notes, bookmarks');
}
