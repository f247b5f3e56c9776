import type { Knex } from 'knex';

/**
 * A search that many texts answer reads their rows, not their texts: what is long is kept aside, so that a row is short.
 * Titles and headings have indexes of their own, which tell where the words are without a look at each row.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table search_entries set (toast_tuple_target = 128),
      alter column title set storage main, alter column title_words set storage main,
      alter column heading_words set storage main, alter column body set storage external,
      alter column words set storage external;
    -- Rows written before are written anew, so that their long parts move.
    create temporary table kept on commit drop as select * from search_entries;
    truncate search_entries;
    insert into search_entries select * from kept;
    create index on search_entries using gin (title_words);
    create index on search_entries using gin (heading_words);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index search_entries_title_words_idx, search_entries_heading_words_idx;
    alter table search_entries reset (toast_tuple_target),
      alter column title set storage extended, alter column title_words set storage extended,
      alter column heading_words set storage extended, alter column body set storage extended,
      alter column words set storage extended;
  `);
}
