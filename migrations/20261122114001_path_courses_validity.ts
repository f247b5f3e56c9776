import type { Knex } from 'knex';

/**
 * Training that has to be done again: how many months a completion stays valid on a step of a path (null: for good), and how many
 * days before the end the path asks to renew it. `renewed_at` is the newest time the person went through a complete course
 * again; the first completion stays as it was, and the audit keeps each renewal.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table path_courses add valid_months int check (valid_months between 1 and 120);
    alter table learning_paths add renewal_days int not null default 60 check (renewal_days between 1 and 365);
    alter table enrolments add renewed_at timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table enrolments drop renewed_at;
    alter table learning_paths drop renewal_days;
    alter table path_courses drop valid_months;
  `);
}
