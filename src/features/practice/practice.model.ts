import { db } from '../../lib/db';
import type { Rows } from '../quizzes/quizzes.model';

/** Questions of one competence, answered one by one. At most one of a person and competence is open. */
export interface PracticeSession {
  id: string;
  organisation_id: string;
  person_id: string;
  competence_code: string;
  known_level: number | null;
  question_id: string | null;
  /** The placement test of a path that the session is part of. */
  placement_step_id: string | null;
  started_at: Date;
  ended_at: Date | null;
}

/** The first answer to a question in a session; it counts, as the safe way is shown after it. */
export interface PracticeAnswer {
  question_id: string;
  chosen: string[];
  response: unknown;
  dont_know: boolean;
  points: number;
  difficulty: number;
  answered_at: Date;
}

/** Whose practice. */
export interface Practiser {
  organisation_id: string;
  id: string;
}

const OF_PERSON = 'organisation_id = ? and person_id = ?';

export function selectSession({ organisation_id, id }: Practiser, sessionId: string): Rows<PracticeSession> {
  return db().raw(`select * from practice_sessions where ${OF_PERSON} and id = ?`, [organisation_id, id, sessionId]);
}

/** The answers of a session in order. */
export function selectPracticeAnswers({ organisation_id, id }: Practiser, sessionId: string): Rows<PracticeAnswer> {
  return db().raw(
    `select question_id, chosen, response, dont_know, points::float8 as points, difficulty, answered_at
     from practice_answers where ${OF_PERSON} and session_id = ? order by answered_at`,
    [organisation_id, id, sessionId],
  );
}

/** The open session of the competence, or a new one; safe to call at the same moment twice. */
export async function openSession(
  { organisation_id, id }: Practiser,
  code: string,
  knownLevel: number | null,
  placementStepId: string | null,
) {
  await db().raw(
    `insert into practice_sessions (organisation_id, person_id, competence_code, known_level) values (?, ?, ?, ?)
     on conflict do nothing`,
    [organisation_id, id, code, knownLevel],
  );
  if (placementStepId)
    await db().raw(
      `update practice_sessions set placement_step_id = ? where ${OF_PERSON} and competence_code = ? and ended_at is null`,
      [placementStepId, organisation_id, id, code],
    );
  const { rows } = await db().raw<{ rows: PracticeSession[] }>(
    `select * from practice_sessions where ${OF_PERSON} and competence_code = ? and ended_at is null`,
    [organisation_id, id, code],
  );
  return rows[0] as PracticeSession;
}

/** Takes the session for this transaction; undefined when it has ended or is not the person's. */
export async function lockOpenSession({ organisation_id, id }: Practiser, sessionId: string) {
  const { rows } = await db().raw<{ rows: PracticeSession[] }>(
    `select * from practice_sessions where ${OF_PERSON} and id = ? and ended_at is null for update`,
    [organisation_id, id, sessionId],
  );
  return rows[0];
}

export async function askNext(session: PracticeSession, questionId: string | null): Promise<void> {
  await db().raw('update practice_sessions set question_id = ? where organisation_id = ? and id = ?', [
    questionId,
    session.organisation_id,
    session.id,
  ]);
}

export async function endSession(session: PracticeSession): Promise<Date> {
  const { rows } = await db().raw<{ rows: { ended_at: Date }[] }>(
    'update practice_sessions set ended_at = now(), question_id = null where organisation_id = ? and id = ? returning ended_at',
    [session.organisation_id, session.id],
  );
  return (rows[0] as { ended_at: Date }).ended_at;
}

/** False when the question had been answered in this session: the first answer stays. */
export async function insertPracticeAnswer(
  session: PracticeSession,
  answer: Omit<PracticeAnswer, 'answered_at'>,
): Promise<boolean> {
  const { rows } = await db().raw<{ rows: unknown[] }>(
    `insert into practice_answers (session_id, organisation_id, person_id, question_id, chosen, response, dont_know, points, difficulty)
     values (?, ?, ?, ?, ?::text[], ?::jsonb, ?, ?::numeric, ?) on conflict do nothing returning question_id`,
    [
      session.id,
      session.organisation_id,
      session.person_id,
      answer.question_id,
      answer.chosen,
      answer.response === undefined ? null : JSON.stringify(answer.response),
      answer.dont_know,
      answer.points,
      answer.difficulty,
    ],
  );
  return rows.length === 1;
}
