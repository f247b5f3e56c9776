import type { Knex } from 'knex';

/** How pages look and sound for a person. It belongs to the person, so it comes with them to any device and organisation. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table people
      -- One thing on a page.
      add column simple_mode boolean not null default false,
      -- When the person was asked whether they want it, or chose without being asked.
      add column simple_offered_at timestamptz,
      add column text_size smallint not null default 0 check (text_size between 0 and 3),
      add column contrast text not null default 'device' check (contrast in ('device', 'ordinary', 'strong')),
      add column theme text not null default 'device' check (theme in ('device', 'light', 'dark')),
      -- Listens to pages by a screen reader: then pages never speak themselves.
      add column hears_pages boolean not null default false,
      add column explains_words boolean not null default true;
    grant update (simple_mode, simple_offered_at, text_size, contrast, theme, hears_pages, explains_words) on people to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table people drop column simple_mode, drop column simple_offered_at, drop column text_size, drop column contrast,
      drop column theme, drop column hears_pages, drop column explains_words;
  `);
}
