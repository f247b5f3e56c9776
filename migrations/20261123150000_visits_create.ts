import type { Knex } from 'knex';

/**
 * Support that is asked for, taken home and told of. Contacts name no client: only how it went. How to reach who asked is kept
 * apart and goes when the request ends. Month figures are kept by the service in the transaction of each change.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table support_requests (
      -- Made with the form, so that a form sent twice is one request.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      area_code text not null references areas,
      theme text not null,
      form text not null check (form in ('near', 'remote', 'home', 'training')),
      language text not null default 'fi' check (length(language) <= 20),
      body text not null default '' check (length(body) <= 2000),
      suits text not null default '' check (length(suits) <= 300),
      state text not null default 'open' check (state in ('open', 'matched', 'met', 'unmet', 'withdrawn')),
      unmet_reason text check (unmet_reason in ('no-supporter', 'no-time', 'too-far', 'language', 'not-ours', 'no-answer')),
      supporter_id uuid references people on delete set null,
      offered_at timestamptz,
      accepted_at timestamptz,
      requested_on date not null default current_date,
      ended_on date,
      receipt_hash text,
      made_by uuid references people on delete set null,
      created_at timestamptz not null default now(),
      check ((state = 'unmet') = (unmet_reason is not null)),
      check ((state in ('met', 'unmet', 'withdrawn')) = (ended_on is not null))
    );
    create index on support_requests (organisation_id, state, requested_on);
    create index on support_requests (organisation_id, supporter_id);
    create unique index on support_requests (organisation_id, receipt_hash) where receipt_hash is not null;
    select oppiva_protect('support_requests', 'organisation');

    create table support_request_contacts (
      request_id uuid primary key references support_requests on delete cascade,
      organisation_id uuid not null references organisations,
      name text not null default '' check (length(name) <= 120),
      reach text not null check (length(reach) between 1 and 200),
      address text not null default '' check (length(address) <= 300)
    );
    create index on support_request_contacts (organisation_id);
    select oppiva_protect('support_request_contacts', 'organisation');

    create table support_visits (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      request_id uuid not null references support_requests on delete cascade,
      supporter_id uuid references people on delete set null,
      second_name text not null default '' check (length(second_name) <= 120),
      starts_at timestamptz not null,
      minutes int not null check (minutes between 15 and 480),
      state text not null default 'agreed' check (state in ('agreed', 'done', 'cancelled')),
      consent_at timestamptz,
      checked text[] not null default '{}',
      follow_up text check (follow_up in ('none', 'call', 'again', 'referred')),
      follow_up_on date,
      followed_at timestamptz,
      created_at timestamptz not null default now(),
      check (state <> 'done' or consent_at is not null)
    );
    create index on support_visits (organisation_id, supporter_id, starts_at);
    create index on support_visits (request_id);
    select oppiva_protect('support_visits', 'organisation');

    create table support_contacts (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      supporter_id uuid references people on delete set null,
      place_id uuid references support_places on delete set null,
      request_id uuid references support_requests on delete set null,
      visit_id uuid references support_visits on delete set null,
      area_code text not null references areas,
      held_on date not null,
      minutes int not null check (minutes between 1 and 600),
      form text not null check (form in ('near', 'remote', 'home', 'training')),
      theme text not null,
      help_level int not null check (help_level between 0 and 3),
      blocked text check (blocked in ('identification', 'device', 'connection', 'language', 'courage', 'service-down', 'other')),
      did_self boolean not null,
      codes_never_handled boolean not null check (codes_never_handled),
      referred_to text not null default '' check (length(referred_to) <= 200),
      note text not null default '' check (length(note) <= 1000),
      created_at timestamptz not null default now()
    );
    create index on support_contacts (organisation_id, supporter_id, held_on desc);
    create index on support_contacts (visit_id);
    create index on support_contacts (request_id);
    select oppiva_protect('support_contacts', 'organisation');

    create table support_month_figures (
      organisation_id uuid not null references organisations,
      area_code text not null,
      month date not null,
      theme text not null,
      form text not null,
      contacts int not null default 0,
      minutes int not null default 0,
      did_self int not null default 0,
      -- How often what blocked, by key.
      blocked jsonb not null default '{}',
      requests_opened int not null default 0,
      requests_met int not null default 0,
      requests_unmet int not null default 0,
      visits int not null default 0,
      primary key (organisation_id, month, area_code, theme, form)
    );
    select oppiva_protect('support_month_figures', 'organisation');

    create table support_month_supporters (
      organisation_id uuid not null references organisations,
      month date not null,
      area_code text not null,
      supporter_id uuid not null references people on delete cascade,
      contacts int not null,
      primary key (organisation_id, month, area_code, supporter_id)
    );
    create index on support_month_supporters (supporter_id);
    select oppiva_protect('support_month_supporters', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop table support_month_supporters, support_month_figures, support_contacts, support_visits,
    support_request_contacts, support_requests`);
}
