import type { Knex } from 'knex';

/** What a person answered to the questions in the middle of lessons: their own, seen by nobody else, counted nowhere. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_answers (
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      block_id text not null check (length(block_id) <= 40),
      -- The question as it was asked: the answer is told with it also when the lesson has changed.
      question jsonb not null,
      chosen text[] not null default '{}',
      -- Of a question that is not a choice. Neither of these: "I don't know".
      response jsonb,
      given_at timestamptz not null default now(),
      primary key (organisation_id, person_id, lesson_id, block_id)
    );
    create index on lesson_answers (person_id);
    create index on lesson_answers (lesson_id);
    select oppiva_protect('lesson_answers', 'own');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table lesson_answers');
}
