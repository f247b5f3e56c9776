import { createHash } from 'node:crypto';
import { atomically } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { Actor, Relation } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { recordObservation } from '../skills/skills.service';
import { pointsOf, tallyOf } from './answers';
import {
  type Answer,
  type Attempt,
  closeAttempt,
  type GivenWhen,
  insertAnswer,
  insertAttempt,
  lockOpenAttempt,
  selectAnswers,
  selectAttempts,
  selectSeenQuestions,
} from './attempts.model';
import { quizEvidence } from './evidence';
import { isChoice } from './question-types/registry';
import { type Question, type Quiz, type Scorable, selectQuestions } from './quizzes.model';

export type QuizTaker = Pick<Actor, 'id' | 'organisation_id'> & { content_language: Language; relation: Relation };

/** The person's open attempt, or a new one. Undefined when the quiz allows no more. Safe to call at the same moment twice. */
export function openAttempt(actor: QuizTaker, quiz: Quiz): Promise<Attempt | undefined> {
  return atomically(async () => {
    const [latest] = await attemptsOf(actor, quiz.id);
    if (latest && !latest.submitted_at) return latest;

    const number = (latest?.number ?? 0) + 1;
    if (quiz.attempts_allowed !== null && number > quiz.attempts_allowed) return undefined;
    const opened = await insertAttempt(takerOf(actor, quiz.id), number, actor.content_language, audiencesOf(actor));
    return opened ?? (await attemptsOf(actor, quiz.id)).find(({ submitted_at }) => !submitted_at);
  });
}

export interface GivenAnswer {
  /** Made with the form: the same form sent twice is one answer. */
  answerId: string;
  /** Keys of options. */
  chosen: readonly string[];
  /** What was answered to a question of another type. Neither of the two: "I don't know". */
  response?: unknown;
  /** For an answer that waited on its device. */
  when?: GivenWhen | undefined;
}

/**
 * Keeps an answer. Earlier ones to the same question stay, and the newest one counts for the result; only the first one
 * is evidence of skill, because after it the safe way was shown. False when the attempt has been handed in meanwhile.
 */
export function answerQuestion(attempt: Attempt, question: Scorable, given: GivenAnswer): Promise<boolean> {
  const chosen = [...new Set(given.chosen)].sort();
  const { response } = given;
  const said = response === undefined ? chosen : [JSON.stringify(response)];
  return insertAnswer(attempt, {
    id: derivedId(attempt.id, question.id, given.answerId, ...said),
    question_id: question.id,
    chosen,
    response,
    labels: isChoice(question.type) ? null : tallyOf(question, { chosen, response }),
    dont_know: said.length === 0,
    points: pointsOf(question, { chosen, response }),
    question_version: question.version,
    when: given.when,
  });
}

/**
 * Closes the attempt, scores it from the newest answers and records what the first answers prove. Undefined when it was
 * handed in already: then nothing changes. Questions retired meanwhile are left out, their answers stay.
 */
export function handIn(actor: QuizTaker, attempt: Attempt): Promise<Attempt | undefined> {
  return atomically(async () => {
    const open = await lockOpenAttempt(attempt);
    if (!open) return undefined;

    const reader = { language: actor.content_language, audiences: audiencesOf(actor), personId: actor.id };
    const asked = { quizId: open.quiz_id, ...reader };
    const { rows: questions } = await selectQuestions(asked);
    const newest = byQuestion((await selectAnswers(open, 'newest')).rows);
    const points = questions.reduce((sum, { id }) => sum + (newest.get(id)?.points ?? 0), 0);
    const submitted_at = await closeAttempt(open, points, questions.length);
    await recordEvidence(actor, open, questions, submitted_at);
    return { ...open, submitted_at, points, points_possible: questions.length };
  });
}

async function recordEvidence(actor: QuizTaker, attempt: Attempt, questions: Question[], at: Date): Promise<void> {
  const first = byQuestion((await selectAnswers(attempt, 'first')).rows);
  const seen = new Set(await selectSeenQuestions(attempt));
  const answers = questions
    .filter(({ id, judged }) => judged && !seen.has(id))
    .map(({ id, competence_code, level }) => ({
      competence_code,
      level,
      points: first.get(id)?.points ?? null,
      dont_know: first.get(id)?.dont_know ?? false,
    }));
  for (const evidence of quizEvidence(answers)) {
    await recordObservation(actor, {
      ...evidence,
      person_id: actor.id,
      source: 'quiz',
      observed_at: at,
      origin_type: 'quiz_attempt',
      origin_id: attempt.id,
    });
  }
}

const takerOf = (actor: QuizTaker, quizId: string) => ({
  organisationId: actor.organisation_id,
  personId: actor.id,
  quizId,
});

const attemptsOf = async (actor: QuizTaker, quizId: string) => (await selectAttempts(takerOf(actor, quizId))).rows;

export const byQuestion = (answers: readonly Answer[]) =>
  new Map(answers.map((answer) => [answer.question_id, answer]));

/** A uuid that the same parts always give, so that sending a form again adds no row. */
export function derivedId(...parts: string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
