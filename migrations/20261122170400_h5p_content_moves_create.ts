import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Grows when a content moves to another version of its library: addresses of its files change, its version does not.
    alter table h5p_contents add column build int not null default 0;
    -- What a content was before it moved to a newer library: kept so that the move can be taken back.
    create table h5p_content_moves (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      content_id uuid not null references h5p_contents on delete cascade,
      from_library text not null,
      to_library text not null,
      dependencies text[] not null,
      content_json json not null,
      build int not null,
      moved_at timestamptz not null default now(),
      undone_at timestamptz,
      unique (content_id, build)
    );
    create index on h5p_content_moves (organisation_id, to_library);
    select oppiva_protect('h5p_content_moves', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table h5p_content_moves; alter table h5p_contents drop column build');
}
