import type { Knex } from 'knex';

/** Who offered to present left a name and an address for that one meeting: a year after the survey they are gone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function forget_survey_offers() returns void language sql security definer set search_path = public, pg_temp
      begin atomic
        delete from survey_offers x using surveys s where s.id = x.survey_id
          and least(s.closed_on, s.closes_on) < (now() at time zone 'Europe/Helsinki')::date - 365;
      end;
    grant execute on function forget_survey_offers() to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function forget_survey_offers()');
}
