import type { Knex } from 'knex';

/**
 * Summaries of closed months, kept when a month is closed, so that reports about a whole organisation read a few rows. All but
 * training_figures can be made again from the closed months (rebuildSummaries). Changes of level are whole millionths.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- The same people at two month ends, by competence; 'verified': those whom others had seen at both.
    create table growth_sums (
      organisation_id uuid not null references organisations on delete cascade,
      from_month date not null,
      to_month date not null,
      competence_code text not null,
      n int not null,
      change bigint not null,
      squares numeric not null,
      up int not null,
      down int not null,
      verified_n int not null,
      verified_change bigint not null,
      verified_squares numeric not null,
      verified_up int not null,
      verified_down int not null,
      primary key (organisation_id, to_month, from_month, competence_code)
    );
    -- Of the people: in the organisation at both month ends, and with some skill known at both.
    create table growth_people (
      organisation_id uuid not null references organisations on delete cascade,
      from_month date not null,
      to_month date not null,
      stayed int not null,
      known int not null,
      primary key (organisation_id, to_month, from_month)
    );
    -- What is known at a month end, in the organisation (scope_id: its id) and, for the newest month, in each team. Known,
    -- seen by others, and not older than a year; of those with a target: by band how many are on the way and have
    -- reached it, and how many are clients.
    create table skill_figures (
      organisation_id uuid not null references organisations on delete cascade,
      scope_id uuid not null,
      month_end date not null,
      competence_code text not null,
      known int not null,
      verified int not null,
      fresh int not null,
      on_the_way int[] not null,
      reached int[] not null,
      clients int not null,
      primary key (organisation_id, month_end, scope_id, competence_code)
    );
    create table month_figures (
      organisation_id uuid not null references organisations on delete cascade,
      month_end date not null,
      people int not null,
      with_profile int not null,
      clients int not null,
      profiles text[] not null,
      primary key (organisation_id, month_end)
    );
    -- People with agreed training at a month end, and those of them who had completed all of it.
    create table training_figures (
      organisation_id uuid not null references organisations on delete cascade,
      month_end date not null,
      people int not null,
      reached int not null,
      clients int not null,
      primary key (organisation_id, month_end)
    );

    select oppiva_protect('growth_sums', 'organisation');
    select oppiva_protect('growth_people', 'organisation');
    select oppiva_protect('skill_figures', 'organisation');
    select oppiva_protect('month_figures', 'organisation');
    select oppiva_protect('training_figures', 'organisation');
    revoke update on growth_sums, growth_people, skill_figures, month_figures from oppiva_app;
    revoke update, delete on training_figures from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table training_figures, month_figures, skill_figures, growth_people, growth_sums');
}
