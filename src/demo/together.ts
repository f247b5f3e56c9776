import { db } from '../lib/db';

/** Two members of each organisation: one who asks, and one who answers and lets others ask. The demo's accounts come first. */
const PAIRS = `
  with ranked as (
    select m.organisation_id, m.person_id, p.username, row_number() over (partition by m.organisation_id
      order by (p.username <> 'learner'), md5(p.id::text)) as asks, row_number() over (partition by m.organisation_id
      order by (p.username <> 'expert'), md5(p.id::text) desc) as helps
    from memberships m join people p on p.id = m.person_id
    where m.ended_on is null and m.relation <> 'client'
  ), pairs as (
    select a.organisation_id, a.person_id as asker, h.person_id as helper from ranked a join ranked h using (organisation_id)
    where a.asks = 1 and h.helps = 1 and a.person_id <> h.person_id
  ), lesson as (
    select l.id, l.organisation_id as owner_id from lessons l join courses c on c.id = l.course_id
    where c.slug = 'recognise-scam-messages' and l.slug = 'l1' limit 1
  )`;
const idOf = (what: string) => `md5('${what} of the demo ' || organisation_id)::uuid`;

/** What people of the demo said to each other: a discussion, a request to a helper with its answer, feedback on a lesson. */
export async function addTogether(): Promise<void> {
  await db().raw(`${PAIRS}
    insert into lesson_messages (id, organisation_id, lesson_id, person_id, body, signed, written_at)
    select ${idOf('question')}, organisation_id, lesson.id, asker,
      'Sain viestin, jossa pankki pyysi vahvistamaan tilin. Mistä tiedän, onko se oikea?', 'first', now() - interval '6 days'
    from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into lesson_messages (id, organisation_id, lesson_id, person_id, reply_to, body, signed, written_at)
    select ${idOf('answer')}, organisation_id, lesson.id, helper, ${idOf('question')},
      'Pankki ei kysy tunnuksia viestillä. Minä avaan aina pankin oman sovelluksen enkä paina viestin linkkiä.', 'name',
      now() - interval '5 days'
    from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into lesson_follows (organisation_id, lesson_id, person_id, is_on)
    select organisation_id, lesson.id, asker, true from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into message_flags (organisation_id, message_id, person_id, told_at, settled_at)
    select organisation_id, ${idOf('answer')}, asker, now() - interval '4 days',
      case when organisation_id = lesson.owner_id then now() - interval '3 days' end from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into help_levels (organisation_id, person_id, lesson_id, help_level, answered_at)
    select organisation_id, helper, lesson.id, 3, now() - interval '30 days' from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into helper_offers (organisation_id, person_id, competence_code)
    select organisation_id, helper, k.competence_code from pairs, lesson join lesson_competences k on k.lesson_id = lesson.id`);
  await db().raw(`${PAIRS}
    insert into helper_words (organisation_id, person_id, words)
    select organisation_id, helper, 'Tiistaisin kello 12–15 digitukipaikassa.' from pairs`);
  await db().raw(`${PAIRS}
    insert into help_requests (id, organisation_id, person_id, lesson_id, to_person_id, place, message, asked_at, answered_at, answered_by)
    select ${idOf('request')}, organisation_id, asker, lesson.id, helper, '/learn/recognise-scam-messages/l1',
      'En ymmärrä, miten lähettäjän osoite näkyy puhelimessa.', now() - interval '9 days', now() - interval '8 days', helper
    from pairs, lesson`);
  await db().raw(`${PAIRS}
    insert into help_replies (id, organisation_id, request_id, person_id, body, written_at)
    select ${idOf('reply')}, organisation_id, ${idOf('request')}, helper,
      'Paina lähettäjän nimeä hetki. Silloin koko osoite tulee näkyviin.', now() - interval '8 days' from pairs`);
  await db().raw(`${PAIRS}
    insert into path_recognitions (id, organisation_id, person_id, step_id, kind, state, story, judge_id, asked_at)
    select ${idOf('recognition')}, organisation_id, asker, step.id, 'earlier', 'asked',
      'Kävin kirjaston kurssin viime vuonna. Maksan laskut itse verkkopankissa.', judge.person_id, now() - interval '2 days'
    from pairs
    cross join lateral (select s.id from path_steps s where s.organisation_id = pairs.organisation_id and s.kind = 'course'
      and s.removed_at is null and not exists (select from enrolments e where e.person_id = asker and e.course_id = s.course_id)
      order by s.position desc, s.id limit 1) step
    cross join lateral (select v.person_id from team_supervisors v join people p on p.id = v.person_id
      where v.organisation_id = pairs.organisation_id and v.person_id <> asker
      order by (p.username <> 'supervisor'), v.person_id limit 1) judge`);
  await addFeedback();
}

const WORDS = ['', 'Esimerkit olivat hyviä.', '', 'Mitä linkki tarkoittaa?', '', '', 'Luin tämän kaksi kertaa.'];

/** Seven people of each organisation said what they think; the makers of the lesson read it without names. */
async function addFeedback(): Promise<void> {
  await db().raw(
    `insert into lesson_feedback (organisation_id, person_id, lesson_id, useful, what, words, voice_id, given_at)
     select organisation_id, person_id, id, case when n in (1, 4) then 1 else 2 end,
       case when n = 4 then '{hard}' when n = 2 then '{example}' else '{clear}' end::text[], (?::text[])[n],
       md5('voice ' || organisation_id || n)::uuid, now() - n * interval '5 days'
     from (select m.organisation_id, m.person_id, l.id, row_number() over (partition by m.organisation_id order by md5(p.id::text)) as n
       from memberships m join people p on p.id = m.person_id and p.username <> 'learner'
       join courses c on c.slug = 'recognise-scam-messages' join lessons l on l.course_id = c.id and l.slug = 'l1'
       where m.ended_on is null) x where n <= 7`,
    [WORDS] as never,
  );
  await db().raw(
    `insert into lesson_voices (id, organisation_id, lesson_id, useful, what, words, given_on, seen_at)
     select f.voice_id, l.organisation_id, l.id, f.useful, f.what, f.words, f.given_at::date, null
     from lesson_feedback f join lessons l on l.id = f.lesson_id`,
  );
}
