import type { Knex } from 'knex';

/** With whom a question of a bank is shared: a named organisation, or (null) all in this installation. Only its keeper writes it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table bank_shares (
      question_id uuid not null references bank_questions on delete cascade,
      organisation_id uuid references organisations,
      shared_at timestamptz not null default now(),
      unique nulls not distinct (question_id, organisation_id)
    );
    create index on bank_shares (organisation_id);
    alter table bank_shares enable row level security;
    create policy reading on bank_shares for select to oppiva_app using (
      organisation_id is null or organisation_id = (select oppiva_organisation()) or exists (
        select from bank_questions q where q.id = question_id and q.organisation_id = (select oppiva_organisation())));
    create policy giving on bank_shares for insert to oppiva_app with check (exists (
      select from bank_questions q where q.id = question_id and q.organisation_id = (select oppiva_organisation())));
    create policy withdrawing on bank_shares for delete to oppiva_app using (exists (
      select from bank_questions q where q.id = question_id and q.organisation_id = (select oppiva_organisation())));
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table bank_shares');
}
