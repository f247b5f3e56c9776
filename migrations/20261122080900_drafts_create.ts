import type { Knex } from 'knex';

/** A lesson being written. Its content is one document until two people have signed the same version of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table lesson_drafts (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      course_id uuid not null references courses on delete cascade,
      lesson_id uuid references lessons on delete set null,
      kind text not null check (kind in ('text', 'video', 'quiz', 'h5p')),
      content jsonb not null,
      version int not null default 1,
      state text not null default 'writing' check (state in ('writing', 'in_review', 'published')),
      author_id uuid references people on delete set null,
      expert_id uuid references people on delete set null,
      professional_id uuid references people on delete set null,
      submitted_at timestamptz,
      published_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organisation_id, id)
    );
    create index on lesson_drafts (organisation_id, state, updated_at desc);

    create table draft_signatures (
      draft_id uuid not null,
      organisation_id uuid not null,
      kind text not null check (kind in ('true_to_life', 'correct_and_safe')),
      person_id uuid not null references people on delete cascade,
      draft_version int not null,
      shown_name text not null default '',
      signed_at timestamptz not null default now(),
      primary key (draft_id, kind),
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create table draft_notes (
      id uuid primary key default gen_random_uuid(),
      draft_id uuid not null,
      organisation_id uuid not null,
      person_id uuid references people on delete set null,
      text text not null,
      created_at timestamptz not null default now(),
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on draft_notes (draft_id, created_at);

    select oppiva_protect('lesson_drafts', 'organisation');
    select oppiva_protect('draft_signatures', 'organisation');
    select oppiva_protect('draft_notes', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table draft_notes, draft_signatures, lesson_drafts');
}
