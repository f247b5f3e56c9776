import type { Knex } from 'knex';

/**
 * A published lesson keeps its blocks as its readers see them, by language, so that a reader may switch the language of one.
 * Lessons published before have none; they are shown from their html.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_texts add column blocks jsonb;
    create table lesson_h5p_contents (
      lesson_id uuid not null references lessons on delete cascade,
      h5p_content_id uuid not null references h5p_contents,
      primary key (lesson_id, h5p_content_id)
    );
    create index on lesson_h5p_contents (h5p_content_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table lesson_h5p_contents; alter table lesson_texts drop column blocks');
}
