import { db } from '../lib/db';

/**
 * The histories of completions, two of which are renewals; and some who learnt an agreed course before. Comes after the months
 * are closed: what was told of them stays.
 */
export async function addCompletions(): Promise<void> {
  await db().raw(`
    update enrolments e set renewed_at = e.completed_at, counts_from = e.completed_at,
      completed_at = e.completed_at - interval '11 months', started_at = e.started_at - interval '12 months'
    from courses c, people p where c.id = e.course_id and c.slug = 'recognise-scam-messages' and e.completed_at is not null
      and p.id = e.person_id and p.username in ('elina.kurki', 'henrik.lundell')`);
  const months = `(select min(pc.valid_months) from path_courses pc join path_assignments a on a.path_id = pc.path_id
      and a.organisation_id = e.organisation_id left join team_members m on m.team_id = a.team_id and m.person_id = e.person_id
    where pc.course_id = e.course_id and (a.person_id = e.person_id or m.person_id is not null))`;
  for (const [moment, isRenewal] of [
    ['completed_at', false],
    ['renewed_at', true],
  ] as const)
    await db().raw(`
      insert into course_completions (organisation_id, person_id, course_id, completed_at, is_renewal, valid_until)
      select e.organisation_id, e.person_id, e.course_id, e.${moment}, ${isRenewal},
        (e.${moment}::date + make_interval(months => ${months}))::date
      from enrolments e where e.${moment} is not null`);
  await db().raw(`
    with known as (
      select distinct on (s.organisation_id, tm.person_id) s.organisation_id, tm.person_id, s.id as step_id, sup.person_id as judge_id
      from path_assignments a join path_steps s on s.path_id = a.path_id and s.kind = 'course' and s.removed_at is null
      join team_members tm on tm.team_id = a.team_id and tm.left_on is null
      join team_supervisors sup on sup.team_id = a.team_id and not sup.is_deputy and sup.person_id <> tm.person_id
      where not exists (select from enrolments e where e.person_id = tm.person_id and e.course_id = s.course_id
          and e.organisation_id = s.organisation_id)
        and not exists (select from path_recognitions r where r.person_id = tm.person_id)
        and substr(md5(tm.person_id::text), 1, 1) < '7'
      order by s.organisation_id, tm.person_id, s.position, sup.person_id
    ), counted as (
      insert into path_recognitions (id, organisation_id, person_id, step_id, kind, state, story, judge_id, reason, asked_at, decided_at)
      select md5('known ' || person_id || step_id)::uuid, organisation_id, person_id, step_id, 'earlier', 'counted',
        'Kävin vastaavan kurssin edellisessä työssäni.', judge_id, 'Olen nähnyt, että osaat tämän.',
        now() - interval '20 days', now() - interval '14 days' from known
      returning organisation_id, person_id, step_id, decided_at
    )
    insert into path_step_marks (organisation_id, person_id, step_id, how, marked_at)
    select organisation_id, person_id, step_id, 'recognised', decided_at from counted on conflict do nothing`);
}
