import type { Knex } from 'knex';

/**
 * Badges that people brought, whom an organisation trusts as a giver of badges, and what level a badge of theirs means.
 * A badge is kept as the facts that were verified; the file itself is not kept.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table badge_issuers (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      name text not null check (length(name) between 1 and 200),
      -- The id of the giver as badges tell it: a DID or an https address.
      address text not null check (length(address) between 1 and 500),
      -- Public keys as JWK; none for did:key, whose name is its key.
      keys jsonb not null default '[]',
      -- Which of our ready lists of badges is theirs ('tieke', 'dvv').
      ready text,
      added_by uuid references people on delete set null,
      added_at timestamptz not null default now(),
      removed_at timestamptz,
      unique (organisation_id, id)
    );
    create unique index one_issuer_of_an_address on badge_issuers (organisation_id, address) where removed_at is null;

    -- badge: the id of the achievement, or its name in small letters.
    create table badge_mappings (
      organisation_id uuid not null,
      issuer_id uuid not null,
      badge text not null check (length(badge) between 1 and 500),
      competence_code text not null,
      level int not null check (level between 1 and 8),
      mapped_by uuid references people on delete set null,
      mapped_at timestamptz not null default now(),
      primary key (issuer_id, badge, competence_code),
      foreign key (organisation_id, issuer_id) references badge_issuers (organisation_id, id) on delete cascade
    );

    create table badges (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- unknown: whose it is must be seen with the person; asked: somebody was asked to; refused: it was another's;
      -- ready: verified, the person decides; taken: it counts.
      state text not null check (state in ('unknown', 'asked', 'refused', 'ready', 'taken')),
      -- Giver and id of the badge in one: the same badge in another file is the same badge.
      badge_key text not null,
      format text not null,
      achievement_id text not null default '',
      name text not null check (length(name) <= 300),
      issuer_id uuid,
      issuer_name text not null,
      issued_at timestamptz not null,
      expires_at timestamptz,
      -- How each thing was verified, and when: { signature, issuer, dates, status, recipient }.
      checks jsonb not null,
      -- What the badge itself says: [{ competence_code, level | null }].
      alignments jsonb not null default '[]',
      judge_id uuid references people on delete set null,
      brought_at timestamptz not null default now(),
      taken_at timestamptz,
      unique (organisation_id, person_id, badge_key),
      foreign key (organisation_id, issuer_id) references badge_issuers (organisation_id, id)
    );
    create index on badges (organisation_id, judge_id) where state = 'asked';

    select oppiva_protect('badge_issuers', 'organisation');
    select oppiva_protect('badge_mappings', 'organisation');
    select oppiva_protect('badges', 'organisation');
    create policy the_two on badges as restrictive to oppiva_app
      using (person_id = (select oppiva_person()) or judge_id = (select oppiva_person()));
    revoke delete on badge_issuers from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table badges, badge_mappings, badge_issuers');
}
