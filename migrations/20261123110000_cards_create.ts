import type { Knex } from 'knex';

/**
 * Cards: challenges, needs, practices, ideas, findings, impact claims, operating models and experiments. One table; kinds differ in
 * fields and states (features/cards/kinds). Steps are never changed: they are the card's history. A lesson that is begun from
 * any object is known by its draft, and linked when it is published.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table cards (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      kind text not null check (kind in ('challenge', 'need', 'practice', 'idea', 'finding', 'impact', 'operating-model', 'experiment')),
      language text not null default 'fi' check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null check (length(title) between 1 and 200),
      body jsonb not null default '{}',
      theme text not null,
      population_group text,
      area_code text,
      status text not null,
      happens_on date,
      owner_id uuid references people on delete set null,
      made_by uuid references people on delete set null,
      -- How a sender without an account finds it again; kept unreadable.
      receipt_hash text unique,
      learned text not null default '' check (length(learned) <= 500),
      merged_into uuid references cards,
      created_at timestamptz not null default now(),
      answered_at timestamptz,
      closed_at timestamptz
    );
    create index on cards (organisation_id, kind, created_at desc);
    create index on cards (space_id) where space_id is not null;
    select oppiva_share('cards');

    create table card_steps (
      id uuid primary key,
      card_id uuid not null references cards on delete cascade,
      organisation_id uuid not null references organisations,
      status text not null,
      note text not null default '' check (length(note) <= 500),
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create index on card_steps (card_id, made_at);
    create index on card_steps (organisation_id);
    select oppiva_share_child('card_steps', 'cards', 'card_id');

    create table card_responses (
      id uuid primary key,
      card_id uuid not null references cards on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      person_id uuid references people on delete set null,
      shown_name text not null check (length(shown_name) <= 200),
      body text not null check (length(body) between 1 and 2000),
      made_at timestamptz not null default now()
    );
    create index on card_responses (card_id, made_at);
    create index on card_responses (organisation_id);
    select oppiva_host('card_responses');
    create policy seeing on card_responses for select to oppiva_app using (exists (select from cards c where c.id = card_id));

    -- An organisation that took a practice or a model into use.
    create table card_uses (
      card_id uuid not null references cards on delete cascade,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      made_at timestamptz not null default now(),
      primary key (card_id, organisation_id)
    );
    create index on card_uses (organisation_id);
    select oppiva_host('card_uses');
    create policy seeing on card_uses for select to oppiva_app using (exists (select from cards c where c.id = card_id));

    create table loop_beginnings (
      organisation_id uuid not null,
      from_kind text not null,
      from_id uuid not null,
      draft_id uuid not null,
      made_at timestamptz not null default now(),
      primary key (from_kind, from_id, draft_id),
      foreign key (from_kind, from_id) references loop_objects on delete cascade,
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on loop_beginnings (draft_id);
    select oppiva_protect('loop_beginnings', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table loop_beginnings, card_uses, card_responses, card_steps, cards');
}
