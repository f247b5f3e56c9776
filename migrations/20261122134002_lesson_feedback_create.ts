import type { Knex } from 'knex';

/**
 * Feedback on a lesson: the giver's own row, and a voice without a name in the organisation of the lesson's authors. The link
 * between them is in the giver's row only, which nobody else reads.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_voices (
      id uuid primary key,
      -- The organisation that owns the lesson.
      organisation_id uuid not null references organisations,
      lesson_id uuid not null references lessons on delete cascade,
      useful int not null check (useful between 0 and 2),
      what text[] not null default '{}',
      words text not null default '' check (length(words) <= 1000),
      -- A day, not a moment: a moment would tell who.
      given_on date not null,
      seen_at timestamptz
    );
    create index on lesson_voices (organisation_id, lesson_id);
    create index on lesson_voices (lesson_id);
    select oppiva_protect('lesson_voices', 'organisation');

    create table lesson_feedback (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      useful int not null check (useful between 0 and 2),
      what text[] not null default '{}',
      words text not null default '',
      voice_id uuid not null,
      given_at timestamptz not null default now(),
      primary key (organisation_id, person_id, lesson_id)
    );
    create index on lesson_feedback (person_id);
    create index on lesson_feedback (lesson_id);
    select oppiva_protect('lesson_feedback', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table lesson_feedback, lesson_voices');
}
