import type { Knex } from 'knex';

/**
 * H5P contents that are being written with a form. What is typed is kept here with every press; the content itself is made
 * when it is looked at, and is nobody's but the form's until the form is finished.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table h5p_forms (
      -- Made with the page that asks for it: a form sent twice is one form. Its content gets the same id.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      draft_id uuid,
      made_from uuid references h5p_contents on delete set null,
      folder text not null,
      language text not null,
      title text not null check (length(title) <= 255),
      -- json, not jsonb: it keeps the order of fields.
      params json not null,
      files jsonb not null default '[]',
      -- Counts what was saved, so that two people never undo each other unseen.
      version int not null default 1,
      -- The version that the content holds; 0 before it has been looked at.
      shown_version int not null default 0,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      finished_at timestamptz,
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete set null (draft_id)
    );
    create index on h5p_forms (organisation_id, updated_at desc);
    create index on h5p_forms (organisation_id, draft_id);
    create index on h5p_forms (made_from);
    select oppiva_protect('h5p_forms', 'organisation');

    -- The content of a form that is not finished: it may still change, so no lesson may hold it.
    alter table h5p_contents add column being_made boolean not null default false;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from h5p_contents where being_made;
    alter table h5p_contents drop column being_made;
    drop table h5p_forms;
  `);
}
