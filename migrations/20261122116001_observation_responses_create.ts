import type { Knex } from 'knex';

/**
 * Every result is first the person's: they read it, comment on it, and may say that it does not look right. Observations stay
 * as they were made, so all of this stands beside them. What is contested, until it is settled, and what its rater withdrew
 * count in no figure: figures read `counted_observations`.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table observations add column rater_name text not null default '' check (length(rater_name) <= 80);
    comment on column observations.rater_name is 'The name that a rater without an account gave';

    create table observation_responses (
      observation_id uuid primary key references observations on delete cascade,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      read_at timestamptz,
      comment text not null default '' check (length(comment) <= 1000),
      commented_at timestamptz,
      contested_at timestamptz,
      reason text not null default '' check (length(reason) <= 1000),
      explained_at timestamptz,
      explained_by uuid references people on delete set null,
      explanation text not null default '' check (length(explanation) <= 1000),
      withdrawn_at timestamptz,
      withdrawn_by uuid references people on delete set null,
      settled_at timestamptz
    );
    create index on observation_responses (organisation_id, person_id, competence_code);
    create index on observation_responses (organisation_id, contested_at) where contested_at is not null;
    select oppiva_protect('observation_responses', 'organisation');

    create view counted_observations with (security_invoker = true) as
      select o.* from observations o where not exists (
        select from observation_responses r where r.observation_id = o.id
          and (r.withdrawn_at is not null or (r.contested_at is not null and r.settled_at is null)));

    -- What somebody said at the person's invitation may be taken away like an own view: the invitation was theirs.
    drop policy taking_back on observations;
    create policy taking_back on observations as restrictive for delete to oppiva_app
      using (source in ('self', 'peer', 'experience_expert') and person_id = (select oppiva_person()));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop policy taking_back on observations;
    create policy taking_back on observations as restrictive for delete to oppiva_app
      using (source = 'self' and person_id = (select oppiva_person()));
    drop view counted_observations;
    drop table observation_responses;
    alter table observations drop column rater_name;
  `);
}
