import type { Knex } from 'knex';

/**
 * A lesson is tried by a few people of those it is meant for before it is published. Who they are is known to the draft's own
 * people only; with the lesson go two numbers. And how each who made a lesson is named by it, as they wish.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table field_tests (
      -- Made with the form, so that a form sent twice begins one test.
      id uuid primary key,
      organisation_id uuid not null references organisations,
      draft_id uuid not null,
      -- The text as it was when the testers were asked: all of them read the same.
      draft_version int not null,
      language text not null,
      started_by uuid references people on delete set null,
      started_at timestamptz not null default now(),
      closed_at timestamptz,
      unique (organisation_id, id),
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on field_tests (draft_id, started_at);
    create index on field_tests (started_by);
    select oppiva_protect('field_tests', 'organisation');

    create table field_testers (
      organisation_id uuid not null,
      test_id uuid not null,
      person_id uuid not null references people on delete cascade,
      state text not null default 'invited' check (state in ('invited', 'accepted', 'declined', 'finished', 'stopped')),
      words text not null default '' check (length(words) <= 1000),
      invited_at timestamptz not null default now(),
      answered_at timestamptz,
      ended_at timestamptz,
      primary key (test_id, person_id),
      foreign key (organisation_id, test_id) references field_tests (organisation_id, id) on delete cascade
    );
    create index on field_testers (person_id);
    select oppiva_protect('field_testers', 'organisation');

    create table field_test_marks (
      -- Made with the page, so that a press sent twice marks one place.
      id uuid primary key,
      organisation_id uuid not null,
      test_id uuid not null,
      person_id uuid not null references people on delete cascade,
      piece_id text not null,
      quote text not null default '' check (length(quote) <= 600),
      why text not null check (why in ('hard_word', 'long', 'lost', 'not_mine', 'tired', 'other')),
      words text not null default '' check (length(words) <= 1000),
      marked_at timestamptz not null default now(),
      foreign key (test_id, person_id) references field_testers (test_id, person_id) on delete cascade
    );
    create index on field_test_marks (test_id, marked_at);
    create index on field_test_marks (person_id);
    select oppiva_protect('field_test_marks', 'organisation');

    -- What readers are told of the test of the text that they read.
    alter table lessons add tested_with int, add tested_finished int;

    alter table lesson_credits drop constraint lesson_credits_kind_check;
    alter table lesson_credits
      add constraint lesson_credits_kind_check check (kind in ('written', 'true_to_life', 'correct_and_safe')),
      -- The part without a name, in the reader's own language: "an experience expert".
      add as_role boolean not null default false;

    alter table draft_signatures add shown text not null default 'full' check (shown in ('full', 'short', 'pen', 'role', 'none'));

    create table credit_wishes (
      organisation_id uuid not null references organisations,
      lesson_id uuid not null references lessons on delete cascade,
      kind text not null check (kind in ('written', 'true_to_life', 'correct_and_safe')),
      person_id uuid not null references people on delete cascade,
      shown text not null check (shown in ('full', 'short', 'pen', 'role', 'none')),
      pen_name text not null default '' check (length(pen_name) <= 60),
      signed_at timestamptz not null,
      primary key (lesson_id, kind)
    );
    create index on credit_wishes (person_id);
    select oppiva_protect('credit_wishes', 'organisation');
    -- With the wish of somebody who is forgotten goes the name that stood for it.
    create function credit_forgotten() returns trigger language plpgsql set search_path = public as $$ begin
      update lesson_credits set name = '', as_role = false where lesson_id = old.lesson_id and kind = old.kind;
      return null;
    end $$;
    create trigger credit_forgotten after delete on credit_wishes for each row execute function credit_forgotten();

    -- What was before and is now, where it differs, for those who are asked to read again: by language, blocks of pieces.
    alter table lesson_changes add difference jsonb;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_changes drop difference;
    drop table credit_wishes;
    drop function credit_forgotten();
    alter table draft_signatures drop shown;
    delete from lesson_credits where kind = 'written';
    alter table lesson_credits drop constraint lesson_credits_kind_check, drop as_role;
    alter table lesson_credits add constraint lesson_credits_kind_check check (kind in ('true_to_life', 'correct_and_safe'));
    alter table lessons drop tested_with, drop tested_finished;
    drop table field_test_marks, field_testers, field_tests;
  `);
}
