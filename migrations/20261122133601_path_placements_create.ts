import type { Knex } from 'knex';

/**
 * What a placement test of a path found of one competence: the person's own, as answers are. A practice session may be part
 * of one: then its result is written here, and the person goes back to the path.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table path_placements (
      organisation_id uuid not null,
      person_id uuid not null references people on delete cascade,
      step_id uuid not null,
      competence_code text not null,
      -- Null when too few questions were answered to say.
      level double precision check (level between 0 and 8),
      right_answers int not null check (right_answers >= 0),
      answers int not null check (answers >= right_answers),
      decided_at timestamptz not null default now(),
      primary key (organisation_id, person_id, step_id, competence_code),
      foreign key (organisation_id, step_id) references path_steps (organisation_id, id) on delete cascade
    );
    create index on path_placements (step_id);
    select oppiva_protect('path_placements', 'own');

    alter table practice_sessions add placement_step_id uuid references path_steps on delete set null;
    create index on practice_sessions (placement_step_id) where placement_step_id is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table practice_sessions drop placement_step_id;
    drop table path_placements;
  `);
}
