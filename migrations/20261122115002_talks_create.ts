import type { Knex } from 'knex';

/**
 * Development talks are seen by the two who talk, and by nobody else in the organisation (domain table 4.5): the row policies
 * say so, not only the pages. What each prepares is their own until they show it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table talks (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      supervisor_id uuid references people on delete set null,
      proposed_by uuid references people on delete set null,
      planned_on date not null,
      -- What the person shows in this talk beyond their agreed profile: their own view, what peers and experts by experience saw.
      shared text[] not null default '{}' check (shared <@ array['own', 'peers']),
      agreement text not null default '',
      next_on date,
      -- Grows with every change of what is agreed: a confirmation names the version that was read.
      version int not null default 0,
      -- Grows with every change of the text alone: two who write at once do not write over each other.
      text_version int not null default 0,
      person_confirmed_at timestamptz,
      supervisor_confirmed_at timestamptz,
      -- Both have confirmed: nothing changes any more.
      held_at timestamptz,
      created_at timestamptz not null default now(),
      check (person_id <> supervisor_id),
      unique (organisation_id, id)
    );
    create unique index talks_one_open on talks (organisation_id, person_id, supervisor_id) where held_at is null;
    create index on talks (organisation_id, person_id, held_at);
    create index on talks (organisation_id, supervisor_id);
    create index on talks (organisation_id, planned_on) where held_at is null;

    create table talk_goals (
      id uuid primary key,
      organisation_id uuid not null,
      talk_id uuid not null,
      competence_code text,
      level int check (level between 1 and 8),
      words text not null default '',
      created_at timestamptz not null default now(),
      check (competence_code is not null or words <> ''),
      check (level is null or competence_code is not null),
      foreign key (organisation_id, talk_id) references talks (organisation_id, id) on delete cascade
    );
    create index on talk_goals (organisation_id, talk_id);

    create table talk_preparations (
      organisation_id uuid not null,
      talk_id uuid not null,
      person_id uuid not null references people on delete cascade,
      well text not null default '',
      learn text not null default '',
      other text not null default '',
      is_shown boolean not null default false,
      is_kept boolean not null default false,
      version int not null default 1,
      updated_at timestamptz not null default now(),
      primary key (talk_id, person_id),
      foreign key (organisation_id, talk_id) references talks (organisation_id, id) on delete cascade
    );
    create index on talk_preparations (organisation_id, person_id);

    alter table talks enable row level security;
    create policy the_two on talks to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and (select oppiva_person()) in (person_id, supervisor_id))
      with check (organisation_id = (select oppiva_organisation()) and (select oppiva_person()) in (person_id, supervisor_id));

    alter table talk_goals enable row level security;
    create policy the_two on talk_goals to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and exists (select from talks t where t.id = talk_id))
      with check (organisation_id = (select oppiva_organisation()) and exists (select from talks t where t.id = talk_id));

    alter table talk_preparations enable row level security;
    create policy own on talk_preparations to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and person_id = (select oppiva_person()))
      with check (organisation_id = (select oppiva_organisation()) and person_id = (select oppiva_person())
        and exists (select from talks t where t.id = talk_id));
    create policy shown on talk_preparations for select to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and is_shown and exists (select from talks t where t.id = talk_id));

    -- Reports tell how many, and never who: with whom it was held stays between the two.
    create function talks_held(team uuid, from_day date, to_day date) returns table (talks int, people int, members int)
      language sql stable security definer set search_path = public
      begin atomic
        with members as (
          select distinct tm.person_id from team_members tm
          where tm.organisation_id = oppiva_organisation() and (team is null or tm.team_id = team)
            and tm.joined_on <= to_day and (tm.left_on is null or tm.left_on > from_day)),
        held as (
          select t.person_id from talks t join members m on m.person_id = t.person_id
          where t.organisation_id = oppiva_organisation()
            and (t.held_at at time zone 'Europe/Helsinki')::date between from_day and to_day)
        select (select count(*) from held)::int, (select count(distinct person_id) from held)::int,
          (select count(*) from members)::int;
      end;
    -- The daily reminder knows the day and the two, and nothing of what they write.
    create function talks_due(from_day date, to_day date)
      returns table (id uuid, person_id uuid, supervisor_id uuid, planned_on date)
      language sql stable security definer set search_path = public
      begin atomic
        select t.id, t.person_id, t.supervisor_id, t.planned_on from talks t
        where t.organisation_id = oppiva_organisation() and t.held_at is null and t.planned_on between from_day and to_day;
      end;
    grant execute on function talks_held(uuid, date, date), talks_due(date, date) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function talks_due(date, date);
    drop function talks_held(uuid, date, date);
    drop table talk_preparations, talk_goals, talks cascade;
  `);
}
