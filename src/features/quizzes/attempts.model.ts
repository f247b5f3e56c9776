import { db } from '../../lib/db';
import { SAME_QUESTION_DAYS } from './evidence';
import type { Rows } from './quizzes.model';

/** One round through a quiz. At most one of a person is open; handing in closes it. */
export interface Attempt {
  id: string;
  organisation_id: string;
  person_id: string;
  quiz_id: string;
  number: number;
  language: string;
  started_at: Date;
  submitted_at: Date | null;
  points: number | null;
  points_possible: number | null;
}

/** What was answered to a question: keys of options, or a response of another type; neither for "I don't know". */
export interface Answer {
  question_id: string;
  chosen: string[];
  response: unknown;
  dont_know: boolean;
  /** 0..1, as the key was when it was given. */
  points: number;
  /** The question as it was when it was answered. */
  question_version: number;
  /** When it arrived; what counts is when it was given. */
  answered_at: Date;
}

/** Whose attempts at what. */
export interface Taker {
  organisationId: string;
  personId: string;
  quizId: string;
}

const ATTEMPT = `id, organisation_id, person_id, quiz_id, number, language, started_at, submitted_at,
  points::float8 as points, points_possible::float8 as points_possible`;
const OF_TAKER = 'organisation_id = ? and person_id = ? and quiz_id = ?';
const bindings = ({ organisationId, personId, quizId }: Taker) => [organisationId, personId, quizId];

/** All attempts of the person, the latest first. */
export function selectAttempts(taker: Taker): Rows<Attempt> {
  return db().raw(`select ${ATTEMPT} from quiz_attempts where ${OF_TAKER} order by number desc`, bindings(taker));
}

/** The first or the newest answer to each question of the person's latest attempt. */
export function selectLatestAnswers(taker: Taker, which: 'first' | 'newest'): Rows<Answer> {
  const attempt = `(select id from quiz_attempts where ${OF_TAKER} order by number desc limit 1)`;
  return db().raw(answersOf(attempt, which), bindings(taker));
}

/** The same of an attempt in hand. */
export function selectAnswers(attempt: Attempt, which: 'first' | 'newest'): Rows<Answer> {
  return db().raw(answersOf('?', which), [attempt.id]);
}

const answersOf = (attempt: string, which: 'first' | 'newest') => `
  select distinct on (question_id) question_id, chosen, response, dont_know, points::float8 as points, question_version, answered_at
  from quiz_answers where attempt_id = ${attempt}
  order by question_id, ${which === 'first' ? 'given_at, sequence nulls last, answered_at' : 'given_at desc, sequence desc nulls last, answered_at desc'}`;

/** Questions of these attempts' quiz that the person answered lately in another attempt: they had seen the key. */
export async function selectSeenQuestions(attempt: Attempt): Promise<string[]> {
  const { rows } = await db().raw(
    `select distinct question_id from quiz_answers
     where attempt_id = any(array(select id from quiz_attempts where ${OF_TAKER} and id <> ?))
       and answered_at > now() - make_interval(days => ${SAME_QUESTION_DAYS})`,
    [attempt.organisation_id, attempt.person_id, attempt.quiz_id, attempt.id],
  );
  return rows.map((row: { question_id: string }) => row.question_id);
}

/**
 * What an attempt draws from the piles of its quiz: by chance, and first of what the person has not answered lately. Null for
 * a quiz that draws nothing. Bindings: those of the taker, quiz, audiences.
 */
const DRAWN = `(select array_agg(x.id) from (
    select q.id, p.count, row_number() over (partition by q.draw order by (seen.question_id is not null), random()) as place
    from quizzes z cross join lateral jsonb_to_recordset(z.draws) p(key text, count int)
    join questions q on q.quiz_id = z.id and q.draw = p.key and q.retired_at is null
    left join lateral (select w.question_id from quiz_answers w where w.question_id = q.id and w.attempt_id = any(array(
      select id from quiz_attempts where ${OF_TAKER}))
      and w.answered_at > now() - make_interval(days => ${SAME_QUESTION_DAYS}) limit 1) seen on true
    where z.id = ? and (q.audience = '{}' or q.audience && ?::text[])) x where x.place <= x.count)`;

