import type { Knex } from 'knex';

/** A person's own path of lessons towards their targets: theirs alone to see. Old ones are kept as ended. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table personal_paths (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      made_at timestamptz not null default now(),
      ended_at timestamptz
    );
    create unique index one_personal_path on personal_paths (organisation_id, person_id) where ended_at is null;
    create table personal_path_steps (
      path_id uuid not null references personal_paths on delete cascade,
      organisation_id uuid not null,
      person_id uuid not null,
      position int not null,
      competence_code text not null,
      kind text not null check (kind in ('lesson', 'self_assessment')),
      lesson_id uuid references lessons on delete cascade,
      reason text not null,
      check ((kind = 'lesson') = (lesson_id is not null)),
      primary key (path_id, position)
    );
    create index on personal_path_steps (lesson_id);
    select oppiva_protect('personal_paths', 'own');
    select oppiva_protect('personal_path_steps', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table personal_path_steps, personal_paths');
}
