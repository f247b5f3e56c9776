import type { Knex } from 'knex';

/**
 * One act of agreeing a path with many: with some people, a team, a role, a relation or a target profile; a standing one also
 * with those who come later. Each person it means has a row of their own in path_assignments, once.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table path_rules (
      id uuid primary key,
      organisation_id uuid not null,
      path_id uuid not null,
      kind text not null check (kind in ('people', 'team', 'role', 'relation', 'profile')),
      team_id uuid references teams on delete cascade,
      code text,
      is_standing boolean not null default false,
      due_on date,
      -- Days from joining or from the agreement, whichever is later.
      due_days int check (due_days between 1 and 730),
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now(),
      ended_at timestamptz,
      foreign key (organisation_id, path_id) references learning_paths (organisation_id, id) on delete cascade,
      check (due_on is null or due_days is null),
      check ((kind = 'team') = (team_id is not null)),
      check ((kind in ('role', 'relation', 'profile')) = (code is not null)),
      check (kind <> 'people' or not is_standing)
    );
    create unique index path_rules_once on path_rules (path_id, kind, team_id, code) nulls not distinct
      where ended_at is null and kind <> 'people';
    create index on path_rules (organisation_id) where ended_at is null and is_standing;
    create index on path_rules (team_id) where team_id is not null;
    select oppiva_protect('path_rules', 'organisation');

    alter table path_assignments
      add rule_id uuid references path_rules on delete set null,
      -- The rule does not mean the person any more, and they had begun: it stays theirs.
      add kept_at timestamptz;
    create index on path_assignments (rule_id) where rule_id is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table path_assignments drop kept_at, drop rule_id;
    drop table path_rules;
  `);
}
