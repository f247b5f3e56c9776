import type { Knex } from 'knex';

/**
 * Frameworks of an organisation's own beside those of the installation. No foreign key to organisations: emptying that table
 * for a new demo must not take the installation's frameworks with it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table frameworks add organisation_id uuid;
    alter table frameworks drop constraint frameworks_key_version_key;
    create unique index one_version_of_a_framework on frameworks (organisation_id, key, version) nulls not distinct;
    alter table frameworks add check (not is_default or organisation_id is null);
    alter table frameworks enable row level security;
    create policy scope on frameworks to oppiva_app
      using (organisation_id is null or organisation_id = (select oppiva_organisation()))
      with check (organisation_id is null or organisation_id = (select oppiva_organisation()));

    -- What an administrator sent and has looked at, but not yet confirmed. Expires by itself.
    create table framework_drafts (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      file_name text not null,
      form text not null check (form in ('csv', 'case')),
      framework jsonb,
      lines jsonb not null,
      counts jsonb not null,
      made_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index on framework_drafts (organisation_id, person_id);
    create index on framework_drafts (expires_at);
    select oppiva_protect('framework_drafts', 'own');

    -- What a skill of one version is called in another. A row without to_code says: it has no counterpart.
    create table framework_mappings (
      organisation_id uuid not null references organisations,
      from_framework uuid not null references frameworks on delete cascade,
      to_framework uuid not null references frameworks on delete cascade,
      from_code text not null,
      to_code text,
      relation text not null check (relation in ('equal', 'broader', 'narrower', 'none')),
      check ((relation = 'none') = (to_code is null)),
      primary key (organisation_id, from_framework, to_framework, from_code)
    );
    select oppiva_protect('framework_mappings', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table framework_mappings, framework_drafts;
    drop policy scope on frameworks;
    alter table frameworks disable row level security;
    delete from frameworks where organisation_id is not null;
    drop index one_version_of_a_framework;
    alter table frameworks add constraint frameworks_key_version_key unique (key, version);
    alter table frameworks drop column organisation_id cascade;
  `);
}
