import type { Knex } from 'knex';

/** When a matter of skills was handled with the staff (1333/2021): rows are added, and the newest of an item counts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table dialogue_records (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      item text not null check (item in ('needs', 'plan', 'who_sees', 'sources', 'small_groups', 'review')),
      handled_on date not null,
      recorded_by uuid references people on delete set null,
      recorded_at timestamptz not null default now()
    );
    create index on dialogue_records (organisation_id, item, recorded_at desc);
    select oppiva_protect('dialogue_records', 'organisation');
    revoke update, delete on dialogue_records from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table dialogue_records');
}
