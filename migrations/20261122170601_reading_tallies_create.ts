import type { Knex } from 'knex';

/**
 * Where readers of a lesson stop, counted in whole groups, once and for good, as answers are (question_tallies): counted anew at
 * each look, two pages told by subtraction where one more person had stopped. Somebody counts when two weeks have gone since they
 * opened the lesson, as they are then. reading_waiting gives the groups that are large enough to be counted now. Who may read the
 * figures is never in them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table reading_tallies (
      lesson_id uuid primary key references lessons on delete cascade,
      organisation_id uuid not null references organisations on delete cascade,
      people int not null,
      finished int not null,
      -- How many stopped in each place, by the ids of blocks.
      stops jsonb not null,
      counted_until timestamptz not null
    );
    create index on reading_tallies (organisation_id);
    select oppiva_protect('reading_tallies', 'organisation');
    create index lesson_progress_readers on lesson_progress (lesson_id, opened_at);

    create function reading_waiting(given_course uuid)
      returns table (lesson_id uuid, people int, finished int, stops jsonb, counted_until timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        with asked as (
          select l.id, coalesce(t.people, 0) as counted, coalesce(t.counted_until, '-infinity') as counted_until, o.smallest_group
          from courses c join organisations o on o.id = c.organisation_id and o.id = oppiva_organisation()
            join lessons l on l.course_id = c.id and l.published_at is not null
            left join reading_tallies t on t.lesson_id = l.id
          where c.id = given_course
        ),
        waiting as (
          select a.id, a.counted, a.smallest_group, p.opened_at, p.completed_at is not null as is_done, p.spot,
            coalesce(m.relation = 'client', false) as is_client
          from asked a join lesson_progress p on p.lesson_id = a.id and p.opened_at > a.counted_until
              and p.opened_at <= now() - interval '14 days'
            left join memberships m on m.person_id = p.person_id and m.organisation_id = p.organisation_id
          where not exists (select from memberships w where w.organisation_id = oppiva_organisation()
            and w.person_id = p.person_id and w.roles && '{author,expert,reviewer}')
        )
        select w.id, count(*)::int, (count(*) filter (where w.is_done))::int,
          (select coalesce(jsonb_object_agg(s.spot, s.people), '{}') from (
             select v.spot, count(*) as people from waiting v where v.id = w.id and not v.is_done group by v.spot) s),
          max(w.opened_at)
        from waiting w group by w.id
        having count(*) >= greatest(5, max(w.smallest_group), case when bool_or(w.is_client) then 10 end, least(max(w.counted), 20));
      end;
    revoke all on function reading_waiting(uuid) from public;
    grant execute on function reading_waiting(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function reading_waiting(uuid);
    drop index lesson_progress_readers;
    drop table reading_tallies;
  `);
}
