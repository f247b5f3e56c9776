import type { Knex } from 'knex';

const EVENTS = [
  ['insert', 'new table as changed'],
  ['update', 'new table as changed'],
  ['delete', 'old table as changed'],
] as const;

/**
 * What the picture of the situation says of support, kept for a day: for an organisation's own months, or for those of a space's
 * organisations as one of them reads it. Numbers that may be told only. A change of a month that is over takes away what was kept
 * of it; so does one of who belongs to a space.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table situation_needs (
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete cascade,
      area text not null,
      first_month date not null,
      last_month date not null,
      least int not null,
      made_on date not null,
      figures jsonb not null,
      unique nulls not distinct (organisation_id, space_id, area)
    );
    create index on situation_needs (space_id) where space_id is not null;
    select oppiva_protect('situation_needs', 'organisation');

    create function forget_needs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      delete from situation_needs n using (select distinct organisation_id from changed where month < date_trunc('month', current_date)) c
      where n.organisation_id = c.organisation_id or n.space_id in (select s.space_id from space_organisations s where s.organisation_id = c.organisation_id);
      return null;
    end $$;
    create function forget_space_needs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      delete from situation_needs where space_id in (select c.space_id from changed c);
      return null;
    end $$;
    ${EVENTS.map(
      ([event, table]) => `
    create trigger forget_needs_${event} after ${event} on support_month_figures referencing ${table}
      for each statement execute function forget_needs();
    create trigger forget_needs_${event} after ${event} on space_organisations referencing ${table}
      for each statement execute function forget_space_needs();`,
    ).join('')}
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function forget_needs() cascade;
    drop function forget_space_needs() cascade;
    drop table situation_needs;
  `);
}
