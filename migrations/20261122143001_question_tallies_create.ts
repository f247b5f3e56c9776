import type { Knex } from 'knex';

/**
 * How questions work is counted in whole groups of people, once and for good: counted anew at each look, the page of the day
 * before and today's told by subtraction what one more person had answered, or one who was erased meanwhile. A tally tells of
 * nobody and keeps what was counted. question_waiting gives the groups that are large enough to be counted now: of at least as
 * many as the owner's smallest group (10 with clients), and of as many as are counted already up to 20. Who may read the
 * figures is never in them, so that no writer can fill a group with own answers.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function question_figures(uuid);

    create table question_tallies (
      question_id uuid not null references questions on delete cascade,
      version int not null,
      organisation_id uuid not null references organisations on delete cascade,
      people int not null,
      points float8 not null,
      compared int not null,
      compared_points float8 not null,
      others float8 not null,
      points_squared float8 not null,
      others_squared float8 not null,
      product float8 not null,
      labels jsonb not null,
      counted_until timestamptz not null,
      primary key (question_id, version)
    );
    select oppiva_protect('question_tallies', 'organisation');

    create function question_waiting(given_quiz uuid)
      returns table (question_id uuid, version int, people int, points float8, compared int, compared_points float8,
        others float8, points_squared float8, others_squared float8, product float8, labels jsonb, counted_until timestamptz)
      language sql stable security definer set search_path = public
      begin atomic
        with asked as (
          select q.id, q.version, coalesce(t.people, 0) as people, coalesce(t.counted_until, '-infinity') as counted_until,
            o.smallest_group
          from questions q join quizzes z on z.id = q.quiz_id and z.organisation_id = oppiva_organisation()
            join organisations o on o.id = z.organisation_id
            left join question_tallies t on t.question_id = q.id and t.version = q.version
          where q.quiz_id = given_quiz and q.retired_at is null
        ),
        rounds as (
          select a.id, a.submitted_at, coalesce(m.relation = 'client', false) as is_client
          from quiz_attempts a left join memberships m on m.person_id = a.person_id and m.organisation_id = a.organisation_id
          where a.quiz_id = given_quiz and a.number = 1 and a.submitted_at > (select min(counted_until) from asked)
            and not exists (select from memberships w where w.organisation_id = oppiva_organisation()
              and w.person_id = a.person_id and w.roles && '{author,expert,reviewer}')
          order by a.submitted_at desc limit 2000
        ),
        firsts as (
          select distinct on (w.attempt_id, w.question_id) w.attempt_id, w.question_id, w.question_version, r.submitted_at,
            r.is_client, w.points::float8 as points,
            case when w.dont_know then array['dont-know'] else coalesce(w.labels, w.chosen) end as labels
          from quiz_answers w join rounds r on r.id = w.attempt_id
          order by w.attempt_id, w.question_id, w.given_at, w.sequence nulls last, w.answered_at
        ),
        present as (
          select f.*, k.people as counted, k.counted_until, k.smallest_group,
            (sum(f.points) over (partition by f.attempt_id) - f.points)
              / nullif(count(*) over (partition by f.attempt_id) - 1, 0) as elsewhere
          from firsts f join asked k on k.id = f.question_id and k.version = f.question_version
        ),
        waiting as (select * from present where submitted_at > counted_until),
        groups as (
          select w.question_id, w.question_version, count(*)::int as people, sum(w.points) as points,
            count(w.elsewhere)::int as compared,
            coalesce(sum(w.points) filter (where w.elsewhere is not null), 0) as compared_points,
            coalesce(sum(w.elsewhere), 0) as others,
            coalesce(sum(w.points * w.points) filter (where w.elsewhere is not null), 0) as points_squared,
            coalesce(sum(w.elsewhere * w.elsewhere), 0) as others_squared,
            coalesce(sum(w.points * w.elsewhere), 0) as product, max(w.submitted_at) as counted_until
          from waiting w group by w.question_id, w.question_version
          having count(*) >= greatest(5, max(w.smallest_group), case when bool_or(w.is_client) then 10 end, least(max(w.counted), 20))
        )
        select g.question_id, g.question_version, g.people, g.points, g.compared, g.compared_points, g.others,
          g.points_squared, g.others_squared, g.product,
          (select coalesce(jsonb_object_agg(l.label, l.people), '{}') from (
             select label, count(*) as people from waiting w cross join unnest(w.labels) as label
             where w.question_id = g.question_id group by label) l), g.counted_until
        from groups g;
      end;
    revoke all on function question_waiting(uuid) from public;
    grant execute on function question_waiting(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function question_waiting(uuid);
    drop table question_tallies;

    create function question_figures(given_quiz uuid)
      returns table (question_id uuid, people int, points float8, agreement float8, labels jsonb)
      language sql stable security definer set search_path = public
      begin atomic
        with rounds as (
          select a.id from quiz_attempts a join quizzes z on z.id = a.quiz_id and z.organisation_id = oppiva_organisation()
          where a.quiz_id = given_quiz and a.number = 1 and a.submitted_at is not null
          order by a.submitted_at desc limit 2000
        ),
        firsts as (
          select distinct on (w.attempt_id, w.question_id) w.attempt_id, w.question_id, w.question_version,
            w.points::float8 as points, case when w.dont_know then array['dont-know'] else coalesce(w.labels, w.chosen) end as labels
          from quiz_answers w join rounds r on r.id = w.attempt_id
          order by w.attempt_id, w.question_id, w.given_at, w.sequence nulls last, w.answered_at
        ),
        present as (
          select f.attempt_id, f.question_id, f.points, f.labels,
            (sum(f.points) over (partition by f.attempt_id) - f.points)
              / nullif(count(*) over (partition by f.attempt_id) - 1, 0) as elsewhere
          from firsts f join questions q on q.id = f.question_id and q.version = f.question_version and q.retired_at is null
        )
        select p.question_id, count(*)::int, avg(p.points), corr(p.points, p.elsewhere),
          (select coalesce(jsonb_object_agg(l.label, l.people), '{}') from (
             select label, count(*) as people from present o cross join unnest(o.labels) as label
             where o.question_id = p.question_id group by label) l)
        from present p group by p.question_id having count(*) >= 5;
      end;
    revoke all on function question_figures(uuid) from public;
    grant execute on function question_figures(uuid) to oppiva_app;
  `);
}
