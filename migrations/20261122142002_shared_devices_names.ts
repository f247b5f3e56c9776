import type { Knex } from 'knex';

/**
 * A list of names on a device that many use tells who comes there, and so who is a client. A device may go without; whether
 * new ones begin with names is the organisation's rule.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table shared_devices add shows_names boolean not null default true;
    alter table sign_in_rules add names_on_devices boolean not null default true;
    create or replace function shared_device_people(given uuid) returns table (way_id uuid, name text, username text)
      language sql stable security definer set search_path = public
      begin atomic
        select w.id, p.name, p.username from shared_devices d
        join team_members tm on tm.organisation_id = d.organisation_id and tm.team_id = d.team_id
          and (tm.left_on is null or tm.left_on > current_date)
        join memberships m on m.organisation_id = d.organisation_id and m.person_id = tm.person_id
          and (m.ended_on is null or m.ended_on > current_date) and m.suspended_at is null
        join people p on p.id = m.person_id and p.suspended_at is null
        join sign_in_ways w on w.person_id = p.id and w.kind = 'picture'
        where d.id = given and d.shows_names and d.until >= current_date order by p.name limit 60;
      end;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function shared_device_people(given uuid) returns table (way_id uuid, name text, username text)
      language sql stable security definer set search_path = public
      begin atomic
        select w.id, p.name, p.username from shared_devices d
        join team_members tm on tm.organisation_id = d.organisation_id and tm.team_id = d.team_id
          and (tm.left_on is null or tm.left_on > current_date)
        join memberships m on m.organisation_id = d.organisation_id and m.person_id = tm.person_id
          and (m.ended_on is null or m.ended_on > current_date) and m.suspended_at is null
        join people p on p.id = m.person_id and p.suspended_at is null
        join sign_in_ways w on w.person_id = p.id and w.kind = 'picture'
        where d.id = given and d.until >= current_date order by p.name limit 60;
      end;
    alter table sign_in_rules drop names_on_devices;
    alter table shared_devices drop shows_names;
  `);
}
