import type { Knex } from 'knex';

/** Who has a draft open and when they were last seen there. Rows older than minutes say nothing and are written over. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table draft_editors (
      draft_id uuid not null,
      organisation_id uuid not null,
      person_id uuid not null references people on delete cascade,
      language text not null,
      seen_at timestamptz not null default now(),
      primary key (draft_id, person_id),
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    select oppiva_protect('draft_editors', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table draft_editors');
}
