import type { Knex } from 'knex';

/** Whether bytes are named by any row is asked before they are taken out of the storage. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`create index files_folder on files (folder) where folder <> ''`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index files_folder');
}
