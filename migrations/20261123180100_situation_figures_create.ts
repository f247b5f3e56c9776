import type { Knex } from 'knex';

/**
 * Kept month figures of support summed for the picture of the situation: of one's own organisation, or (`given_space`) of the
 * organisations of a space to which one's own belongs. By municipality and theme, form, month or what blocked; and by theme and what
 * blocked, and how many supporters there were, in all municipalities. Sums only: rows of another organisation are told to nobody. The page hides what tells of few.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function situation_figures(given_space uuid, first_month date, last_month date)
      returns table (dim text, organisation_id uuid, area_code text, key text, key2 text, contacts int, minutes int, did_self int,
        opened int, unmet int, visits int)
      language sql stable security definer set search_path = public, pg_temp
      begin atomic
        with ours as (
          select oppiva_organisation() as id where given_space is null
          union
          select s.organisation_id from space_organisations s where s.space_id = given_space and s.state = 'member' and s.left_at is null
            and given_space in (select spaces_in_scope())
        ),
        figures as materialized (
          select f.* from support_month_figures f where f.organisation_id in (select ours.id from ours)
            and f.month between first_month and last_month
        ),
        stops as materialized (
          select f.organisation_id, f.area_code, f.theme, b.key, sum(b.value::int)::int as contacts
          from figures f cross join lateral jsonb_each_text(f.blocked) b group by 1, 2, 3, 4
        )
        select 'theme', f.organisation_id, f.area_code, f.theme, '', sum(f.contacts)::int, sum(f.minutes)::int, sum(f.did_self)::int,
          sum(f.requests_opened)::int, sum(f.requests_unmet)::int, sum(f.visits)::int from figures f group by 2, 3, 4
        union all
        select 'form', f.organisation_id, f.area_code, f.form, '', sum(f.contacts)::int, sum(f.minutes)::int, 0, 0, 0, 0
          from figures f group by 2, 3, 4
        union all
        select 'month', f.organisation_id, f.area_code, f.month::text, '', sum(f.contacts)::int, 0, 0, 0, 0, 0 from figures f group by 2, 3, 4
        union all
        select 'blocked', s.organisation_id, s.area_code, s.key, '', sum(s.contacts)::int, 0, 0, 0, 0, 0 from stops s group by 2, 3, 4
        union all
        select 'theme-blocked', s.organisation_id, '', s.theme, s.key, sum(s.contacts)::int, 0, 0, 0, 0, 0 from stops s group by 2, 4, 5
        union all
        select 'supporters', p.organisation_id, '', '', '', count(distinct p.supporter_id)::int, 0, 0, 0, 0, 0
          from support_month_supporters p where p.organisation_id in (select ours.id from ours) and p.month between first_month and last_month
          group by 2;
      end;
    grant execute on function situation_figures(uuid, date, date) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function situation_figures(uuid, date, date)');
}
