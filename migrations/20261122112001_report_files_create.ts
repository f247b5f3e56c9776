import type { Knex } from 'knex';

/** Files of reports that take long: made by a job, for the one who asked, and taken away after some days. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table report_files (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- The report's own address with its ending, as it was asked for.
      address text not null,
      state text not null default 'waiting' check (state in ('waiting', 'making', 'ready', 'failed')),
      rows_done integer not null default 0,
      rows_expected integer,
      -- What the file is called, and how large it is in bytes; both once it is ready.
      name text,
      bytes bigint,
      created_at timestamptz not null default now(),
      ready_at timestamptz,
      expires_at timestamptz not null
    );
    create index on report_files (organisation_id, person_id, created_at);
    select oppiva_protect('report_files', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table report_files');
}
