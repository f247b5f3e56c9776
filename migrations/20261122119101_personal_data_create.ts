import type { Knex } from 'knex';

/**
 * What people may do with what is known of them. looks: who opened a page that names the person, once a day and page.
 * erasures: who asked to be forgotten, and when it happens. retention: how long an organisation keeps each kind.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table looks (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      viewer_id uuid references people on delete set null,
      what text not null,
      day date not null,
      first_at timestamptz not null default now(),
      unique nulls not distinct (organisation_id, person_id, viewer_id, what, day)
    );
    create index on looks (organisation_id, person_id, day desc);

    create table erasures (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid references people on delete set null,
      -- 'asked' by the person, 'left' when they have been gone as long as the organisation keeps leavers.
      reason text not null check (reason in ('asked', 'left')),
      asked_at timestamptz not null default now(),
      due_at timestamptz not null,
      done_at timestamptz
    );
    create unique index one_waiting_erasure on erasures (organisation_id, person_id) where done_at is null;

    create table retention (
      organisation_id uuid not null references organisations,
      kind text not null,
      months int not null check (months between 1 and 120),
      primary key (organisation_id, kind)
    );

    select oppiva_protect('looks', 'organisation');
    select oppiva_protect('erasures', 'organisation');
    select oppiva_protect('retention', 'organisation');
    -- A look is of the one who looks, and is the looked-at person's to read.
    create policy the_two on looks as restrictive to oppiva_app
      using (person_id = (select oppiva_person())) with check (viewer_id = (select oppiva_person()));
    create policy only_own on erasures as restrictive to oppiva_app using (person_id = (select oppiva_person()) or (select oppiva_person()) is null);
    revoke update, delete on looks from oppiva_app;
    revoke update on erasures from oppiva_app;

    -- Rows that statistics stand on. They stay when a person is forgotten, under a number that belongs to nobody.
    create function oppiva_counted_tables() returns text[] language sql immutable
      return array['memberships', 'team_members', 'profile_days', 'month_members', 'counted_people', 'skill_month_ends',
        'enrolments', 'lesson_progress'];

    -- Forgets a person in an organisation whose erasure is due. Returns the keys of what they had stored as files.
    -- Tables are found by their links to people, so that one which comes later is not left out.
    create function oppiva_erase(given uuid) returns setof text
      language plpgsql security definer set search_path = public as $$
    declare
      asked erasures;
      nobody constant uuid := gen_random_uuid();
      link record;
    begin
      select * into asked from erasures
        where id = given and organisation_id = oppiva_organisation() and person_id is not null and done_at is null and due_at <= now()
        for update;
      if not found then return; end if;

      return query select 'evidence/' || f.organisation_id || '/' || s.person_id || '/' || f.id from submission_files f
        join submissions s on s.id = f.submission_id
        where s.organisation_id = asked.organisation_id and s.person_id = asked.person_id
        union all select 'reports/' || r.organisation_id || '/' || r.id || '.bin' from report_files r
        where r.organisation_id = asked.organisation_id and r.person_id = asked.person_id;

      -- The work stays; the name that stands under it goes.
      update lesson_credits c set name = '' from draft_signatures s join lesson_drafts d on d.id = s.draft_id
        where s.organisation_id = asked.organisation_id and s.person_id = asked.person_id and d.lesson_id = c.lesson_id and c.kind = s.kind;
      update observations set rater_name = '' where organisation_id = asked.organisation_id and recorded_by = asked.person_id;

      insert into people (id, username, name, home_organisation_id, suspended_at)
        values (nobody, 'erased-' || nobody, '', asked.organisation_id, now());
      for link in
        select c.conrelid::regclass as target, a.attname as who, c.confdeltype = 'n' as stays,
          c.conrelid::regclass::text = any(oppiva_counted_tables()) and a.attname = 'person_id' as counted
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = 'people'::regclass and c.conrelid <> 'erasures'::regclass
          and exists (select from pg_attribute o where o.attrelid = c.conrelid and o.attname = 'organisation_id')
        -- What stays is settled before rows that others hang on are taken away.
        order by stays desc, counted desc
      loop
        if link.stays then
          execute format('update %s set %I = null where organisation_id = $1 and %I = $2', link.target, link.who, link.who)
            using asked.organisation_id, asked.person_id;
        elsif link.counted then
          execute format('update %s set %I = $3 where organisation_id = $1 and %I = $2', link.target, link.who, link.who)
            using asked.organisation_id, asked.person_id, nobody;
        else
          execute format('delete from %s where organisation_id = $1 and %I = $2', link.target, link.who)
            using asked.organisation_id, asked.person_id;
        end if;
      end loop;
      update memberships set roles = '{learner}', shows_role = false, ended_on = coalesce(ended_on, current_date), suspended_at = null
        where organisation_id = asked.organisation_id and person_id = nobody;
      update team_members set left_on = coalesce(left_on, current_date)
        where organisation_id = asked.organisation_id and person_id = nobody;
      update lesson_progress set spot = '' where organisation_id = asked.organisation_id and person_id = nobody;
      update audit_events set actor_id = nobody where organisation_id = asked.organisation_id and actor_id = asked.person_id;
      update audit_events set subject_id = nobody::text, details = '{}'
        where organisation_id = asked.organisation_id and subject_id = asked.person_id::text;
      delete from sessions where sess -> 'passport' -> 'user' ->> 'personId' = asked.person_id::text;
      update erasures set done_at = now() where id = asked.id;
      if not exists (select from memberships where person_id = asked.person_id) then
        delete from people where id = asked.person_id;
      else
        update erasures set person_id = null where id = asked.id;
        update people set home_organisation_id = (select organisation_id from memberships where person_id = asked.person_id
          order by started_on, id limit 1) where id = asked.person_id and home_organisation_id = asked.organisation_id;
      end if;
    end $$;

    -- Takes away what is older than the organisation in scope keeps; returns how many rows.
    create function oppiva_forget_old(kind text, months int) returns bigint
      language plpgsql security definer set search_path = public as $$
    declare
      ours constant uuid := oppiva_organisation();
      before constant timestamptz := now() - make_interval(months => months);
      gone bigint := 0;
      part bigint;
    begin
      if ours is null then return 0; end if;
      case kind
        when 'answers' then
          delete from quiz_attempts where organisation_id = ours and submitted_at < before;
          get diagnostics gone = row_count;
          delete from practice_sessions where organisation_id = ours and ended_at < before;
          get diagnostics part = row_count; gone := gone + part;
          delete from self_assessments where organisation_id = ours and submitted_at < before;
          get diagnostics part = row_count; gone := gone + part;
          delete from help_levels where organisation_id = ours and answered_at < before;
          get diagnostics part = row_count; gone := gone + part;
          delete from xapi_statements where organisation_id = ours and stored_at < before;
          get diagnostics part = row_count; gone := gone + part;
        when 'notifications' then
          delete from notifications where organisation_id = ours and created_at < before;
          get diagnostics gone = row_count;
        when 'help' then
          delete from help_requests where organisation_id = ours and answered_at < before;
          get diagnostics gone = row_count;
        when 'talks' then
          delete from talks where organisation_id = ours and held_at < before;
          get diagnostics gone = row_count;
        when 'views' then
          delete from view_invitations where organisation_id = ours and expires_at < before;
          get diagnostics gone = row_count;
        when 'looks' then
          delete from looks where organisation_id = ours and first_at < before;
          get diagnostics gone = row_count;
        when 'log' then
          delete from audit_events where organisation_id = ours and created_at < before;
          get diagnostics gone = row_count;
        when 'leavers' then
          insert into erasures (organisation_id, person_id, reason, due_at)
            select ours, m.person_id, 'left', now() from memberships m join people p on p.id = m.person_id
            where m.organisation_id = ours and m.ended_on < before::date and p.username not like 'erased-%'
            on conflict do nothing;
          get diagnostics gone = row_count;
        else raise exception 'unknown kind: %', kind;
      end case;
      return gone;
    end $$;

    -- Whose erasures are due, for the job that has no organisation in scope yet. Ids only.
    create function oppiva_due_erasures() returns table (id uuid, organisation_id uuid)
      language sql stable security definer set search_path = public
      begin atomic
        select e.id, e.organisation_id from erasures e where e.done_at is null and e.due_at <= now() and e.person_id is not null;
      end;
    grant execute on function oppiva_erase(uuid), oppiva_forget_old(text, int), oppiva_due_erasures() to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function oppiva_due_erasures();
    drop function oppiva_forget_old(text, int);
    drop function oppiva_erase(uuid);
    drop function oppiva_counted_tables();
    drop table retention, erasures, looks;
  `);
}
