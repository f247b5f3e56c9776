import type { Knex } from 'knex';

/**
 * What the organisation gives to people: certificates of what they finished, badges, and certificates of work. What is said is
 * frozen in `content` when it is offered; nothing is shown to anybody before the person accepts. One row for one key, whatever
 * is sent twice. A bit of a status list stays when its person is forgotten: copies that are out in the world can be checked.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Ed25519. sealed: the private key under a key that the database does not hold.
    create table issuer_keys (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      number int not null check (number > 0),
      public_multibase text not null check (public_multibase ~ '^z6Mk[1-9A-HJ-NP-Za-km-z]{40,48}$'),
      sealed text not null,
      created_by uuid references people on delete set null,
      created_at timestamptz not null default now(),
      revoked_at timestamptz,
      unique (organisation_id, number)
    );

    -- What a badge is. Once given it does not change: another version is another row.
    create table achievements (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      course_id uuid references courses on delete set null,
      path_id uuid references learning_paths on delete set null,
      -- { fi: { name, criteria, words }, … }; words: what the picture shows.
      texts jsonb not null,
      template text not null check (template in ('sprout', 'berries', 'boat', 'path', 'lock', 'hands')),
      -- [{ code, level | null }]
      competences jsonb not null default '[]',
      valid_months int check (valid_months between 1 and 120),
      created_by uuid references people on delete set null,
      created_at timestamptz not null default now(),
      retired_at timestamptz,
      unique (organisation_id, id),
      check (course_id is null or path_id is null)
    );
    create index on achievements (organisation_id, course_id) where course_id is not null;
    create index on achievements (organisation_id, path_id) where path_id is not null;

    create table issued_credentials (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      kind text not null check (kind in ('course', 'path', 'badge', 'work')),
      key text not null check (length(key) between 1 and 200),
      state text not null default 'offered' check (state in ('offered', 'accepted', 'declined')),
      achievement_id uuid,
      course_id uuid references courses on delete set null,
      path_id uuid references learning_paths on delete set null,
      given_by uuid references people on delete set null,
      reason text not null default '' check (length(reason) <= 500),
      content jsonb not null,
      shown_name text not null default '' check (length(shown_name) <= 100),
      code text unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
      is_public boolean not null default false,
      offered_at timestamptz not null default now(),
      issued_at timestamptz,
      valid_until date,
      -- The signed credential, as it was given.
      document text,
      status_list int,
      status_index int check (status_index between 0 and 131071),
      revoked_at timestamptz,
      revoked_by uuid references people on delete set null,
      revoke_reason text not null default '' check (length(revoke_reason) <= 300),
      foreign key (organisation_id, achievement_id) references achievements (organisation_id, id),
      unique (organisation_id, person_id, key),
      unique (organisation_id, status_list, status_index),
      check (given_by <> person_id),
      check (state <> 'accepted' or (code is not null and issued_at is not null))
    );
    create index on issued_credentials (organisation_id, person_id, offered_at desc);
    create index on issued_credentials (achievement_id) where achievement_id is not null;

    create table status_lists (
      organisation_id uuid not null references organisations,
      number int not null check (number > 0),
      -- The signed list; null when it has to be signed anew.
      document text,
      signed_at timestamptz,
      primary key (organisation_id, number)
    );
    create table revoked_bits (
      organisation_id uuid not null references organisations,
      list int not null,
      index int not null,
      revoked_at timestamptz not null default now(),
      primary key (organisation_id, list, index)
    );

    select oppiva_protect('issuer_keys', 'organisation');
    select oppiva_protect('achievements', 'organisation');
    select oppiva_protect('issued_credentials', 'organisation');
    select oppiva_protect('status_lists', 'organisation');
    select oppiva_protect('revoked_bits', 'organisation');
    revoke delete on issuer_keys, achievements, status_lists, revoked_bits from oppiva_app;
    revoke update on revoked_bits from oppiva_app;

    -- Who checks a certificate or reads what a badge is has no account: each answers one question for one code.
    create function open_credential(given text) returns table (id uuid, organisation_id uuid)
      language sql stable security definer set search_path = public
      begin atomic
        select c.id, c.organisation_id from issued_credentials c where c.code = given and c.state = 'accepted' and c.is_public;
      end;
    create function open_achievement(given uuid) returns uuid
      language sql stable security definer set search_path = public
      return (select organisation_id from achievements where id = given);
    grant execute on function open_credential(text), open_achievement(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function open_achievement(uuid);
    drop function open_credential(text);
    drop table revoked_bits, status_lists, issued_credentials, achievements, issuer_keys;
  `);
}
