import type { Knex } from 'knex';

/** The weights that the points were made with, and since when. One row: another choice is another time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table skill_weights (
      only_one boolean primary key default true check (only_one),
      weights jsonb not null,
      decided_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table skill_weights');
}
