import type { Knex } from 'knex';

/**
 * Who may find a text, and what an item is counted by, stand where a search reads them: among ten thousand lessons a search for a
 * word that most of them have does not visit every item, and counting beside the filters groups by one number.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function oppiva_facet(kind text, languages text[], minutes int, bands int[], competences text[]) returns bigint
      language sql immutable parallel safe
      return hashtextextended(kind || ' ' || array_to_string(languages, ',') || ' ' || minutes || ' ' ||
        array_to_string(bands, ',') || ' ' || array_to_string(competences, ','), 0);
    grant execute on function oppiva_facet(text, text[], int, int[], text[]) to oppiva_app;
    -- The same for items that every filter treats alike.
    alter table catalogue_items add column facet bigint not null
      generated always as (oppiva_facet(kind, languages, minutes, bands, competences)) stored;

    alter table search_entries add column organisation_id uuid, add column course_id uuid,
      add column audience text[] not null default '{}';
    update search_entries e set organisation_id = i.organisation_id, course_id = i.course_id, audience = i.audience
      from catalogue_items i where i.id = e.item_id;
    alter table search_entries alter column organisation_id set not null;

    -- Whole words are looked up much quicker here than among their letters.
    create index on search_words (stem);
    create index on search_words (key);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index search_words_stem_idx, search_words_key_idx;
    alter table search_entries drop column organisation_id, drop column course_id, drop column audience;
    alter table catalogue_items drop column facet;
    drop function oppiva_facet(text, text[], int, int[], text[]);
  `);
}
