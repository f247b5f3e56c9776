import type { Knex } from 'knex';

/**
 * How a practical task is looked at: on a lesson the author's criteria with words for three levels, in their languages; on a
 * submission the same as they were on the day of the judging, each with the level that the judge chose.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lessons add column rubric jsonb;
    alter table submissions add column rubric jsonb;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table submissions drop column rubric; alter table lessons drop column rubric');
}