/** Undefined when the person has one open, or another request has just made this number. What it draws is fixed here. */
export async function insertAttempt(
  taker: Taker,
  number: number,
  language: string,
  audiences: readonly string[],
): Promise<Attempt | undefined> {
  const { rows } = await db().raw(
    `insert into quiz_attempts (organisation_id, person_id, quiz_id, number, language, drawn) values (?, ?, ?, ?, ?, ${DRAWN})
     on conflict do nothing returning ${ATTEMPT}`,
    [...bindings(taker), number, language, ...bindings(taker), taker.quizId, [...audiences]],
  );
  return rows[0];
}

/** Takes the attempt for this transaction; undefined when it has been handed in. */
export async function lockOpenAttempt(attempt: Attempt): Promise<Attempt | undefined> {
  const { rows } = await db().raw(
    `select ${ATTEMPT} from quiz_attempts where id = ? and submitted_at is null for update`,
    [attempt.id],
  );
  return rows[0];
}

export async function closeAttempt(attempt: Attempt, points: number, possible: number): Promise<Date> {
  const { rows } = await db().raw(
    `update quiz_attempts set submitted_at = now(), points = ?, points_possible = ? where id = ? returning submitted_at`,
    [points, possible, attempt.id],
  );
  return rows[0].submitted_at;
}

/** When an answer was given, as its device tells. `sequence` orders the answers of one device, whatever its clock says. */
export interface GivenWhen {
  ageSeconds: number;
  device: string;
  sequence: number;
}

export interface NewAnswer extends Omit<Answer, 'answered_at'> {
  id: string;
  /** What was answered in short words for statistics; null for choices, whose keys say it. */
  labels: string[] | null;
  /** Without it: now. */
  when?: GivenWhen | undefined;
}

/**
 * When it was given: not before the attempt began and not after now, and between its neighbours of the same device.
 * Bindings: device, sequence, age in seconds, device, sequence.
 */
const GIVEN_AT = `greatest(started_at, (select max(given_at) from quiz_answers a
    where a.attempt_id = open.id and a.device = ?::uuid and a.sequence < ?::bigint),
  least(clock_timestamp(), clock_timestamp() - make_interval(secs => ?::float8), (select min(given_at) from quiz_answers a
    where a.attempt_id = open.id and a.device = ?::uuid and a.sequence > ?::bigint)))`;

/**
 * Adds an answer while the attempt is open; handing in waits for it, or it for handing in. The same id again adds nothing.
 * False when the attempt has been handed in.
 */
export async function insertAnswer(attempt: Attempt, answer: NewAnswer): Promise<boolean> {
  const { device = null, sequence = null, ageSeconds = 0 } = answer.when ?? {};
  const { rows } = await db().raw(
    `with open as (select id, organisation_id, person_id, started_at from quiz_attempts
       where id = ? and submitted_at is null for share),
     added as (insert into quiz_answers (id, organisation_id, person_id, attempt_id, question_id, chosen, response, labels,
         dont_know, points,
         question_version, device, sequence, given_at)
       select ?, organisation_id, person_id, id, ?, ?::text[], ?::jsonb, ?::text[], ?, ?::numeric, ?, ?::uuid, ?::bigint, ${GIVEN_AT}
       from open on conflict (id) do nothing)
     select count(*)::int as open from open`,
    [
      attempt.id,
      answer.id,
      answer.question_id,
      answer.chosen,
      answer.response === undefined ? null : JSON.stringify(answer.response),
      answer.labels,
      answer.dont_know,
      answer.points,
      ...[answer.question_version, device, sequence],
      ...[device, sequence, ageSeconds, device, sequence],
    ],
  );
  return rows[0].open === 1;
}
