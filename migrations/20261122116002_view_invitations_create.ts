import type { Knex } from 'knex';

/**
 * Views by invitation (759/2004, 4 §): a person asks somebody to tell what they have seen. An answer is first the person's own:
 * it waits in invited_views and becomes an observation only when they accept it. Only the two of them may read these rows;
 * one who came by a link is in scope as nobody, and of the token only a hash is kept.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table view_invitations (
      id uuid primary key,
      organisation_id uuid not null references organisations,
      person_id uuid not null references people on delete cascade,
      rater_id uuid references people on delete cascade,
      shown_name text not null check (length(shown_name) between 1 and 80),
      competence_codes text[] not null check (cardinality(competence_codes) between 1 and 4),
      message text not null default '' check (length(message) <= 500),
      token_hash bytea unique,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      withdrawn_at timestamptz,
      answered_at timestamptz,
      answer_key uuid,
      check ((rater_id is null) <> (token_hash is null)),
      check (rater_id <> person_id)
    );
    create index on view_invitations (organisation_id, person_id);
    create index on view_invitations (organisation_id, rater_id) where rater_id is not null;

    create table invited_views (
      id uuid primary key default gen_random_uuid(),
      organisation_id uuid not null references organisations,
      invitation_id uuid not null references view_invitations on delete cascade,
      person_id uuid not null references people on delete cascade,
      rater_id uuid references people on delete cascade,
      rater_name text not null check (length(rater_name) <= 80),
      source text not null check (source in ('peer', 'experience_expert')),
      knows_from text not null default '' check (length(knows_from) <= 100),
      competence_code text not null,
      seen text[] not null default '{}',
      level double precision check (level between 0 and 8),
      help_level int check (help_level between 0 and 3),
      observed_at timestamptz not null,
      note text not null default '' check (length(note) <= 500),
      answered_at timestamptz not null default now(),
      accepted_at timestamptz,
      -- What it became: when the person takes that away, this goes with it.
      observation_id uuid references observations on delete cascade,
      check (level is not null or help_level is not null),
      unique (invitation_id, competence_code)
    );
    create index on invited_views (organisation_id, person_id);

    alter table view_invitations enable row level security;
    alter table invited_views enable row level security;
    create policy between_two on view_invitations to oppiva_app using (
      organisation_id = (select oppiva_organisation())
      and ((select oppiva_person()) is null or (select oppiva_person()) in (person_id, rater_id)));
    create policy between_two on invited_views to oppiva_app using (
      organisation_id = (select oppiva_organisation())
      and ((select oppiva_person()) is null or (select oppiva_person()) in (person_id, rater_id)));

    -- Who has a link is nobody yet: this answers one question, for one token, while the link is good.
    create function open_view_invitation(given bytea) returns table (id uuid, organisation_id uuid)
      language sql stable security definer set search_path = public
      begin atomic
        select v.id, v.organisation_id from view_invitations v
        join people p on p.id = v.person_id and p.suspended_at is null
        join memberships m on m.person_id = v.person_id and m.organisation_id = v.organisation_id
          and m.suspended_at is null and (m.ended_on is null or m.ended_on > current_date)
        where v.token_hash = given and v.withdrawn_at is null and v.expires_at > now();
      end;
    grant execute on function open_view_invitation(bytea) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function open_view_invitation(bytea); drop table invited_views, view_invitations');
}
