import type { Knex } from 'knex';

/**
 * What a path is made of: courses, lessons and other things in an order, with conditions as rows from closed lists. The
 * table path_courses stays what reports count: the courses of a path that everyone on it needs (kept by paths.service).
 * A removed step stays as a row, so that taking it away can be undone and what people did on it is not lost.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table path_steps (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null,
      path_id uuid not null,
      position int not null,
      kind text not null check (kind in ('course', 'lesson', 'placement', 'task', 'outside', 'talk')),
      course_id uuid references courses on delete cascade,
      lesson_id uuid references lessons on delete cascade,
      -- What a placement test asks about, and what a practical task shows.
      competence_codes text[] not null default '{}',
      link text not null default '' check (length(link) <= 500),
      is_required boolean not null default true,
      -- Steps of one group: it is enough to do some of them.
      group_key int check (group_key between 1 and 9),
      valid_months int check (valid_months between 1 and 120),
      -- What a placement test finds known counts as done for the whole path, also in reports.
      placement_counts boolean not null default false,
      removed_at timestamptz,
      check ((kind = 'course') = (course_id is not null)),
      check ((kind = 'lesson') = (lesson_id is not null)),
      check (kind <> 'placement' or cardinality(competence_codes) between 1 and 4),
      foreign key (organisation_id, path_id) references learning_paths (organisation_id, id) on delete cascade,
      unique (organisation_id, id)
    );
    create index on path_steps (path_id, position);
    create index on path_steps (course_id) where course_id is not null;
    create index on path_steps (lesson_id) where lesson_id is not null;

    create table path_step_texts (
      step_id uuid not null references path_steps on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null check (length(title) <= 200),
      about text not null default '' check (length(about) <= 1000),
      primary key (step_id, language)
    );

    -- How many steps of a group are enough.
    create table path_groups (
      path_id uuid not null references learning_paths on delete cascade,
      group_key int not null check (group_key between 1 and 9),
      needed int not null check (needed between 1 and 50),
      primary key (path_id, group_key)
    );

    -- A step is open when each of its conditions is met.
    create table path_conditions (
      id uuid primary key default gen_random_uuid(),
      step_id uuid not null references path_steps on delete cascade,
      kind text not null check (kind in
        ('finished', 'result', 'went_well', 'went_less', 'level', 'team', 'role', 'relation', 'profile', 'date')),
      other_step_id uuid references path_steps on delete cascade,
      share int check (share between 1 and 100),
      competence_code text,
      level int check (level between 1 and 8),
      team_id uuid references teams on delete cascade,
      code text,
      day date,
      check ((kind in ('finished', 'result', 'went_well', 'went_less')) = (other_step_id is not null)),
      check ((kind in ('result', 'went_well', 'went_less')) = (share is not null)),
      check ((kind = 'level') = (competence_code is not null and level is not null)),
      check ((kind = 'team') = (team_id is not null)),
      check ((kind in ('role', 'relation', 'profile')) = (code is not null)),
      check ((kind = 'date') = (day is not null))
    );
    create index on path_conditions (step_id);
    create index on path_conditions (other_step_id) where other_step_id is not null;

    -- What counts on a path beside courses and lessons. how: 'self' the person's own mark (a link, an event, a talk),
    -- 'placement' the test showed it, 'recognised' somebody judged that what was learnt before is enough.
    create table path_step_marks (
      organisation_id uuid not null,
      person_id uuid not null references people on delete cascade,
      step_id uuid not null,
      how text not null check (how in ('self', 'placement', 'recognised')),
      marked_at timestamptz not null default now(),
      primary key (organisation_id, person_id, step_id, how),
      foreign key (organisation_id, step_id) references path_steps (organisation_id, id) on delete cascade
    );
    create index on path_step_marks (step_id);
    select oppiva_protect('path_step_marks', 'organisation');

    insert into path_steps (organisation_id, path_id, position, kind, course_id, valid_months)
    select lp.organisation_id, pc.path_id, pc.position, 'course', pc.course_id, pc.valid_months
    from path_courses pc join learning_paths lp on lp.id = pc.path_id;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table path_step_marks, path_conditions, path_groups, path_step_texts, path_steps');
}
