import type { Knex } from 'knex';

/**
 * Publications: what is written together, in versions that never change. `visibility` is who sees it now, `shown_to` who is to
 * see it when it is open for comments or published. An approved version is frozen by the sum of its texts.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table publications (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      space_id uuid references spaces,
      visibility text not null default 'organisation' check (visibility in ('members', 'organisation', 'network', 'public')),
      shown_to text not null default 'organisation' check (shown_to in ('members', 'organisation', 'network', 'public')),
      kind text not null check (kind in ('handbook', 'action-plan', 'principles', 'statement', 'roadmap', 'article', 'story', 'newsletter', 'poster')),
      language text not null default 'fi' check (language in ('fi', 'sv', 'en')),
      state text not null default 'draft' check (state in ('draft', 'comments', 'approval', 'published', 'withdrawn')),
      comments text not null default 'none' check (comments in ('none', 'members', 'open')),
      is_opening boolean not null default false,
      latest_number int not null default 1,
      shown_number int,
      owner_id uuid references people on delete set null,
      owner_name text not null default '',
      review_on date,
      reminded_on date,
      published_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index on publications (organisation_id, updated_at desc);
    create index on publications (space_id);
    create index on publications (published_at desc) where visibility = 'public';
    create index on publications (review_on) where review_on is not null;
    select oppiva_share('publications');

    create table publication_versions (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      number int not null check (number > 0),
      texts jsonb not null,
      note text not null default '' check (length(note) <= 500),
      frozen_hash text,
      frozen_at timestamptz,
      made_by uuid references people on delete set null,
      made_by_name text not null default '',
      made_at timestamptz not null default now(),
      unique (publication_id, number)
    );
    select oppiva_share_child('publication_versions', 'publications', 'publication_id');
    create function keep_version() returns trigger language plpgsql as $$
    begin
      if oppiva_organisation() is not null and (new.texts <> old.texts or new.number <> old.number or (old.frozen_at is not null and
        (new.frozen_at is distinct from old.frozen_at or new.frozen_hash is distinct from old.frozen_hash)))
      then raise exception 'a version of a publication never changes' using errcode = 'insufficient_privilege'; end if;
      return new;
    end $$;
    create trigger keep before update on publication_versions for each row execute function keep_version();

    create table publication_pictures (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      file_id uuid not null references files,
      shows_people boolean not null,
      noted_by uuid references people on delete set null,
      noted_at timestamptz not null default now(),
      withdrawn_at timestamptz
    );
    create index on publication_pictures (publication_id);
    select oppiva_share_child('publication_pictures', 'publications', 'publication_id');

    create table publication_responses (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      from_whom text not null check (length(from_whom) between 1 and 200),
      answered_on date not null,
      answer text not null check (length(answer) between 1 and 3000),
      followed text not null default '' check (length(followed) <= 3000),
      made_at timestamptz not null default now()
    );
    create index on publication_responses (publication_id);
    select oppiva_share_child('publication_responses', 'publications', 'publication_id');

    create table publication_comments (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      version_number int not null,
      part_id text,
      quote text not null default '' check (length(quote) <= 500),
      body text not null check (length(body) between 1 and 3000),
      person_id uuid references people on delete cascade,
      shown_name text not null default '' check (length(shown_name) <= 100),
      state text not null default 'waiting' check (state in ('waiting', 'shown', 'hidden')),
      made_at timestamptz not null default now(),
      reply text not null default '' check (length(reply) <= 3000),
      changed text check (changed in ('changed', 'noted', 'kept')),
      changed_number int,
      replied_at timestamptz
    );
    create index on publication_comments (publication_id, made_at);
    create index on publication_comments (organisation_id);
    select oppiva_host('publication_comments');
    create policy seeing on publication_comments for select to oppiva_app using (
      state = 'shown' and exists (select from publications p where p.id = publication_id));

    create table publication_approvals (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      number int not null,
      person_id uuid not null references people on delete cascade,
      shown_name text not null,
      asked_at timestamptz not null default now(),
      approved_at timestamptz,
      unique (publication_id, number, person_id)
    );
    create index on publication_approvals (organisation_id, person_id);
    select oppiva_host('publication_approvals');
    create policy asking on publication_approvals for insert to oppiva_app with check (
      host_organisation_id = (select oppiva_organisation()) and approved_at is null);
    create policy seeing on publication_approvals for select to oppiva_app using (
      exists (select from publications p where p.id = publication_id));
    -- Nobody says yes for another.
    create function guard_approval() returns trigger language plpgsql as $$
    begin
      if oppiva_organisation() is not null and new.approved_at is distinct from old.approved_at
        and new.person_id is distinct from oppiva_person()
      then raise exception 'each approves for themself' using errcode = 'insufficient_privilege'; end if;
      return new;
    end $$;
    create trigger guard before update on publication_approvals for each row execute function guard_approval();

    create table publication_signatures (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      host_organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      number int not null,
      organisation_name text not null,
      person_id uuid references people on delete set null,
      shown_name text not null,
      title text not null default '' check (length(title) <= 100),
      signed_at timestamptz not null default now(),
      withdrawn_at timestamptz,
      reason text not null default '' check (length(reason) <= 500)
    );
    create unique index on publication_signatures (publication_id, organisation_id) where withdrawn_at is null;
    create index on publication_signatures (organisation_id);
    select oppiva_host('publication_signatures');
    create policy seeing on publication_signatures for select to oppiva_app using (
      exists (select from publications p where p.id = publication_id));

    create table publication_drafts (
      organisation_id uuid not null references organisations,
      publication_id uuid not null references publications on delete cascade,
      draft_id uuid not null references lesson_drafts on delete cascade,
      primary key (publication_id, draft_id)
    );
    create index on publication_drafts (organisation_id);
    select oppiva_protect('publication_drafts', 'organisation');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table publication_drafts, publication_signatures, publication_approvals, publication_comments, publication_responses,
      publication_pictures, publication_versions;
    drop table publications;
    drop function guard_approval();
    drop function keep_version();
  `);
}
