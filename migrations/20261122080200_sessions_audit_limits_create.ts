import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sessions (sid text primary key, sess json not null, expire timestamptz not null);
    create index on sessions (expire);
    create index sessions_person on sessions ((sess -> 'passport' -> 'user' ->> 'personId'));

    create table rate_limits (key text primary key, points int not null default 0, expire bigint);

    create table audit_events (
      id bigint generated always as identity primary key,
      organisation_id uuid references organisations,
      actor_id uuid,
      action text not null,
      subject_type text not null,
      subject_id text not null,
      details jsonb not null default '{}',
      created_at timestamptz not null default now()
    );
    create index on audit_events (organisation_id, created_at desc);
    create index on audit_events (organisation_id, subject_id);
    alter table audit_events enable row level security;
    create policy reading on audit_events for select to oppiva_app
      using (organisation_id = (select oppiva_organisation()));
    create policy writing on audit_events for insert to oppiva_app
      with check (organisation_id is null or organisation_id = (select oppiva_organisation()));
    revoke update, delete on audit_events from oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table audit_events, rate_limits, sessions');
}
