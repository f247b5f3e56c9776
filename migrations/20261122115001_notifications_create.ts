import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table notifications (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      -- The text is notifications.kind.<kind> in the reader's language, with params in it.
      kind text not null,
      params jsonb not null default '{}',
      href text not null check (href like '/%' and href not like '//%'),
      -- The same matter is told once.
      key text,
      created_at timestamptz not null default now(),
      read_at timestamptz,
      unique (organisation_id, person_id, key)
    );
    create index on notifications (organisation_id, person_id, created_at desc);
    -- Counted for the header of every page.
    create index on notifications (organisation_id, person_id) where read_at is null;
    select oppiva_protect('notifications', 'own');

    -- By e-mail too, or only here. Everyone decides for themself.
    alter table people add column gets_mail boolean not null default true;
    grant update (gets_mail) on people to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table notifications;
    alter table people drop column gets_mail;
  `);
}
