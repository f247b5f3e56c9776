import type { Knex } from 'knex';

/** What a person has typed into a form and not sent yet, so that any device gives it back. Theirs alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table typed_texts (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- Where the form is sent, and the page it stands on.
      form text not null,
      page text not null,
      -- Name -> { v: what was typed, b: a mark of the text before }. Null when it was sent or thrown away: other devices learn it from this.
      fields jsonb,
      typed_at timestamptz not null default now(),
      primary key (organisation_id, person_id, form)
    );
    create index on typed_texts (typed_at);
    select oppiva_protect('typed_texts', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table typed_texts');
}
