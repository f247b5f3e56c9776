import type { Knex } from 'knex';

/**
 * Figures of whole organisations at closed months, kept ready: what may be said of each competence (release.ts), so that a
 * report reads a few rows however many people it is about. All but training_figures can be made again from the closed months
 * (rebuildSummaries).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- People at two month ends. profiles: how many have each target profile at the later one; 0 for one of the earlier only.
    create table kept_people (
      organisation_id uuid not null references organisations on delete cascade,
      from_month date not null,
      to_month date not null,
      people int not null,
      joined int not null,
      gone int not null,
      has_clients boolean not null,
      profiles jsonb not null,
      primary key (organisation_id, to_month, from_month)
    );
    create table kept_growth (
      organisation_id uuid not null references organisations on delete cascade,
      from_month date not null,
      to_month date not null,
      competence_code text not null,
      figures jsonb not null,
      primary key (organisation_id, to_month, from_month, competence_code)
    );
    create table kept_coverage (
      organisation_id uuid not null references organisations on delete cascade,
      month_end date not null,
      competence_code text not null,
      figures jsonb not null,
      primary key (organisation_id, month_end, competence_code)
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

    select oppiva_protect('kept_people', 'organisation');
    select oppiva_protect('kept_growth', 'organisation');
    select oppiva_protect('kept_coverage', 'organisation');
    select oppiva_protect('training_figures', 'organisation');
    revoke update on kept_people, kept_growth, kept_coverage, training_figures from oppiva_app;
    revoke delete on training_figures from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table training_figures, kept_coverage, kept_growth, kept_people');
}
