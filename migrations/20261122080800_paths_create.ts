import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table learning_paths (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      slug text not null,
      created_at timestamptz not null default now(),
      unique (organisation_id, slug),
      unique (organisation_id, id)
    );
    create table learning_path_texts (
      path_id uuid not null references learning_paths on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null,
      summary text not null default '',
      primary key (path_id, language)
    );
    create table path_courses (
      path_id uuid not null references learning_paths on delete cascade,
      course_id uuid not null references courses on delete cascade,
      position int not null,
      primary key (path_id, course_id),
      unique (path_id, position) deferrable
    );
    create index on path_courses (course_id);
    create table path_assignments (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null,
      path_id uuid not null,
      person_id uuid references people on delete cascade,
      team_id uuid references teams on delete cascade,
      due_on date,
      is_mandatory boolean not null default true,
      assigned_by uuid references people on delete set null,
      assigned_at timestamptz not null default now(),
      foreign key (organisation_id, path_id) references learning_paths (organisation_id, id) on delete cascade,
      check ((person_id is null) <> (team_id is null)),
      unique nulls not distinct (path_id, person_id, team_id)
    );
    create index on path_assignments (organisation_id, person_id);
    create index on path_assignments (organisation_id, team_id);
    select oppiva_protect('path_assignments', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table path_assignments, path_courses, learning_path_texts, learning_paths');
}
