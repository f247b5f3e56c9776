import type { Knex } from 'knex';

/**
 * From when the validity of a completion is counted, once it was renewed: within the window of renewal from the day on which
 * the old one would have ended, so that being early costs nothing and the rhythm stays; else from the renewal.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table enrolments add counts_from timestamptz');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table enrolments drop counts_from');
}
