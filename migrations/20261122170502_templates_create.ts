import type { Knex } from 'knex';

/**
 * What a lesson can begin from: an organisation's own templates, and practice cards, which tell what was tried and what
 * helped. A card is its writer's own until they let those who write in the organisation see it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_templates (
      -- Made with the form, so that a form sent twice keeps one.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      kind text not null check (kind in ('text', 'quiz')),
      title text not null check (length(title) between 1 and 200),
      about text not null default '' check (length(about) <= 1000),
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      content jsonb not null,
      based_on jsonb,
      created_at timestamptz not null default now(),
      removed_at timestamptz
    );
    create index on lesson_templates (organisation_id, created_at desc) where removed_at is null;
    select oppiva_protect('lesson_templates', 'organisation');

    create table practice_cards (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null check (length(title) between 1 and 200),
      happened text not null check (length(happened) <= 3000),
      helped text not null check (length(helped) <= 3000),
      for_whom text not null default '' check (length(for_whom) <= 1000),
      beware text not null default '' check (length(beware) <= 3000),
      is_shown boolean not null default false,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organisation_id, id)
    );
    create index on practice_cards (organisation_id, updated_at desc);
    create index on practice_cards (person_id);
    select oppiva_protect('practice_cards', 'organisation');
    create policy shown on practice_cards as restrictive for select to oppiva_app
      using (is_shown or oppiva_person() is null or person_id = (select oppiva_person()));
    create policy mine on practice_cards as restrictive for update to oppiva_app
      using (oppiva_person() is null or person_id = (select oppiva_person()));
    create policy own_taking on practice_cards as restrictive for delete to oppiva_app
      using (oppiva_person() is null or person_id = (select oppiva_person()));

    -- The lesson that came of a card, for the one who wrote the card: they see what they began.
    create table practice_card_drafts (
      organisation_id uuid not null,
      card_id uuid not null,
      draft_id uuid not null,
      made_at timestamptz not null default now(),
      primary key (card_id, draft_id),
      foreign key (organisation_id, card_id) references practice_cards (organisation_id, id) on delete cascade,
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on practice_card_drafts (draft_id);
    select oppiva_protect('practice_card_drafts', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table practice_card_drafts, practice_cards, lesson_templates');
}
