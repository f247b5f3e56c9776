import type { Knex } from 'knex';

/**
 * Counts of a closed month that a report of a whole organisation read, kept from the first asking on: what was given out never
 * changes afterwards, and no page counts an organisation twice. Counts only, of groups; what may be told of them is decided
 * when they are shown.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table kept_reports (
      organisation_id uuid not null references organisations on delete cascade,
      month_end date not null,
      name text not null,
      rows jsonb not null,
      primary key (organisation_id, month_end, name)
    );
    select oppiva_protect('kept_reports', 'organisation');
    revoke update on kept_reports from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table kept_reports');
}
