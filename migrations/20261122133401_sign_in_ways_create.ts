import type { Knex } from 'knex';

/**
 * Ways to sign in beside the password. sign_in_ways: what a person has; secrets are written by the application and read
 * back only by the functions below. sign_in_challenges: codes that were sent and questions to passkeys, for minutes;
 * nobody reads the table. sign_in_rules: what an organisation asks of those who see others' information.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sign_in_ways (
      id uuid primary key default gen_random_uuid(),
      person_id uuid not null references people on delete cascade,
      kind text not null check (kind in ('picture', 'card', 'mail', 'phone', 'passkey', 'totp')),
      -- What its owner calls it.
      name text not null default '',
      -- What finds it: the card's code (keyed hash) or the passkey's id.
      handle text,
      -- Argon2 of pictures or of the card's number; the passkey's public key; the app's key, encrypted.
      secret text not null default '',
      -- A phone number, the ways to a passkey, hashes of codes on paper.
      details jsonb not null default '{}',
      -- The passkey's counter, or the last half minute whose code was used.
      counter bigint not null default 0,
      failures int not null default 0,
      created_at timestamptz not null default now(),
      -- Who made it; null when it was made before this person was known.
      made_by uuid references people on delete set null,
      used_on date,
      unique (kind, handle)
    );
    create index on sign_in_ways (person_id);
    create index on sign_in_ways (made_by) where made_by is not null;
    create unique index one_of_each on sign_in_ways (person_id, kind) where kind <> 'passkey';

    alter table sign_in_ways enable row level security;
    create policy theirs on sign_in_ways to oppiva_app
      using (person_id = (select oppiva_person()) or account_home(person_id) = (select oppiva_organisation()))
      with check (person_id = (select oppiva_person()) or account_home(person_id) = (select oppiva_organisation()));
    revoke select, update on sign_in_ways from oppiva_app;
    grant select (id, person_id, kind, name, details, created_at, made_by, used_on, counter, failures),
      update (name, secret, details, counter, failures, used_on) on sign_in_ways to oppiva_app;

    create table sign_in_challenges (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      -- Keyed hash of what only the browser that asked holds.
      bound text not null,
      -- Nobody, when the name is of no account: everything looks the same.
      person_id uuid references people on delete cascade,
      way_id uuid references sign_in_ways on delete cascade,
      secret text not null default '',
      tries int not null default 0,
      expires_at timestamptz not null
    );
    create index on sign_in_challenges (expires_at);
    create index on sign_in_challenges (person_id);
    create index on sign_in_challenges (way_id);
    -- No policy at all: only the functions of the owner pass.
    alter table sign_in_challenges enable row level security;

    create table sign_in_rules (
      organisation_id uuid primary key references organisations,
      second_factor boolean not null default false
    );
    select oppiva_protect('sign_in_rules', 'organisation');

    -- Before sign-in nobody is in scope: these answer one question each, for one name or one handle.
    create function sign_in_way_named(given text, given_kind text) returns table (person_id uuid, way_id uuid, secret text)
      language sql stable security definer set search_path = public
      begin atomic
        select p.id, w.id, w.secret from people p join sign_in_ways w on w.person_id = p.id and w.kind = given_kind
        where (p.username = lower(given) or p.email = lower(given)) and p.suspended_at is null;
      end;
    create function sign_in_way_held(given_kind text, given_handle text)
      returns table (person_id uuid, way_id uuid, secret text, details jsonb, counter bigint, failures int)
      language sql stable security definer set search_path = public
      begin atomic
        select w.person_id, w.id, w.secret, w.details, w.counter, w.failures
        from sign_in_ways w join people p on p.id = w.person_id
        where w.kind = given_kind and w.handle = given_handle and p.suspended_at is null;
      end;
    create function own_sign_in_secrets()
      returns table (id uuid, kind text, handle text, secret text, details jsonb, counter bigint)
      language sql stable security definer set search_path = public
      begin atomic
        select w.id, w.kind, w.handle, w.secret, w.details, w.counter from sign_in_ways w where w.person_id = oppiva_person();
      end;

    create function challenge_put(given_kind text, given_bound text, given_person uuid, given_way uuid, given_secret text, seconds int)
      returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
    declare made uuid;
    begin
      delete from sign_in_challenges where expires_at < now() - interval '1 day';
      insert into sign_in_challenges (kind, bound, person_id, way_id, secret, expires_at)
        values (given_kind, given_bound, given_person, given_way, given_secret, now() + make_interval(secs => seconds))
        returning id into made;
      return made;
    end $$;
    -- A code is sent by a job, which makes it: it stands readable nowhere.
    create function challenge_to_send(given uuid, given_secret text)
      returns table (kind text, email text, phone text, language text)
      language sql volatile security definer set search_path = public
      begin atomic
        update sign_in_challenges c set secret = given_secret, tries = 0 from people p, sign_in_ways w
        where c.id = given and c.expires_at > now() and p.id = c.person_id and w.id = c.way_id and p.suspended_at is null
        returning c.kind, p.email, w.details ->> 'phone', p.language;
      end;
    -- Five tries, once right. Each try counts before it is answered, also of two at once.
    create function challenge_try(given uuid, given_kind text, given_bound text, given_secret text)
      returns table (outcome text, person_id uuid, way_id uuid)
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare found_one sign_in_challenges;
    begin
      update sign_in_challenges c set tries = c.tries + 1
        where c.id = given and c.kind = given_kind and c.bound = given_bound and c.tries < 5 and c.expires_at > now()
        returning * into found_one;
      if not found then return query select 'over'::text, null::uuid, null::uuid; return; end if;
      if found_one.secret <> '' and found_one.secret = given_secret and found_one.person_id is not null then
        delete from sign_in_challenges c where c.id = given;
        return query select 'right'::text, found_one.person_id, found_one.way_id;
      else
        return query select 'wrong'::text, null::uuid, null::uuid;
      end if;
    end $$;
    -- A question to a passkey is answered once, right or wrong.
    create function challenge_take(given uuid, given_kind text, given_bound text)
      returns table (person_id uuid, secret text)
      language sql volatile security definer set search_path = public
      begin atomic
        delete from sign_in_challenges c
        where c.id = given and c.kind = given_kind and c.bound = given_bound and c.expires_at > now()
        returning c.person_id, c.secret;
      end;
    grant execute on function sign_in_way_named(text, text), sign_in_way_held(text, text), own_sign_in_secrets(),
      challenge_put(text, text, uuid, uuid, text, int), challenge_to_send(uuid, text), challenge_try(uuid, text, text, text),
      challenge_take(uuid, text, text) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function challenge_take(uuid, text, text);
    drop function challenge_try(uuid, text, text, text);
    drop function challenge_to_send(uuid, text);
    drop function challenge_put(text, text, uuid, uuid, text, int);
    drop function own_sign_in_secrets();
    drop function sign_in_way_held(text, text);
    drop function sign_in_way_named(text, text);
    drop table sign_in_rules, sign_in_challenges, sign_in_ways;
  `);
}
