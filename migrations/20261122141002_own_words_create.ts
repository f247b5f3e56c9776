import type { Knex } from 'knex';

/**
 * Hard words that an organisation explains to its own people, beside those of the common glossary. `changed_at` moves when a
 * word is added, changed or removed: what is remembered of explained texts is known by the newest one.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table own_words (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      changed_at timestamptz not null default clock_timestamp(),
      removed_at timestamptz
    );
    create index on own_words (organisation_id, changed_at);
    select oppiva_protect('own_words', 'organisation');

    create table own_word_texts (
      word_id uuid not null references own_words on delete cascade,
      organisation_id uuid not null references organisations,
      language text not null check (language in ('fi', 'sv', 'en')),
      -- The word as it is said, and other forms that it is known by.
      words text[] not null check (cardinality(words) between 1 and 8),
      about text not null check (length(about) between 1 and 300),
      primary key (word_id, language)
    );
    create index on own_word_texts (organisation_id, language);
    select oppiva_protect('own_word_texts', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table own_word_texts, own_words');
}
