import type { Knex } from 'knex';

/**
 * Courses that come as a file. They belong to those who write in the organisation together, as files of questions do; who did
 * what stands in the audit log. A lesson that came is a draft; draft_places says where in its course it stands once it is out.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Of a course that came in a file: from whom, words for competences that are not known here, H5P contents by their names in files.
    alter table courses add column origin jsonb not null default '{}';

    create table draft_places (
      draft_id uuid primary key,
      organisation_id uuid not null,
      module_id uuid not null references modules on delete cascade,
      position int not null,
      -- The lesson's name in files: what comes again is found by it.
      exchange_id text not null,
      audience text[] not null default '{}',
      -- Names under the lesson where it came from, with how many it was tried there, who read which language.
      origin jsonb not null default '{}',
      -- The version that a file brought; a draft of a later one has been changed here and is left alone.
      brought int not null,
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on draft_places (module_id);
    create index on draft_places (organisation_id, exchange_id);
    select oppiva_protect('draft_places', 'organisation');

    create table course_imports (
      -- Made with the form: a file sent twice is one import.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      file_name text not null check (length(file_name) <= 200),
      bytes bigint not null,
      preview jsonb not null,
      state text not null default 'ready' check (state in ('ready', 'taking', 'done', 'failed')),
      done int not null default 0,
      expected int not null default 0,
      course_id uuid references courses on delete set null,
      -- What came of it, or why nothing did.
      outcome jsonb not null default '{}',
      created_at timestamptz not null default now(),
      expires_at timestamptz not null default now() + interval '14 days'
    );
    create index on course_imports (organisation_id, created_at desc);
    create index on course_imports (course_id);
    create index on course_imports (expires_at);
    select oppiva_protect('course_imports', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table course_imports, draft_places;
    alter table courses drop column origin;
  `);
}
