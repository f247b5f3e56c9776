import type { Knex } from 'knex';

/** Observations are only added; estimates and their points are kept from them in the same transaction. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table self_assessments (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      started_at timestamptz not null default now(),
      submitted_at timestamptz
    );
    create unique index one_open_self_assessment on self_assessments (organisation_id, person_id) where submitted_at is null;
    create table self_assessment_answers (
      self_assessment_id uuid not null references self_assessments on delete cascade,
      organisation_id uuid not null,
      person_id uuid not null,
      item_code text not null,
      competence_code text not null,
      value int check (value between 0 and 3),
      answered_at timestamptz not null default now(),
      primary key (self_assessment_id, item_code)
    );

    create table observations (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      source text not null check (source in ('self', 'peer', 'experience_expert', 'supervisor', 'quiz', 'demonstration', 'badge')),
      level double precision check (level between 0 and 8),
      help_level int check (help_level between 0 and 3),
      share_right double precision check (share_right between 0 and 1),
      observed_at timestamptz not null,
      recorded_at timestamptz not null default now(),
      recorded_by uuid references people on delete set null,
      origin_type text not null,
      origin_id text not null,
      note text not null default '',
      check (level is not null or help_level is not null),
      unique (person_id, origin_type, origin_id, competence_code)
    );
    create index on observations (organisation_id, person_id, competence_code, observed_at);

    -- What is known after each observation: level and weight as of its day, and the six sums they come from, so that
    -- the estimate at any later date can be worked out from the last point alone. verified: someone else has seen it too.
    create table skill_points (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      observed_at timestamptz not null,
      level double precision not null,
      weight double precision not null,
      verified boolean not null,
      self_weight double precision not null,
      self_levels double precision not null,
      self_squares double precision not null,
      other_weight double precision not null,
      other_levels double precision not null,
      other_squares double precision not null,
      primary key (organisation_id, person_id, competence_code, observed_at)
    );

    -- The newest point of each competence.
    create table skill_estimates (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      competence_code text not null,
      level double precision not null,
      weight double precision not null,
      verified boolean not null,
      self_weight double precision not null,
      self_levels double precision not null,
      self_squares double precision not null,
      other_weight double precision not null,
      other_levels double precision not null,
      other_squares double precision not null,
      observations int not null,
      observed_at timestamptz not null,
      primary key (organisation_id, person_id, competence_code)
    );

    select oppiva_protect('self_assessments', 'own');
    select oppiva_protect('self_assessment_answers', 'own');
    select oppiva_protect('observations', 'organisation');
    select oppiva_protect('skill_points', 'organisation');
    select oppiva_protect('skill_estimates', 'organisation');
    revoke update on observations from oppiva_app;
    -- What others saw stays; people may take back their own views.
    create policy taking_back on observations as restrictive for delete to oppiva_app
      using (source = 'self' and person_id = (select oppiva_person()));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table skill_estimates, skill_points, observations, self_assessment_answers, self_assessments');
}
