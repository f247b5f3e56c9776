import type { Knex } from 'knex';

/**
 * A person's own plan. What is being drafted is seen by nobody else; what was proposed, only by the one it was proposed to.
 * A version that was sent back is as its reader saw it until the person goes on writing: then it is a draft again, theirs alone.
 * What both agreed never changes: a change is a new version.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table plan_versions (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      number int not null,
      state text not null default 'draft' check (state in ('draft', 'proposed', 'returned', 'agreed', 'replaced')),
      supervisor_id uuid references people on delete set null,
      words text not null default '' check (length(words) <= 5000),
      ends_on date,
      -- Two windows that write at once do not write over each other.
      text_version int not null default 0,
      -- The last words with which it was sent back.
      returned_words text not null default '' check (length(returned_words) <= 2000),
      returned_at timestamptz,
      person_signed_at timestamptz,
      supervisor_signed_at timestamptz,
      created_at timestamptz not null default now(),
      check (person_id <> supervisor_id),
      check (state not in ('proposed', 'agreed') or person_signed_at is not null),
      check (state not in ('agreed', 'replaced') or supervisor_signed_at is not null),
      unique (organisation_id, person_id, number),
      unique (organisation_id, id)
    );
    create unique index plan_versions_one_open on plan_versions (organisation_id, person_id)
      where state in ('draft', 'proposed', 'returned');
    create unique index plan_versions_one_agreed on plan_versions (organisation_id, person_id) where state = 'agreed';
    create index on plan_versions (organisation_id, supervisor_id) where state in ('proposed', 'agreed');

    create table plan_lines (
      id uuid primary key,
      organisation_id uuid not null,
      plan_id uuid not null,
      position int not null,
      kind text not null check (kind in ('goal', 'course', 'path', 'own')),
      competence_code text,
      level int check (level between 1 and 8),
      course_id uuid references courses on delete set null,
      path_id uuid references learning_paths on delete set null,
      words text not null default '' check (length(words) <= 1000),
      by_day date,
      check (kind <> 'goal' or competence_code is not null or words <> ''),
      check (kind <> 'own' or words <> ''),
      foreign key (organisation_id, plan_id) references plan_versions (organisation_id, id) on delete cascade
    );
    create index on plan_lines (organisation_id, plan_id, position);

    alter table plan_versions enable row level security;
    create policy the_two on plan_versions to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and (person_id = (select oppiva_person())
        or (supervisor_id = (select oppiva_person()) and state in ('proposed', 'returned', 'agreed', 'replaced'))))
      with check (organisation_id = (select oppiva_organisation())
        and (select oppiva_person()) in (person_id, supervisor_id));
    alter table plan_lines enable row level security;
    create policy the_two on plan_lines to oppiva_app
      using (organisation_id = (select oppiva_organisation()) and exists (select from plan_versions v where v.id = plan_id))
      with check (organisation_id = (select oppiva_organisation()) and exists (select from plan_versions v
        where v.id = plan_id and v.person_id = (select oppiva_person())));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table plan_lines, plan_versions');
}
