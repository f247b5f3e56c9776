import type { Knex } from 'knex';

/**
 * Who is counted in figures about groups, decided when a month is closed (src/features/reports/release.ts tells why). A row is
 * one person in one counted group of one competence, from a month end on; until_month is written once, when they are counted
 * there no more, and nothing else ever changes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table counted_people (
      organisation_id uuid not null references organisations on delete cascade,
      competence_code text not null,
      person_id uuid not null references people on delete cascade,
      from_month date not null,
      until_month date,
      group_id uuid not null,
      -- Null: people of several teams together. No reference: the figures of a team stand when the team is gone.
      team_id uuid,
      -- Null: people of several profiles together; own_profile is what their own targets are read from.
      profile text,
      own_profile text,
      -- Whether others had seen the skill when the group was made; null: not told apart.
      seen boolean,
      least int not null,
      primary key (organisation_id, competence_code, person_id, from_month),
      check (until_month > from_month)
    );
    create index on counted_people (organisation_id, team_id, competence_code);
    create index on counted_people (person_id);

    select oppiva_protect('counted_people', 'organisation');
    revoke update, delete on counted_people from oppiva_app;
    grant update (until_month) on counted_people to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table counted_people');
}
