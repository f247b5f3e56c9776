import type { Knex } from 'knex';

/**
 * Two people and their readers work on one draft: what was done when, how it was before, what was said of which passage, who
 * has which part in the course, and those who tried the lesson before it was published.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table lesson_drafts drop constraint lesson_drafts_state_check;
    alter table lesson_drafts
      -- 'approved': both have signed and the lesson waits for its time or for a press.
      add constraint lesson_drafts_state_check check (state in ('writing', 'in_review', 'approved', 'published')),
      add publish_mode text not null default 'at_once' check (publish_mode in ('at_once', 'on_press', 'at_time')),
      add publish_at timestamptz,
      -- The day by which somebody reads the published text again.
      add check_by date,
      add constraint publish_time check ((publish_mode = 'at_time') = (publish_at is not null));
    create index on lesson_drafts (organisation_id, check_by) where state = 'published';
    create index on lesson_drafts (lesson_id);

    -- What was asked is one thing among what was done.
    alter table draft_notes rename to draft_events;
    alter table draft_events
      add kind text not null default 'changes_asked' check (kind in ('submitted', 'taken_back', 'changes_asked', 'signed', 'approved',
        'planned', 'not_published', 'published', 'reopened', 'restored', 'checked')),
      add draft_version int not null default 1,
      -- Which of the two signatures, why it was not published, what a check found: a word that pages translate.
      add about text not null default '',
      alter text set default '';
    alter table draft_events alter kind drop default;

    create table draft_versions (
      organisation_id uuid not null,
      draft_id uuid not null,
      version int not null,
      content jsonb not null,
      person_id uuid references people on delete set null,
      began_at timestamptz not null default now(),
      saved_at timestamptz not null default now(),
      -- Something was done with this very text, so it is never replaced by the next save of the same sitting.
      is_kept boolean not null default false,
      -- The version of the lesson that learners got from it.
      published_as int,
      published_at timestamptz,
      -- The version that was brought back.
      restored_from int,
      primary key (draft_id, version),
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on draft_versions (person_id);
    select oppiva_protect('draft_versions', 'organisation');
    insert into draft_versions (organisation_id, draft_id, version, content, person_id, began_at, saved_at, is_kept, published_at)
      select organisation_id, id, version, content, author_id, updated_at, updated_at, true, published_at from lesson_drafts;

    create table course_people (
      organisation_id uuid not null references organisations,
      course_id uuid not null references courses on delete cascade,
      person_id uuid not null references people on delete cascade,
      role text not null check (role in ('author', 'reviewer', 'tester', 'reader')),
      added_by uuid references people on delete set null,
      added_at timestamptz not null default now(),
      primary key (organisation_id, course_id, person_id, role)
    );
    create index on course_people (person_id);
    create index on course_people (added_by);
    select oppiva_protect('course_people', 'organisation');

    create table draft_comments (
      -- Made with the form, so that a form sent twice says it once.
      id uuid primary key,
      organisation_id uuid not null,
      draft_id uuid not null,
      person_id uuid references people on delete set null,
      -- The comment that this one answers; threads are one level deep. Only the first of a thread has a place.
      reply_to uuid references draft_comments on delete cascade,
      piece_id text not null default '',
      language text not null default 'fi',
      -- The words of the passage and what stood around them; empty for the whole piece.
      quote text not null default '' check (length(quote) <= 600),
      before text not null default '',
      after text not null default '',
      draft_version int not null,
      body text not null check (length(body) between 1 and 2000),
      said_at timestamptz not null default now(),
      resolved_at timestamptz,
      resolved_by uuid references people on delete set null,
      foreign key (organisation_id, draft_id) references lesson_drafts (organisation_id, id) on delete cascade
    );
    create index on draft_comments (draft_id, said_at);
    create index on draft_comments (reply_to) where reply_to is not null;
    create index on draft_comments (person_id);
    create index on draft_comments (resolved_by) where resolved_by is not null;
    select oppiva_protect('draft_comments', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table draft_comments, course_people, draft_versions;
    delete from draft_events where kind <> 'changes_asked';
    alter table draft_events drop kind, drop draft_version, drop about, alter text drop default;
    alter table draft_events rename to draft_notes;
    update lesson_drafts set state = 'in_review' where state = 'approved';
    drop index lesson_drafts_lesson_id_idx;
    alter table lesson_drafts drop constraint publish_time, drop constraint lesson_drafts_state_check;
    alter table lesson_drafts drop publish_mode, drop publish_at, drop check_by,
      add constraint lesson_drafts_state_check check (state in ('writing', 'in_review', 'published'));
  `);
}
