import type { Knex } from 'knex';

/**
 * A file of an organisation's library: a picture, sound, video or document. Its copies lie in the storage below `folder`, which
 * is another one after the file was replaced; '' for pictures kept before there were sizes. `bytes`: all copies together.
 * Names and words of files are of the organisation's material, not of people: readers of shared lessons see who made a picture.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table files drop constraint files_organisation_id_sha256_key;
    alter table files
      add column kind text not null default 'image' check (kind in ('image', 'audio', 'video', 'file')),
      add column name text not null default '' check (length(name) <= 200),
      add column ending text not null default 'webp' check (ending ~ '^[a-z0-9]{2,4}$'),
      add column folder text not null default '',
      add column version int not null default 1,
      -- Copies of a picture: [{ name, width, height, bytes }].
      add column sizes jsonb not null default '[]',
      add column duration_ms int,
      -- What one who cannot see it is told, by language; nothing is told of a decoration.
      add column alts jsonb not null default '{}',
      add column is_decoration boolean not null default false,
      add column licence text not null default '' check (licence ~ '^[a-z0-9-]{0,20}$'),
      add column author text not null default '' check (length(author) <= 200),
      add column source text not null default '' check (length(source) <= 500),
      add column deleted_at timestamptz;
    create index on files (organisation_id, sha256);
    create index on files (organisation_id, created_at desc);
    create index on files (deleted_at) where deleted_at is not null;

    -- The files that a document names, however deep; for an index on documents, so that nobody has to keep a list.
    create function oppiva_files_in(content jsonb) returns uuid[] language sql immutable parallel safe
      set search_path = pg_catalog
      return array(select distinct found[2]::uuid from regexp_matches(content::text,
        '("file_id": "|/files/)([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'g') found);
    grant execute on function oppiva_files_in(jsonb) to oppiva_app;
    create index lesson_drafts_files on lesson_drafts using gin (oppiva_files_in(content));
    create index questions_files on questions using gin (oppiva_files_in(content)) where content is not null;

    -- What is said in a sound or a video, and when: [{ start, end, text }], in milliseconds.
    create table captions (
      file_id uuid not null references files on delete cascade,
      organisation_id uuid not null references organisations,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      cues jsonb not null,
      version int not null default 1,
      changed_at timestamptz not null default now(),
      primary key (file_id, language)
    );

    -- A file on its way, in parts that lie in the storage until it is whole; what never becomes whole is cleared away.
    create table file_uploads (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      name text not null,
      bytes bigint not null check (bytes > 0),
      -- Of the file that it became.
      file_id uuid references files on delete set null,
      started_at timestamptz not null default now(),
      unique (organisation_id, id)
    );
    create index on file_uploads (started_at);
    create table file_upload_parts (
      upload_id uuid not null,
      organisation_id uuid not null,
      number int not null check (number between 0 and 999),
      bytes int not null,
      primary key (upload_id, number),
      foreign key (organisation_id, upload_id) references file_uploads (organisation_id, id) on delete cascade
    );
    select oppiva_protect('file_uploads', 'organisation');
    select oppiva_protect('file_upload_parts', 'organisation');
    create policy mine on file_uploads as restrictive to oppiva_app
      using (oppiva_person() is null or person_id = (select oppiva_person()));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table file_upload_parts, file_uploads, captions;
    drop index lesson_drafts_files, questions_files;
    drop function oppiva_files_in(jsonb);
    delete from lesson_files where file_id in (select id from files where kind <> 'image' or folder <> '');
    delete from files where kind <> 'image' or folder <> '';
    alter table files drop column kind, drop column name, drop column ending, drop column folder, drop column version,
      drop column sizes, drop column duration_ms, drop column alts, drop column is_decoration, drop column licence,
      drop column author, drop column source, drop column deleted_at;
    drop index files_organisation_id_sha256_idx, files_organisation_id_created_at_idx;
    alter table files add unique (organisation_id, sha256);
  `);
}
