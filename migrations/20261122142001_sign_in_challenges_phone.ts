import type { Knex } from 'knex';

/**
 * A phone number becomes a way in only once its owner has typed the code that was sent to it, in the browser where the number
 * was given. Until then the number stands with the question and nowhere else, and goes with it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table sign_in_challenges add phone text;

    create function challenge_put_phone(given_bound text, given_person uuid, given_phone text, seconds int)
      returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
    declare made uuid;
    begin
      delete from sign_in_challenges where expires_at < now() - interval '1 day';
      insert into sign_in_challenges (kind, bound, person_id, phone, expires_at)
        values ('phone-number', given_bound, given_person, given_phone, now() + make_interval(secs => seconds))
        returning id into made;
      return made;
    end $$;
    create or replace function challenge_to_send(given uuid, given_secret text)
      returns table (kind text, email text, phone text, language text)
      language sql volatile security definer set search_path = public
      begin atomic
        update sign_in_challenges c set secret = given_secret, tries = 0
        from people p, (select x.id, w.details ->> 'phone' as phone from sign_in_challenges x
          left join sign_in_ways w on w.id = x.way_id where x.id = given and (w.id is not null or x.phone is not null)) w
        where c.id = given and w.id = c.id and c.expires_at > now() and p.id = c.person_id and p.suspended_at is null
        returning c.kind, p.email, coalesce(c.phone, w.phone), p.language;
      end;
    -- For the browser that asked: the number that waits for its code. Five wrong tries and it waits no more.
    create function challenge_phone(given uuid, given_bound text) returns table (person_id uuid, phone text)
      language sql stable security definer set search_path = public
      begin atomic
        select c.person_id, c.phone from sign_in_challenges c where c.id = given and c.kind = 'phone-number'
          and c.bound = given_bound and c.tries < 5 and c.expires_at > now();
      end;
    grant execute on function challenge_put_phone(text, uuid, text, int), challenge_phone(uuid, text) to oppiva_app;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function challenge_phone(uuid, text);
    create or replace function challenge_to_send(given uuid, given_secret text)
      returns table (kind text, email text, phone text, language text)
      language sql volatile security definer set search_path = public
      begin atomic
        update sign_in_challenges c set secret = given_secret, tries = 0 from people p, sign_in_ways w
        where c.id = given and c.expires_at > now() and p.id = c.person_id and w.id = c.way_id and p.suspended_at is null
        returning c.kind, p.email, w.details ->> 'phone', p.language;
      end;
    drop function challenge_put_phone(text, uuid, text, int);
    alter table sign_in_challenges drop phone;
  `);
}
