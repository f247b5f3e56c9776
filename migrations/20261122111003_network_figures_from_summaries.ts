import type { Knex } from 'knex';
import { up as fromPoints } from './20261122081100_network_figures_create';

/**
 * The only way past the row policies to figures of other organisations: counts by organisation, for the networks that the
 * person in scope coordinates, about the agreed set and nothing else (training that was agreed; the starter competences
 * against each person's own target profile), as they were kept when the month was closed. `code` is 'training' or that of a
 * competence. No names, no ids of people, no dates. Groups under the organisation's own limit (10 where clients are among
 * them) come back as null; splitting the rest safely is left to the report (small-groups.ts). `is_closed` tells whether the
 * organisation's month has been closed.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function network_figures(uuid, timestamptz);
    create function network_figures(given_network uuid, given_month date)
      returns table (organisation_id uuid, organisation_name text, smallest_group int, code text, people int, reached int,
        is_closed boolean)
      language sql stable security definer set search_path = public
      begin atomic
        with partners as (
          select o.id, o.name, o.smallest_group, coalesce(k.closed_month >= given_month, false) as is_closed
          from network_coordinators c
          join network_organisations n on n.network_id = c.network_id
          join organisations o on o.id = n.organisation_id
          left join closings k on k.organisation_id = o.id
          where c.network_id = given_network and c.person_id = oppiva_person()
            and c.organisation_id = oppiva_organisation()
            and exists (select from network_organisations own where own.network_id = c.network_id
              and own.organisation_id = c.organisation_id)
        ),
        starters as (
          select n.code from frameworks f join framework_nodes n on n.framework_id = f.id
          where f.is_default and n.kind = 'competence' and n.data ->> 'starter' = 'true'
        ),
        counted as (
          select t.organisation_id, 'training' as code, t.people, t.reached, t.clients
          from partners p join training_figures t on t.organisation_id = p.id and t.month_end = given_month
          union all
          select s.organisation_id, s.competence_code,
            (select sum(n) from unnest(s.reached || s.on_the_way) n)::int, (select sum(n) from unnest(s.reached) n)::int, s.clients
          from partners p join skill_figures s on s.organisation_id = p.id and s.month_end = given_month and s.scope_id = p.id
          where s.competence_code in (select starters.code from starters)
        ),
        figures as (
          select c.organisation_id, c.code, c.people, c.reached, case when c.clients > 0 then 10 else 5 end as least
          from counted c where c.people > 0
        )
        select p.id, p.name, greatest(p.smallest_group, f.least), f.code,
          case when f.people >= greatest(p.smallest_group, f.least) then f.people end,
          case when f.people >= greatest(p.smallest_group, f.least) then f.reached end, p.is_closed
        from partners p left join figures f on f.organisation_id = p.id
        order by p.name, f.code;
      end;
    grant execute on function network_figures(uuid, date) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function network_figures(uuid, date)');
  await fromPoints(knex);
}
