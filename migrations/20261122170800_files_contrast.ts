import type { Knex } from 'knex';

/** How far a picture's lightest and darkest tones are from each other, for telling its writer that text in it would not be seen. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table files add column contrast real');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table files drop column contrast');
}
