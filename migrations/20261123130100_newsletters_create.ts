import type { Knex } from 'knex';

/** Newsletters go to those who said yes, and opened links are counted without saying whose; what people tell of accessibility. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table newsletter_subscriptions (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid references people on delete cascade,
      email text not null check (length(email) between 3 and 254 and email = lower(email)),
      language text not null default 'fi',
      asked_at timestamptz not null default now(),
      confirmed_at timestamptz,
      ended_at timestamptz,
      unique (organisation_id, email)
    );
    select oppiva_protect('newsletter_subscriptions', 'organisation');

    create table newsletter_sends (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      number int not null,
      receivers int not null,
      sent_at timestamptz not null default now()
    );
    create index on newsletter_sends (publication_id);
    select oppiva_protect('newsletter_sends', 'organisation');

    create table newsletter_deliveries (
      organisation_id uuid not null references organisations,
      send_id uuid not null references newsletter_sends on delete cascade,
      subscription_id uuid not null references newsletter_subscriptions on delete cascade,
      primary key (send_id, subscription_id)
    );
    create index on newsletter_deliveries (subscription_id);
    select oppiva_protect('newsletter_deliveries', 'organisation');

    create table newsletter_links (
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      part_id text not null,
      opened int not null default 0,
      primary key (publication_id, part_id)
    );
    create index on newsletter_links (organisation_id);
    select oppiva_protect('newsletter_links', 'organisation');

    create table accessibility_reports (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      about text not null check (length(about) <= 300),
      body text not null check (length(body) between 1 and 3000),
      email text not null default '' check (length(email) <= 254),
      received_at timestamptz not null default now(),
      answer_by date not null,
      answer text not null default '' check (length(answer) <= 3000),
      answered_at timestamptz,
      answered_by uuid references people on delete set null
    );
    create index on accessibility_reports (organisation_id, answer_by);
    select oppiva_protect('accessibility_reports', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table accessibility_reports, newsletter_links, newsletter_deliveries, newsletter_sends, newsletter_subscriptions',
  );
}
