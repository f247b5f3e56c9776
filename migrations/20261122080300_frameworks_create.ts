import type { Knex } from 'knex';

/** Frameworks are data with versions side by side. Content and evidence point to a competence's code. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table frameworks (
      id uuid primary key default gen_random_uuid(),
      key text not null,
      version text not null,
      title text not null,
      licence text not null default '',
      citation text not null default '',
      source_note text not null default '',
      is_default boolean not null default false,
      content_hash text not null,
      imported_at timestamptz not null default now(),
      unique (key, version)
    );
    create unique index one_default_framework on frameworks (is_default) where is_default;

    create table framework_nodes (
      id uuid primary key default gen_random_uuid(),
      framework_id uuid not null references frameworks on delete cascade,
      kind text not null check (kind in ('band', 'level', 'area', 'competence', 'can_do', 'self_item', 'observation',
        'statement', 'outcome', 'answer', 'profile', 'term')),
      code text not null,
      parent_code text,
      position int not null,
      data jsonb not null default '{}',
      unique (framework_id, kind, code)
    );
    create index on framework_nodes (framework_id, kind, parent_code);

    create table framework_texts (
      node_id uuid not null references framework_nodes on delete cascade,
      language text not null check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      field text not null,
      text text not null,
      status text not null default 'unreviewed' check (status in ('official', 'published', 'unofficial', 'unreviewed', 'reviewed')),
      primary key (node_id, language, field)
    );

    create table framework_targets (
      framework_id uuid not null references frameworks on delete cascade,
      profile text not null,
      competence_code text not null,
      level int not null check (level between 1 and 8),
      primary key (framework_id, profile, competence_code)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table framework_targets, framework_texts, framework_nodes, frameworks');
}
