import type { Knex } from 'knex';

/**
 * How the questions of a quiz work, for those who write it. Answers are their persons' own, so the counting is done here,
 * behind the row policies: nobody's name or writing comes out, and nothing of a question that fewer than five have answered.
 * Each person's first round counts, the newest 2,000 of them. labels: what was answered in the type's own short words
 * (choices need none: their keys are in `chosen`).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table quiz_answers add column labels text[];
    create index quiz_attempts_first on quiz_attempts (quiz_id, submitted_at desc) where number = 1 and submitted_at is not null;

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
    grant execute on function question_figures(uuid) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function question_figures(uuid);
    drop index quiz_attempts_first;
    alter table quiz_answers drop column labels;
  `);
}
