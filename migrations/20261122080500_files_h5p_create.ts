import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table files (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      sha256 text not null,
      mime text not null,
      bytes int not null,
      width int not null,
      height int not null,
      created_at timestamptz not null default now(),
      unique (organisation_id, sha256)
    );

    -- One row for each major and minor version: a newer patch takes the place of the older one.
    -- json, not jsonb, for what others wrote: it keeps the order of fields.
    create table h5p_libraries (
      id uuid primary key default gen_random_uuid(),
      machine_name text not null,
      major int not null,
      minor int not null,
      patch int not null,
      folder text not null generated always as (machine_name || '-' || major || '.' || minor) stored unique,
      title text not null,
      runnable boolean not null default false,
      library_json json not null,
      semantics json,
      tree_hash text not null,
      code_hash text not null,
      files jsonb not null,
      installed_by uuid references people on delete set null,
      installed_in uuid references organisations on delete set null,
      installed_at timestamptz not null default now()
    );
    -- Packages that wait for an administrator to confirm that they replace installed libraries.
    create table h5p_uploads (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      uploaded_by uuid references people on delete set null,
      uploaded_at timestamptz not null default now()
    );

    create table h5p_contents (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      title text not null,
      main_library text not null,
      dependencies text[] not null,
      h5p_json jsonb not null,
      content_json json not null,
      files jsonb not null default '[]',
      warnings jsonb not null default '[]',
      version int not null default 1,
      completion_rule jsonb not null,
      uploaded_by uuid references people on delete set null,
      created_at timestamptz not null default now()
    );
    create index on h5p_contents (organisation_id);

    create table h5p_states (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      content_id uuid not null references h5p_contents on delete cascade,
      content_version int not null,
      state text not null check (length(state) <= 1000000),
      saved_at timestamptz not null default now(),
      primary key (organisation_id, person_id, content_id)
    );

    -- Scores in statements are computed in the browser and can be forged: they never become evidence of skill by themselves.
    create table xapi_statements (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      content_id uuid not null references h5p_contents on delete cascade,
      key text not null,
      verb text not null,
      score_share numeric(4, 3),
      statement jsonb not null,
      stored_at timestamptz not null default now(),
      unique (organisation_id, person_id, content_id, key)
    );
    create index on xapi_statements (organisation_id, person_id, content_id, stored_at);

    select oppiva_protect('h5p_uploads', 'organisation');
    select oppiva_protect('h5p_states', 'own');
    select oppiva_protect('xapi_statements', 'own');
    revoke update, delete on xapi_statements from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table xapi_statements, h5p_states, h5p_contents, h5p_uploads, h5p_libraries, files');
}
