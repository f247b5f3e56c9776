import type { Knex } from 'knex';

/**
 * Closed months: what reports read. Rows are written once, when a month is closed for an organisation, and stand until the next
 * row of the same thing; nothing that happens later changes them. Late observations, joiners with a day in the past and new
 * targets show from the next closed month on.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function month_end_of(moment timestamptz) returns date language sql immutable parallel safe
      return (date_trunc('month', moment at time zone 'Europe/Helsinki') + interval '1 month - 1 day')::date;
    create function month_end_of(day date) returns date language sql immutable parallel safe
      return (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date;
    create function month_closes(month_end date) returns timestamptz language sql immutable parallel safe
      return (month_end + 1)::timestamp at time zone 'Europe/Helsinki';
    -- Months as numbers one after another, so that they can be counted with.
    create function month_number(day date) returns int language sql immutable parallel safe
      return (date_part('year', day) * 12 + date_part('month', day) - 1)::int;
    create function numbered_month(number int) returns date language sql immutable parallel safe
      return (make_date(number / 12, number % 12 + 1, 1) + interval '1 month - 1 day')::date;

    -- estimateAt of src/features/skills/estimate.ts for the level, rounded to millionths, so that sums of levels are exact.
    create function skill_level(self_weight double precision, self_levels double precision, other_weight double precision,
        other_levels double precision, observed_at timestamptz, moment timestamptz)
      returns double precision language plpgsql immutable parallel safe as $$
    declare
      months constant double precision := greatest(0, date_part('epoch', moment - observed_at)) / 86400 / 30.4375;
      own constant double precision := self_weight * power(0.5, least(months / 12, 900));
      share constant double precision := case when own > 1 then 1 / own else 1 end;
      weight constant double precision := share * self_weight + other_weight;
    begin
      if weight = 0 then return null; end if;
      return round(least(8, (share * self_levels + other_levels) / weight) * 1e6) / 1e6;
    end $$;
    grant execute on function month_end_of(timestamptz), month_end_of(date), month_closes(date), month_number(date), numbered_month(int),
      skill_level(double precision, double precision, double precision, double precision, timestamptz, timestamptz) to oppiva_app;

    -- Up to which month an organisation is closed. Whoever closes holds the row.
    create table closings (
      organisation_id uuid primary key references organisations on delete cascade,
      closed_month date,
      closed_at timestamptz not null default now()
    );

    -- The newest point of a skill at the end of a month; a row only when it differs from the row before. Level is null once
    -- all evidence was taken back. The sums are as of observed_at, as in skill_points; the level is as of this month's end:
    -- for that of a later one see levelAt of src/features/reports/month-ends.model.ts.
    create table skill_month_ends (
      organisation_id uuid not null references organisations on delete cascade,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      month_end date not null,
      observed_at timestamptz not null,
      level double precision,
      verified boolean not null,
      self_weight double precision not null,
      self_levels double precision not null,
      self_squares double precision not null,
      other_weight double precision not null,
      other_levels double precision not null,
      other_squares double precision not null,
      primary key (organisation_id, person_id, competence_code, month_end)
    );

    -- Who was in a team (scope_id: the team) or in the organisation (scope_id: the organisation) at the end of a month.
    create table month_members (
      organisation_id uuid not null references organisations on delete cascade,
      scope_id uuid not null,
      person_id uuid not null references people on delete cascade,
      month_end date not null,
      is_member boolean not null,
      target_profile text,
      relation text not null,
      primary key (organisation_id, scope_id, person_id, month_end)
    );

    -- The target levels at the end of a month; level is null once a competence belongs to the profile no more.
    create table month_targets (
      organisation_id uuid not null references organisations on delete cascade,
      profile text not null,
      competence_code text not null,
      month_end date not null,
      level int,
      primary key (organisation_id, profile, competence_code, month_end)
    );

    select oppiva_protect('closings', 'organisation');
    select oppiva_protect('skill_month_ends', 'organisation');
    select oppiva_protect('month_members', 'organisation');
    select oppiva_protect('month_targets', 'organisation');
    revoke delete on closings from oppiva_app;
    revoke update, delete on skill_month_ends, month_members, month_targets from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table month_targets, month_members, skill_month_ends, closings;
    drop function skill_level(double precision, double precision, double precision, double precision, timestamptz, timestamptz);
    drop function numbered_month(int);
    drop function month_number(date);
    drop function month_closes(date);
    drop function month_end_of(date);
    drop function month_end_of(timestamptz);
  `);
}
