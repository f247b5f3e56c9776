import type { Knex } from 'knex';

/**
 * Pictures of the situation as they were on a day, with what could be told then: figures hold codes and numbers, so that a page
 * can say them in any language, and are never changed. What an hour of support costs is said by the organisation itself.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table situation_pictures (
      -- Made with the form, so that a form sent twice keeps one.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      title text not null check (length(title) between 1 and 200),
      note text not null default '' check (length(note) <= 2000),
      figures jsonb not null,
      made_by uuid references people on delete set null,
      made_at timestamptz not null default now()
    );
    create index on situation_pictures (organisation_id, made_at desc);
    create index on situation_pictures (made_at desc) where visibility = 'public';
    select oppiva_share('situation_pictures');
    create function keep_picture() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if new.figures is distinct from old.figures or new.made_at <> old.made_at
      then raise exception 'a picture of a day stays as it was' using errcode = 'check_violation'; end if;
      return new;
    end $$;
    create trigger keep before update on situation_pictures for each row execute function keep_picture();

    create table support_costs (
      organisation_id uuid not null references organisations,
      form text not null check (form in ('near', 'remote', 'home', 'training')),
      cents_per_hour int not null check (cents_per_hour between 0 and 100000),
      primary key (organisation_id, form)
    );
    select oppiva_protect('support_costs', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table support_costs, situation_pictures; drop function keep_picture()');
}
