import type { Knex } from 'knex';

/** What people of one organisation say to each other under a lesson, and who wants to hear of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_messages (
      -- Made with the form, so that a form sent twice says it once.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      lesson_id uuid not null references lessons on delete cascade,
      person_id uuid not null references people on delete cascade,
      -- An answer to a message that starts a thread; threads are one level deep.
      reply_to uuid references lesson_messages on delete cascade,
      body text not null check (length(body) between 1 and 4000),
      -- Whether others read the whole name or the first one.
      signed text not null default 'name' check (signed in ('name', 'first')),
      written_at timestamptz not null default now(),
      changed_at timestamptz,
      -- Taken away by the writer or by somebody who looks after the discussion; the place of it stays for the answers.
      removed_at timestamptz,
      removed_by uuid references people on delete set null
    );
    create index on lesson_messages (organisation_id, lesson_id, written_at);
    create index on lesson_messages (person_id);
    create index on lesson_messages (reply_to) where reply_to is not null;
    create index on lesson_messages (removed_by) where removed_by is not null;
    select oppiva_protect('lesson_messages', 'organisation');

    create table lesson_follows (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      -- Kept when it is turned off too: writing again does not turn it on against one's word.
      is_on boolean not null,
      primary key (organisation_id, lesson_id, person_id)
    );
    create index on lesson_follows (person_id);
    select oppiva_protect('lesson_follows', 'organisation');

    -- Somebody thinks that a message does not belong here. Who told is for those who look after the discussion.
    create table message_flags (
      organisation_id uuid not null references organisations,
      message_id uuid not null references lesson_messages on delete cascade,
      person_id uuid not null references people on delete cascade,
      told_at timestamptz not null default now(),
      settled_at timestamptz,
      primary key (message_id, person_id)
    );
    create index on message_flags (organisation_id, settled_at);
    create index on message_flags (person_id);
    select oppiva_protect('message_flags', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table message_flags, lesson_follows, lesson_messages');
}
