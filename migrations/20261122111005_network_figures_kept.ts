import type { Knex } from 'knex';
import { up as fromPoints } from './20261122081100_network_figures_create';

/**
 * The only way past the row policies to figures of other organisations: counts by organisation, for the networks that the
 * person in scope coordinates, about the agreed set and nothing else (training that was agreed; the starter competences
 * against each person's own target profile), as they were kept when the month was closed. `code` is 'training' or that of a
 * competence. No names, no ids of people, no dates. A competence comes as what may be said of it (release.ts); training under
 * the organisation's own limit (10 where clients are among them) comes back as null, and splitting the rest safely is left
 * to the report (small-groups.ts). `is_closed` tells whether the organisation's month has been closed.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function network_figures(uuid, timestamptz);
    create function network_figures(given_network uuid, given_month date)
      returns table (organisation_id uuid, organisation_name text, smallest_group int, code text, people int, reached int,
        figures jsonb, is_closed boolean)
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
        figures as (
          select t.organisation_id, 'training' as code, t.people, t.reached, case when t.clients > 0 then 10 else 5 end as least,
            null::jsonb as figures
          from partners p join training_figures t on t.organisation_id = p.id and t.month_end = given_month
          where t.people > 0
          union all
          select c.organisation_id, c.competence_code, null, null, 5, c.figures
          from partners p join kept_coverage c on c.organisation_id = p.id and c.month_end = given_month
          where c.competence_code in (select starters.code from starters)
        )
        select p.id, p.name, greatest(p.smallest_group, f.least), f.code,
          case when f.people >= greatest(p.smallest_group, f.least) then f.people end,
          case when f.people >= greatest(p.smallest_group, f.least) then f.reached end, f.figures, p.is_closed
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
