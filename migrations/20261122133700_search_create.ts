import type { Knex } from 'knex';

/**
 * What people can find: one row for each course, lesson and path, and one text of it for each language variant, made anew in the
 * transaction that publishes (features/courses/search-index.model). Visibility is asked when somebody searches, never kept here.
 * pg_trgm is a trusted extension: whoever owns the database may create it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists pg_trgm;
    -- Made by us, its functions are closed to others as all of ours are; made by an operator, they are open already.
    do $$ begin
      grant execute on function similarity(text, text), similarity_op(text, text) to oppiva_app;
    exception when insufficient_privilege then null;
    end $$;

    create table catalogue_items (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      kind text not null check (kind in ('course', 'lesson', 'practice', 'path')),
      course_id uuid references courses on delete cascade,
      lesson_id uuid references lessons on delete cascade,
      path_id uuid references learning_paths on delete cascade,
      position int not null default 0,
      minutes int not null default 0,
      level int,
      -- 1..4: the basic level, the middle one, and so on.
      bands int[] not null default '{}',
      competences text[] not null default '{}',
      audience text[] not null default '{}',
      languages text[] not null default '{}',
      unique nulls not distinct (course_id, lesson_id, path_id)
    );
    create index on catalogue_items (lesson_id) where lesson_id is not null;
    create index on catalogue_items (organisation_id, path_id) where path_id is not null;

    create table search_entries (
      item_id uuid not null references catalogue_items on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      -- Whose stems the words are: easy Finnish is Finnish.
      tongue text not null check (tongue in ('fi', 'sv', 'en')),
      title text not null,
      body text not null,
      title_words tsvector not null,
      heading_words tsvector not null,
      words tsvector not null,
      primary key (item_id, language)
    );
    create index on search_entries using gin (words);

    -- Every word that some text has. Tells what a typed word may mean; a text of it is shown only to who may see that text.
    create table search_words (
      tongue text not null,
      word text not null,
      stem text not null,
      key text not null,
      primary key (tongue, word)
    );
    create index on search_words using gin (word gin_trgm_ops, key gin_trgm_ops, stem gin_trgm_ops);

    -- The stemmer leaves 'salas' of salasana and 'salasan' of salasanan, 'tunnus' and 'tunnuks', 'vaiht' and 'vaihd'. The key
    -- is alike for both: no doubled consonants, p and v, t and d, k and g the same, ends of stems taken away.
    create function oppiva_word_key(tongue text, stem text) returns text language sql immutable parallel safe
      return case when tongue = 'fi' then
        regexp_replace(regexp_replace(regexp_replace(
          translate(regexp_replace(lower(stem), '([bcdfghjklmnpqrstvwxz])\\1', '\\1', 'g'), 'dvg', 'tpk'),
          'ks$', 's'),
          '^(.{5,}\\?)(im|in|[eoi]j|[mnj])$', '\\1'),
          '^(.{5,}\\?)(um|[aeiouyäö]|[mn])$', '\\1')
        else stem end;
    grant execute on function oppiva_word_key(text, text) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table search_entries, catalogue_items, search_words;
    drop function oppiva_word_key(text, text);
    drop extension pg_trgm;
  `);
}
