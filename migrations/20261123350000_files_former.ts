import type { Knex } from 'knex';

/** What a file was before it was replaced, for 30 days, so that a wrong file can be taken back. It holds nothing of people. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table files add column former jsonb;
    create index files_former on files (organisation_id) where former is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table files drop column former');
}
