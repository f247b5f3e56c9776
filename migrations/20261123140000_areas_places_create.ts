import fs from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { ROOT } from '../src/lib/root';

interface AreasFile {
  regions: { code: string; fi: string; sv: string; en: string; municipalities: Record<string, string> }[];
}

/**
 * Regions and municipalities, the register of places where support is given, and how often somebody searched for support and
 * ended in a contact: by month, area and theme, nothing of who.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table areas (
      code text primary key,
      parent_code text references areas,
      kind text not null check (kind in ('region', 'municipality')),
      name jsonb not null
    );
    create table support_places (
      -- Made with the form, so that a form sent twice keeps one.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      name text not null check (length(name) between 1 and 200),
      address text not null default '' check (length(address) <= 300),
      directions text not null default '' check (length(directions) <= 1000),
      area_code text not null references areas,
      lat double precision check (lat between 59 and 71),
      lon double precision check (lon between 19 and 32),
      hours jsonb not null default '{"week": [], "exceptions": []}',
      languages text[] not null default '{fi}',
      services text[] not null default '{}',
      forms text[] not null default '{near}',
      access text[] not null default '{}',
      phone text not null default '' check (length(phone) <= 40),
      remote_link text not null default '' check (length(remote_link) <= 500),
      supporters text not null default '' check (length(supporters) <= 300),
      -- The key of its line in an import: the same line again changes this place.
      import_key text check (length(import_key) <= 200),
      confirmed_on date not null default current_date,
      reminded_on date,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organisation_id, import_key),
      check ((lat is null) = (lon is null))
    );
    create index on support_places (organisation_id, name);
    create index on support_places (area_code) where visibility = 'public';
    select oppiva_share('support_places');

    create table place_imports (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      content text not null check (length(content) <= 2000000),
      created_at timestamptz not null default now(),
      taken_at timestamptz
    );
    create index on place_imports (organisation_id);
    select oppiva_protect('place_imports', 'organisation');

    create table support_searches (
      month date not null,
      area_code text not null,
      theme text not null,
      searches int not null default 0,
      contacts int not null default 0,
      primary key (month, area_code, theme)
    );
  `);
  const file: AreasFile = JSON.parse(fs.readFileSync(path.join(ROOT, 'src/data/areas.json'), 'utf8'));
  const rows = file.regions.flatMap(({ code, fi, sv, en, municipalities }) => [
    { code, parent_code: null, kind: 'region', name: { fi, sv, en } },
    ...Object.entries(municipalities).map(([number, names]) => {
      const [finnish = '', swedish = finnish] = names.split('/');
      return { code: number, parent_code: code, kind: 'municipality', name: { fi: finnish, sv: swedish, en: finnish } };
    }),
  ]);
  await knex.table('areas').insert(rows);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table support_searches, place_imports, support_places, areas');
}
