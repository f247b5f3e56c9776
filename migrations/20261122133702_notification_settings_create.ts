import type { Knex } from 'knex';

/** How each person wants to be told, and the mails that came of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table notification_settings (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- By group of kinds: 'mail' (and in the app), 'app', 'none'. What is not here is as the product has it.
      ways jsonb not null default '{}',
      rhythm text not null default 'day' check (rhythm in ('at_once', 'day', 'week')),
      -- On the clock of Finland; 1 is Monday.
      hour int not null default 9 check (hour between 0 and 23),
      weekday int not null default 1 check (weekday between 1 and 7),
      -- Minutes of the day; null when no hours are quiet. Over midnight when the end is before the start.
      quiet_from int check (quiet_from between 0 and 1439),
      quiet_to int check (quiet_to between 0 and 1439),
      quiet_days int[] not null default '{1,2,3,4,5,6,7}',
      -- After how many days without learning a course under way is reminded of; null for never.
      unfinished_days int check (unfinished_days between 1 and 60),
      -- The address did not take a mail: none is tried until the person saves their choice again.
      mail_failed_at timestamptz,
      primary key (organisation_id, person_id),
      check ((quiet_from is null) = (quiet_to is null)),
      check (quiet_from <> quiet_to)
    );
    select oppiva_protect('notification_settings', 'own');

    create table notification_mails (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- 'waiting' to be sent; 'handed' just before the mail server gets its last byte; then 'sent'. 'given_up' after too many tries.
      state text not null default 'waiting' check (state in ('waiting', 'handed', 'sent', 'dropped', 'given_up')),
      attempts int not null default 0,
      created_at timestamptz not null default now(),
      sent_at timestamptz
    );
    create index on notification_mails (organisation_id, person_id, created_at);
    select oppiva_protect('notification_mails', 'own');

    alter table notifications add column way text not null default 'mail' check (way in ('mail', 'app')),
      add column mail_id uuid references notification_mails on delete set null;
    -- What was told before this goes by the rules of before.
    update notifications set way = 'app';
    create index on notifications (organisation_id, person_id) where mail_id is null and way = 'mail' and read_at is null;
    create index on notifications (mail_id) where mail_id is not null;

    -- The daily reminder knows who asked to be reminded and of which course, and nothing else of anybody's settings.
    create function courses_left_unfinished(today date)
      returns table (person_id uuid, course_id uuid, seen_on date)
      language sql stable security definer set search_path = public
      begin atomic
        select distinct on (e.person_id) e.person_id, e.course_id, (e.last_seen_at at time zone 'Europe/Helsinki')::date
        from notification_settings s
        join enrolments e on e.organisation_id = s.organisation_id and e.person_id = s.person_id and e.completed_at is null
        where s.organisation_id = oppiva_organisation() and s.unfinished_days is not null
          and (select (max(x.last_seen_at) at time zone 'Europe/Helsinki')::date from enrolments x
            where x.organisation_id = s.organisation_id and x.person_id = s.person_id) + s.unfinished_days <= today
        order by e.person_id, e.last_seen_at desc;
      end;
    grant execute on function courses_left_unfinished(date) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function courses_left_unfinished(date);
    alter table notifications drop column mail_id, drop column way;
    drop table notification_mails, notification_settings;
  `);
}
