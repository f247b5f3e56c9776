import { db, together } from '../../lib/db';
import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { Rows } from '../quizzes/quizzes.model';
import { KINDS, SECRET_COLUMNS } from './kinds';

/** One thing that is known, as the page tells it: when, and parts for a sentence of `privacy.line.<line>`. */
export interface Line {
  kind: string;
  line: string;
  at: Date | null;
  parts: Record<string, string | number | null>;
}

/** Sentences of each kind, the newest first, at most so many. Rows come through the row policies: only what is the person's. */
const LINES: Record<string, string> = {
  learning: `select 'course' as line, coalesce(e.completed_at, e.last_seen_at) as at, jsonb_build_object('title',
      (select title from course_texts t where t.course_id = e.course_id order by array_position(:languages::text[], t.language) limit 1),
      'done', e.lessons_done, 'total', e.lessons_total) as parts
    from enrolments e where e.organisation_id = :o and e.person_id = :p`,
  answers: `select 'quiz' as line, a.started_at as at, jsonb_build_object('title', (select t.title from lessons l
        join lesson_texts t on t.lesson_id = l.id where l.quiz_id = a.quiz_id order by array_position(:languages::text[], t.language) limit 1),
        'count', (select count(*) from quiz_answers q where q.attempt_id = a.id)) as parts
      from quiz_attempts a where a.organisation_id = :o and a.person_id = :p
    union all select 'practice', s.started_at, jsonb_build_object('code', s.competence_code,
        'count', (select count(*) from practice_answers q where q.session_id = s.id))
      from practice_sessions s where s.organisation_id = :o and s.person_id = :p
    union all select 'self', s.started_at, jsonb_build_object('count',
        (select count(*) from self_assessment_answers q where q.self_assessment_id = s.id))
      from self_assessments s where s.organisation_id = :o and s.person_id = :p
    union all select 'howItWent', h.answered_at, jsonb_build_object('help', h.help_level, 'title', (select t.title from lesson_texts t
        where t.lesson_id = h.lesson_id order by array_position(:languages::text[], t.language) limit 1))
      from help_levels h where h.organisation_id = :o and h.person_id = :p`,
  skills: `select 'seen' as line, o.observed_at as at, jsonb_build_object('code', o.competence_code, 'source', o.source,
      'level', o.level, 'help', o.help_level, 'note', o.note) as parts
    from observations o where o.organisation_id = :o and o.person_id = :p`,
  views: `select 'asked' as line, v.created_at as at, jsonb_build_object('codes', array_to_string(v.competence_codes, ' ')) as parts
      from view_invitations v where v.organisation_id = :o and v.person_id = :p
    union all select 'told', v.answered_at, jsonb_build_object('code', v.competence_code, 'name', v.rater_name, 'note', v.note)
      from invited_views v where v.organisation_id = :o and v.person_id = :p`,
  proofs: `select s.kind as line, s.changed_at as at, jsonb_build_object('story', left(s.story, 200)) as parts
      from submissions s where s.organisation_id = :o and s.person_id = :p
    union all select 'badge', b.brought_at, jsonb_build_object('name', b.name, 'issuer', b.issuer_name)
      from badges b where b.organisation_id = :o and b.person_id = :p`,
  certificates: `select c.state as line, c.offered_at as at, jsonb_build_object('title',
      coalesce(c.content -> 'titles' ->> 'fi', c.content -> 'titles' ->> 'sv', c.content -> 'titles' ->> 'en'), 'issuer', c.content ->> 'issuer') as parts
    from issued_credentials c where c.organisation_id = :o and c.person_id = :p`,
  hours: `select 'work' as line, e.told_at as at, jsonb_build_object('topic', e.topic, 'minutes', e.minutes) as parts
      from work_entries e where e.organisation_id = :o and e.person_id = :p
    union all select 'request', r.asked_at, '{}'::jsonb from work_requests r where r.organisation_id = :o and r.person_id = :p`,
  talks: `select case when t.held_at is null then 'planned' else 'held' end as line, coalesce(t.held_at, t.created_at) as at,
      jsonb_build_object('agreement', left(t.agreement, 200)) as parts
    from talks t where t.organisation_id = :o and t.person_id = :p`,
  help: `select 'request' as line, h.asked_at as at, jsonb_build_object('message', h.message) as parts
      from help_requests h where h.organisation_id = :o and h.person_id = :p
    union all select 'reply', r.written_at, jsonb_build_object('message', r.body)
      from help_replies r where r.organisation_id = :o and r.person_id = :p
    union all select 'offer', o.offered_at, jsonb_build_object('code', o.competence_code)
      from helper_offers o where o.organisation_id = :o and o.person_id = :p`,
  said: `select 'message' as line, m.written_at as at, jsonb_build_object('message', left(m.body, 200)) as parts
      from lesson_messages m where m.organisation_id = :o and m.person_id = :p
    union all select 'feedback', f.given_at, jsonb_build_object('message', f.words, 'title', (select t.title from lesson_texts t
        where t.lesson_id = f.lesson_id order by array_position(:languages::text[], t.language) limit 1))
      from lesson_feedback f where f.organisation_id = :o and f.person_id = :p`,
  work: `select 'draft' as line, d.updated_at as at, '{}'::jsonb as parts from lesson_drafts d
      where d.organisation_id = :o and d.author_id = :p
    union all select 'signature', s.signed_at, '{}'::jsonb from draft_signatures s where s.organisation_id = :o and s.person_id = :p
    union all select 'comment', k.said_at, jsonb_build_object('message', left(k.body, 200)) from draft_comments k
      where k.organisation_id = :o and k.person_id = :p
    union all select 'observed', o.recorded_at, jsonb_build_object('code', o.competence_code)
      from observations o where o.organisation_id = :o and o.recorded_by = :p and o.person_id <> :p`,
  testing: `select 'tried' as line, coalesce(t.ended_at, t.answered_at, t.invited_at) as at, jsonb_build_object('tester', t.state) as parts
      from field_testers t where t.organisation_id = :o and t.person_id = :p
    union all select 'mark', k.marked_at, jsonb_build_object('why', k.why, 'message', k.words)
      from field_test_marks k where k.organisation_id = :o and k.person_id = :p`,
  looks: `select l.what as line, l.first_at as at, jsonb_build_object('name', p.name) as parts
    from looks l left join people p on p.id = l.viewer_id where l.organisation_id = :o and l.person_id = :p`,
};

