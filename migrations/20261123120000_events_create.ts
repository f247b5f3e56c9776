import type { Knex } from 'knex';

/**
 * Events, what is in them and who comes. The remote link stands apart from the event, since a public event is read by anybody
 * and its link only by who signed up. How many fit is held here, whoever signs up and from which organisation.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table event_series (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      title text not null check (length(title) between 1 and 200),
      created_at timestamptz not null default now()
    );
    create table events (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      space_id uuid references spaces on delete set null,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      series_id uuid references event_series on delete set null,
      kind text not null check (kind in ('meeting', 'public-event', 'workshop', 'dialogue', 'interview-round', 'review')),
      language text not null default 'fi' check (language in ('fi', 'fi-x-selko', 'sv', 'en')),
      title text not null check (length(title) between 1 and 200),
      about text not null default '' check (length(about) <= 5000),
      theme text,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      place_text text not null default '' check (length(place_text) <= 200),
      has_remote boolean not null default false,
      takes_signups boolean not null default true,
      capacity int check (capacity between 1 and 5000),
      method text not null default '',
      groups text not null default '' check (length(groups) <= 2000),
      notes text not null default '' check (length(notes) <= 20000),
      review jsonb not null default '{}',
      path_step_id uuid references path_steps on delete set null,
      state text not null default 'planned' check (state in ('planned', 'cancelled')),
      sequence int not null default 0,
      owner_id uuid references people on delete set null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      check (ends_at > starts_at)
    );
    create index on events (organisation_id, starts_at);
    create index on events (space_id);
    create index on events (series_id, starts_at);
    create index on events (starts_at) where visibility = 'public';
    select oppiva_share('events');
    alter table event_series enable row level security;
    create policy reading on event_series for select to oppiva_app using (
      organisation_id = (select oppiva_organisation()) or exists (select from events e where e.series_id = event_series.id));
    create policy making on event_series for insert to oppiva_app with check (organisation_id = (select oppiva_organisation()));

    create table event_parts (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      event_id uuid not null references events on delete cascade,
      kind text not null check (kind in ('agenda', 'talk', 'material', 'outcome')),
      outcome text check (outcome in ('view', 'idea', 'finding', 'decision', 'output')),
      position bigint generated always as identity,
      clock text not null default '',
      title text not null check (length(title) between 1 and 300),
      body text not null default '' check (length(body) <= 5000),
      speaker text not null default '' check (length(speaker) <= 200),
      link text not null default '' check (link = '' or link like 'http://%' or link like 'https://%'),
      draft_id uuid references lesson_drafts on delete set null,
      check ((kind = 'outcome') = (outcome is not null))
    );
    create index on event_parts (event_id, position);
    create index on event_parts (organisation_id, lower(speaker)) where speaker <> '';
    select oppiva_share_child('event_parts', 'events', 'event_id');

    create table event_signups (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      event_id uuid not null references events on delete cascade,
      person_id uuid references people on delete cascade,
      name text not null check (length(name) between 1 and 200),
      email text not null default '' check (length(email) <= 254),
      language text not null default 'fi',
      needs text not null default '' check (length(needs) <= 1000),
      state text not null default 'in' check (state in ('in', 'waiting', 'cancelled')),
      attended boolean,
      has_answered boolean not null default false,
      consented_at timestamptz,
      queued_at timestamptz not null default clock_timestamp(),
      check (person_id is not null or email <> '' or state = 'cancelled')
    );
    create unique index on event_signups (event_id, person_id) where person_id is not null;
    create unique index on event_signups (event_id, lower(email)) where email <> '';
    create index on event_signups (person_id) where person_id is not null;
    create index on event_signups (organisation_id);
    create index on event_signups (host_organisation_id);
    select oppiva_host('event_signups');
    create function guard_signup() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare host events;
    begin
      perform pg_advisory_xact_lock(hashtextextended(new.event_id::text, 12));
      select * into host from events where id = new.event_id;
      new.host_organisation_id := host.organisation_id;
      if new.state = 'in' and host.capacity is not null and host.capacity <=
        (select count(*) from event_signups s where s.event_id = new.event_id and s.state = 'in' and s.id <> new.id)
      then new.state := 'waiting'; end if;
      return new;
    end $$;
    create trigger guard before insert or update of state on event_signups for each row execute function guard_signup();
    create function event_places(event uuid) returns table (taken bigint, waiting bigint)
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        select count(*) filter (where state = 'in'), count(*) filter (where state = 'waiting') from event_signups where event_id = event;
      end;
    grant execute on function event_places(uuid) to oppiva_app;

    create table event_links (
      event_id uuid primary key references events on delete cascade,
      organisation_id uuid not null references organisations,
      remote_link text not null check (remote_link ~ '^https://' and length(remote_link) <= 500)
    );
    alter table event_links enable row level security;
    create policy keeping on event_links to oppiva_app using (organisation_id = (select oppiva_organisation()))
      with check (organisation_id = (select oppiva_organisation()));
    create policy coming on event_links for select to oppiva_app using (exists (select from event_signups s
      where s.event_id = event_links.event_id and s.person_id = (select oppiva_person()) and s.state = 'in'));

    create table event_answers (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      event_id uuid not null references events on delete cascade,
      useful int not null check (useful between 1 and 4),
      easy int not null check (easy between 1 and 4),
      heard int not null check (heard between 1 and 4)
    );
    create index on event_answers (event_id);
    create index on event_answers (organisation_id);
    select oppiva_protect('event_answers', 'organisation');

    create table event_experts (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      event_id uuid not null references events on delete cascade,
      name text not null check (length(name) between 1 and 200),
      part text not null default '' check (length(part) <= 500),
      fee_cents int check (fee_cents between 0 and 1000000),
      agreement text not null default '' check (length(agreement) <= 1000),
      state text not null default 'invited' check (state in ('invited', 'agreed', 'declined')),
      invited_at timestamptz not null default now()
    );
    create index on event_experts (event_id);
    create index on event_experts (organisation_id);
    select oppiva_protect('event_experts', 'organisation');

    create table event_feeds (
      person_id uuid not null references people on delete cascade,
      organisation_id uuid not null references organisations,
      key uuid not null default gen_random_uuid(),
      made_at timestamptz not null default now(),
      primary key (organisation_id, person_id)
    );
    select oppiva_protect('event_feeds', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table event_feeds, event_experts, event_answers, event_links;
    drop function event_places(uuid);
    drop table event_signups;
    drop function guard_signup();
    drop table event_parts;
    drop policy reading on event_series;
    drop table events, event_series;
  `);
}
