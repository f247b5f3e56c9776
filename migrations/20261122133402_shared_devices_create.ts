import type { Knex } from 'knex';

/**
 * A browser that several people use, such as a library's tablet, trusted until a day. Its token is kept as a keyed hash.
 * On it, and nowhere else, names of one team are shown before sign-in.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table shared_devices (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      name text not null,
      token_hash text not null unique,
      team_id uuid not null,
      until date not null,
      made_by uuid references people on delete set null,
      created_at timestamptz not null default now(),
      foreign key (organisation_id, team_id) references teams (organisation_id, id) on delete cascade
    );
    create index on shared_devices (organisation_id);
    create index on shared_devices (team_id);
    create index on shared_devices (made_by) where made_by is not null;
    select oppiva_protect('shared_devices', 'organisation');

    create function shared_device(given text) returns table (id uuid, organisation_id uuid, name text)
      language sql stable security definer set search_path = public
      begin atomic
        select d.id, d.organisation_id, d.name from shared_devices d where d.token_hash = given and d.until >= current_date;
      end;
    -- People of the device's team who have chosen their pictures.
    create function shared_device_people(given uuid) returns table (way_id uuid, name text, username text)
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
    grant execute on function shared_device(text), shared_device_people(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function shared_device_people(uuid);
    drop function shared_device(text);
    drop table shared_devices;
  `);
}
