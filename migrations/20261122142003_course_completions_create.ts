import type { Knex } from 'knex';

/**
 * Every time a person completed or renewed a course, with the last day it was valid as was agreed that day. Only added to:
 * what an enrolment says today does not write over what was. Earlier renewals than the newest one are not known.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table course_completions (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      course_id uuid not null references courses on delete cascade,
      completed_at timestamptz not null,
      is_renewal boolean not null,
      valid_until date,
      primary key (organisation_id, person_id, course_id, completed_at)
    );
    create index on course_completions (course_id);
    create index on course_completions (person_id);
    select oppiva_protect('course_completions', 'organisation');
    revoke update, delete on course_completions from oppiva_app;

    insert into course_completions (organisation_id, person_id, course_id, completed_at, is_renewal)
      select organisation_id, person_id, course_id, completed_at, false from enrolments where completed_at is not null
      union
      select organisation_id, person_id, course_id, renewed_at, true from enrolments
      where completed_at is not null and renewed_at is not null and renewed_at <> completed_at;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table course_completions');
}
