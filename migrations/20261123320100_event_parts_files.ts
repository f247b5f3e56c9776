import type { Knex } from 'knex';

/** A material may be a file of its own, kept in the storage under the event; its name, kind and size (bytes) stand here. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table event_parts add column file_name text check (length(file_name) between 1 and 200),
      add column file_mime text, add column file_bytes int check (file_bytes > 0),
      add check ((file_name is null) = (file_bytes is null) and (file_name is null) = (file_mime is null)),
      add check (file_name is null or kind = 'material');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table event_parts drop column file_name, drop column file_mime, drop column file_bytes');
}
