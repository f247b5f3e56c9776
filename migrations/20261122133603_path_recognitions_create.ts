import type { Knex } from 'knex';

/**
 * What was learnt before and counts for a step of a path: asked by the learner and judged by the one they asked, or found by a
 * placement test that its author lets count. Never a completion of the course: reports count it apart. The story is for the
 * two alone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table path_recognitions (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      step_id uuid not null,
      kind text not null check (kind in ('earlier', 'placement')),
      state text not null check (state in ('asked', 'counted', 'declined', 'withdrawn')),
      story text not null default '' check (length(story) <= 5000),
      judge_id uuid references people on delete set null,
      -- Why it counts, or what is missing.
      reason text not null default '' check (length(reason) <= 2000),
      asked_at timestamptz not null default now(),
      decided_at timestamptz,
      foreign key (organisation_id, step_id) references path_steps (organisation_id, id) on delete cascade
    );
    create unique index path_recognitions_open on path_recognitions (organisation_id, person_id, step_id) where state = 'asked';
    create index on path_recognitions (organisation_id, judge_id) where state = 'asked';
    create index on path_recognitions (step_id);
    select oppiva_protect('path_recognitions', 'organisation');
    create policy the_two on path_recognitions as restrictive to oppiva_app
      using ((select oppiva_person()) in (person_id, judge_id));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table path_recognitions');
}
