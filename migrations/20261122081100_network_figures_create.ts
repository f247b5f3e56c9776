import type { Knex } from 'knex';

/**
 * The only way past the row policies to figures of other organisations: counts by organisation, for the networks that the
 * person in scope coordinates, about the agreed set and nothing else (training that was agreed; the starter
 * competences against each person's own target profile). `code` is 'training' or that of a competence. No names, no ids of people, no dates. Groups under the
 * organisation's own limit (10 where clients are among them) come back as null; splitting the rest safely is left to the report (small-groups.ts).
 * `as_of` keeps a month's figures the same all month; the report gives it the end of the last month.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function network_figures(given_network uuid, as_of timestamptz)
      returns table (organisation_id uuid, organisation_name text, smallest_group int, code text, people int, reached int)
      language sql stable security definer set search_path = public
      begin atomic
        with last_day as (
          select ((as_of - interval '1 microsecond') at time zone 'Europe/Helsinki')::date as day
        ),
        partners as (
          select o.id, o.name, o.smallest_group from network_coordinators c
          join network_organisations n on n.network_id = c.network_id
          join organisations o on o.id = n.organisation_id
          where c.network_id = given_network and c.person_id = oppiva_person()
            and c.organisation_id = oppiva_organisation()
            and exists (select from network_organisations own where own.network_id = c.network_id
              and own.organisation_id = c.organisation_id)
        ),
        members as (
          select m.organisation_id, m.person_id, m.target_profile, m.relation = 'client' as is_client, l.day from partners p
          join memberships m on m.organisation_id = p.id
          cross join last_day l
          where m.started_on <= l.day and (m.ended_on is null or m.ended_on > l.day)
        ),
        assigned as (
          select a.organisation_id, a.person_id, a.path_id from path_assignments a
          where a.person_id is not null and a.assigned_at < as_of
          union
          select a.organisation_id, t.person_id, a.path_id from path_assignments a
          join team_members t on t.organisation_id = a.organisation_id and t.team_id = a.team_id
          cross join last_day l
          where a.assigned_at < as_of and (t.left_on is null or t.left_on > l.day)
        ),
        agreed as (
          select distinct m.organisation_id, m.person_id, m.is_client, pc.course_id
          from members m
          join assigned a on a.organisation_id = m.organisation_id and a.person_id = m.person_id
          join path_courses pc on pc.path_id = a.path_id
        ),
        trained as (
          select a.organisation_id, a.person_id, a.is_client, bool_and(coalesce(e.completed_at < as_of, false)) as is_reached
          from agreed a
          left join enrolments e on e.organisation_id = a.organisation_id and e.person_id = a.person_id
            and e.course_id = a.course_id
          group by 1, 2, 3
        ),
        skilled as (
          select m.organisation_id, t.competence_code, m.is_client, floor(p.level + 0.5) >= t.level as is_reached
          from members m
          join frameworks f on f.is_default
          join framework_targets t on t.framework_id = f.id and t.profile = m.target_profile
          join framework_nodes n on n.framework_id = f.id and n.kind = 'competence' and n.code = t.competence_code
            and n.data ->> 'starter' = 'true'
          join skill_estimates e on e.organisation_id = m.organisation_id and e.person_id = m.person_id
            and e.competence_code = t.competence_code
          -- The estimate is the newest point; an older one is looked for only when that is too new.
          cross join lateral (
            select e.level where e.observed_at < as_of
            union all
            (select s.level from skill_points s
            where e.observed_at >= as_of and s.organisation_id = m.organisation_id and s.person_id = m.person_id
              and s.competence_code = t.competence_code and s.observed_at < as_of
            order by s.observed_at desc limit 1)
          ) p
        ),
        counted as (
          select organisation_id, 'training' as code, is_client, is_reached from trained
          union all
          select organisation_id, competence_code, is_client, is_reached from skilled
        ),
        figures as (
          select organisation_id, code, count(*)::int as people, (count(*) filter (where is_reached))::int as reached, case when bool_or(is_client) then 10 else 5 end as least
          from counted group by 1, 2
        )
        select p.id, p.name, greatest(p.smallest_group, f.least), f.code,
          case when f.people >= greatest(p.smallest_group, f.least) then f.people end,
          case when f.people >= greatest(p.smallest_group, f.least) then f.reached end
        from partners p left join figures f on f.organisation_id = p.id
        order by p.name, f.code;
      end;
    grant execute on function network_figures(uuid, timestamptz) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function network_figures(uuid, timestamptz)');
}
