import type { Knex } from 'knex';

/**
 * What each publishing of a lesson changed, in the author's judgement. Only 'requirement' asks anything of those who have
 * completed the course; completions are never taken away. `again_at`: when a person last did a completed lesson again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_changes (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      course_id uuid not null references courses on delete cascade,
      lesson_id uuid not null references lessons on delete cascade,
      kind text not null check (kind in ('typo', 'clearer', 'new', 'requirement')),
      -- What changed, in the author's words and the language of the original.
      words text not null default '' check (length(words) <= 500),
      language text not null default 'fi',
      published_at timestamptz not null default now()
    );
    create index on lesson_changes (course_id, published_at) where kind = 'requirement';
    create index on lesson_changes (lesson_id);
    alter table lesson_progress add again_at timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_progress drop again_at;
    drop table lesson_changes;
  `);
}
