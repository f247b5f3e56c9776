import type { Knex } from 'knex';

/**
 * What a person lets their supervisor see beyond the agreed profile: a level, or what peers and experience experts said, of one
 * skill or (with an empty code) of all. Read by the organisation, given and taken back by the person alone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table skill_shares (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      what text not null check (what in ('level', 'notes')),
      shared_at timestamptz not null default now(),
      primary key (organisation_id, person_id, competence_code, what)
    );
    select oppiva_protect('skill_shares', 'organisation');
    create policy giving on skill_shares as restrictive for insert to oppiva_app
      with check (person_id = (select oppiva_person()));
    create policy taking_back on skill_shares as restrictive for delete to oppiva_app
      using (person_id = (select oppiva_person()));
    revoke update on skill_shares from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table skill_shares');
}
