import type { Knex } from 'knex';

/**
 * What every object of the shared work is called, where it stands and who may see it, kept by its own feature; and what came of
 * what. A link is seen by those who see both of its ends, and by the organisation that made it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table loop_objects (
      kind text not null,
      id uuid not null,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete set null,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      title text not null check (length(title) between 1 and 300),
      href text not null check (href ~ '^/[^/]'),
      language text not null default 'fi',
      status text not null default '',
      theme text,
      area text,
      dated_on date not null default current_date,
      ended_on date,
      primary key (kind, id)
    );
    create index on loop_objects (organisation_id, kind, dated_on desc);
    create index on loop_objects (space_id, kind) where space_id is not null;
    create index on loop_objects (kind, dated_on desc) where visibility = 'public';
    select oppiva_share('loop_objects');

    create table loop_links (
      organisation_id uuid not null references organisations,
      from_kind text not null,
      from_id uuid not null,
      to_kind text not null,
      to_id uuid not null,
      how text not null check (how in ('answers', 'came-of', 'tried-in', 'taught-by', 'tells-of')),
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now(),
      primary key (from_kind, from_id, to_kind, to_id),
      foreign key (from_kind, from_id) references loop_objects on delete cascade,
      foreign key (to_kind, to_id) references loop_objects on delete cascade,
      check ((from_kind, from_id) <> (to_kind, to_id))
    );
    create index on loop_links (to_kind, to_id);
    create index on loop_links (organisation_id);
    alter table loop_links enable row level security;
    create policy reading on loop_links for select to oppiva_app using (
      organisation_id = (select oppiva_organisation()) or (
        exists (select from loop_objects o where o.kind = from_kind and o.id = from_id)
        and exists (select from loop_objects o where o.kind = to_kind and o.id = to_id)));
    create policy making on loop_links for insert to oppiva_app with check (organisation_id = (select oppiva_organisation()));
    create policy taking on loop_links for delete to oppiva_app using (organisation_id = (select oppiva_organisation()));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table loop_links; drop table loop_objects');
}