export const MOST_LINES = 500;

/** What is known of the person, in lines, by kind. One flight. */
export async function selectLines(actor: Actor): Promise<Map<string, Line[]>> {
  const bindings = { o: actor.organisation_id, p: actor.id, languages: contentLanguages(actor.content_language) };
  const kinds = Object.keys(LINES);
  const results = await together(
    ...kinds.map(
      (kind): Rows<Omit<Line, 'kind'>> =>
        db().raw(
          `select * from (${LINES[kind]}) lines order by at desc nulls last limit ${MOST_LINES}`,
          bindings as never,
        ),
    ),
  );
  return new Map(kinds.map((kind, index) => [kind, (results[index]?.rows ?? []).map((row) => ({ kind, ...row }))]));
}

/** The person's account, roles and teams in the organisation in scope. */
export function selectAccount({ organisation_id, id }: Actor): Rows<{
  name: string;
  username: string;
  email: string | null;
  created_at: Date;
  started_on: Date;
  teams: string | null;
}> {
  return db().raw(
    `select p.name, p.username, p.email, p.created_at, m.started_on, (select string_agg(t.name, ', ' order by t.name)
       from team_members tm join teams t on t.id = tm.team_id
       where tm.organisation_id = ? and tm.person_id = p.id and tm.left_on is null) as teams
     from people p join memberships m on m.person_id = p.id and m.organisation_id = ? where p.id = ?`,
    [organisation_id, organisation_id, id],
  );
}

/** These are of the whole installation; the first may be read in part only. */
const OF_PERSON: Record<string, string> = {
  credentials: "select jsonb_build_object('changed_at', t.changed_at) as row from credentials t where t.person_id = ?",
  people: 'select to_jsonb(t) as row from people t where t.id = ?',
  sign_in_ways: `select jsonb_build_object('kind', t.kind, 'name', t.name, 'phone', t.details ->> 'phone',
    'created_at', t.created_at, 'used_on', t.used_on) as row from sign_in_ways t where t.person_id = ?`,
  'sign_in_ways.made_by': `select jsonb_build_object('kind', t.kind, 'created_at', t.created_at) as row
    from sign_in_ways t where t.made_by = ? and t.person_id <> t.made_by`,
  // Codes of a few minutes: nobody reads them.
  sign_in_challenges: "select '{}'::jsonb as row from sign_in_challenges t where t.person_id = ?",
};

/** Every row of every table that is of the person, by kind and table, as it is kept, without what opens doors. */
export async function ownRows({ organisation_id, id }: Actor): Promise<Record<string, Record<string, object[]>>> {
  const all: Record<string, Record<string, object[]>> = {};
  for (const { kind, tables } of KINDS) {
    const byTable: Record<string, object[]> = {};
    for (const place of tables) {
      const [table = '', column = 'person_id'] = place.split('.');
      const special = OF_PERSON[place] ?? OF_PERSON[table];
      const { rows } = special
        ? await db().raw(special, [id])
        : await db().raw('select to_jsonb(t) - ?::text[] as row from ?? t where t.organisation_id = ? and t.?? = ?', [
            [...SECRET_COLUMNS],
            table,
            organisation_id,
            column,
            id,
          ] as never);
      byTable[place] = rows.map(({ row }: { row: object }) => row);
    }
    all[kind] = byTable;
  }
  return all;
}
