import type { Knex } from 'knex';

/** Help reaches a named person with the place where the asker is, and is answered in words; peers offer themselves as helpers. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table help_requests
      -- The one who was asked; null: the supervisors of the asker's teams.
      add column to_person_id uuid references people on delete set null,
      -- The address of the page where the asker was.
      add column place text not null default '';
    create index on help_requests (organisation_id, to_person_id) where to_person_id is not null;
    create index on help_requests (answered_by) where answered_by is not null;

    create table help_replies (
      -- Made with the form, so that a form sent twice says it once.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      request_id uuid not null references help_requests on delete cascade,
      person_id uuid not null references people on delete cascade,
      body text not null check (length(body) between 1 and 2000),
      written_at timestamptz not null default now()
    );
    create index on help_replies (organisation_id, request_id, written_at);
    create index on help_replies (person_id);
    select oppiva_protect('help_replies', 'organisation');

    -- A person lets others of the organisation ask them about a skill. Their own wish, theirs to take back.
    create table helper_offers (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      offered_at timestamptz not null default now(),
      primary key (organisation_id, person_id, competence_code)
    );
    create index on helper_offers (organisation_id, competence_code);
    create index on helper_offers (person_id);
    select oppiva_protect('helper_offers', 'organisation');

    create table helper_words (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- When and how one may be asked, in the helper's own words.
      words text not null default '' check (length(words) <= 300),
      primary key (organisation_id, person_id)
    );
    create index on helper_words (person_id);
    select oppiva_protect('helper_words', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table helper_words, helper_offers, help_replies;
    alter table help_requests drop column to_person_id, drop column place;
  `);
}
