import type { Knex } from 'knex';

/**
 * Reports that people put together themselves. A row holds what was chosen, never figures: whoever opens it reads what their
 * own rights give. One mail for each reader and period, claimed before it is sent.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table own_reports (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      owner_id uuid not null references people on delete cascade,
      name text not null check (length(name) between 1 and 120),
      definition jsonb not null,
      -- Of the form that it was saved by: sent twice, it is one report.
      form_key uuid not null default gen_random_uuid(),
      every text check (every in ('week', 'month')),
      format text not null default 'pdf' check (format in ('csv', 'xlsx', 'pdf')),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz,
      unique (organisation_id, id),
      unique (organisation_id, owner_id, form_key)
    );
    create index on own_reports (organisation_id, every) where every is not null and deleted_at is null;
    create index on own_reports (owner_id);

    -- The owner and those it is shared with.
    create table own_report_readers (
      organisation_id uuid not null,
      report_id uuid not null,
      person_id uuid not null references people on delete cascade,
      gets_mail boolean not null default true,
      added_at timestamptz not null default now(),
      primary key (report_id, person_id),
      foreign key (organisation_id, report_id) references own_reports (organisation_id, id) on delete cascade
    );
    create index on own_report_readers (organisation_id, person_id);
    create index on own_report_readers (person_id);

    create table own_report_mails (
      organisation_id uuid not null,
      report_id uuid not null,
      person_id uuid not null references people on delete cascade,
      period date not null,
      claimed_at timestamptz not null default now(),
      primary key (report_id, person_id, period),
      foreign key (organisation_id, report_id) references own_reports (organisation_id, id) on delete cascade
    );
    create index on own_report_mails (person_id);

    select oppiva_protect('own_reports', 'organisation');
    select oppiva_protect('own_report_readers', 'organisation');
    select oppiva_protect('own_report_mails', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table own_report_mails, own_report_readers, own_reports');
}
