import { atomically, db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { recordPlacement } from '../paths/placements.service';
import { type Kept, pointsOf } from '../quizzes/answers';
import { learnDifficulty } from '../quizzes/difficulties.model';
import type { Scorable } from '../quizzes/question';
import { HIGHEST_LEVEL } from '../skills/estimate';
import { chanceRight, type ItemResponse } from '../skills/item-response';
import { recordObservation } from '../skills/skills.service';
import { abilityAfter, GUESS, MOST_ANSWERS, nextQuestion, placement, startingAbility } from './adaptive';
import {
  askNext,
  endSession,
  insertPracticeAnswer,
  lockOpenSession,
  openSession,
  type PracticeAnswer,
  type PracticeSession,
  selectPracticeAnswers,
} from './practice.model';
import { selectCandidates } from './practice.queries';

/**
 * Opens practice of a competence, or goes on with the open one. The first question is chosen by what is known of the person.
 * `placementStepId`: the placement test of a path that it becomes part of.
 */
export function beginPractice(
  actor: Actor,
  code: string,
  placementStepId: string | null = null,
): Promise<PracticeSession> {
  return atomically(async () => {
    const { rows } = await db().raw<{ rows: { level: number }[] }>(
      'select level from skill_estimates where organisation_id = ? and person_id = ? and competence_code = ?',
      [actor.organisation_id, actor.id, code],
    );
    const session = await openSession(actor, code, rows[0]?.level ?? null, placementStepId);
    if (session.question_id === null) await goOn(actor, session);
    return session;
  });
}

/** Keeps the first answer to a question, learns how hard it is, and chooses the next one. False when the session has ended. */
export function answerPractice(
  actor: Actor,
  sessionId: string,
  question: Scorable & { difficulty: number },
  given: Kept,
): Promise<boolean> {
  return atomically(async () => {
    const session = await lockOpenSession(actor, sessionId);
    if (!session) return false;
    if (session.question_id !== question.id) return true;

    const earlier = (await selectPracticeAnswers(actor, sessionId)).rows;
    const points = pointsOf(question, given);
    const { id, difficulty } = question;
    const { response } = given;
    const chosen = [...given.chosen];
    const dont_know = chosen.length === 0 && response === undefined;
    const answer = { question_id: id, chosen, response, dont_know, points, difficulty };
    if (await insertPracticeAnswer(session, answer)) {
      const ability = abilityAfter(startingAbility(session.known_level), earlier.map(responseOf));
      const surprise = Number(points === 1) - chanceRight(ability, difficulty, GUESS);
      await learnDifficulty(id, difficulty, surprise);
    }
    await goOn(actor, session);
    return true;
  });
}

/** Ends the session when the person stops; what it proves is recorded. Safe to call twice. */
export function stopPractice(actor: Actor, sessionId: string): Promise<void> {
  return atomically(async () => {
    const session = await lockOpenSession(actor, sessionId);
    if (session) await finish(actor, session, (await selectPracticeAnswers(actor, sessionId)).rows);
  });
}

async function goOn(actor: Actor, session: PracticeSession): Promise<void> {
  const answers = (await selectPracticeAnswers(actor, session.id)).rows;
  const ability = abilityAfter(startingAbility(session.known_level), answers.map(responseOf));
  const candidates = answers.length < MOST_ANSWERS ? await selectCandidates(actor, session.competence_code) : [];
  const next = nextQuestion(candidates, ability);
  if (next) await askNext(session, next.id);
  else await finish(actor, session, answers);
}

/**
 * Enough answers are one quiz's worth of evidence, at the whole level nearest to the most probable one: a level is not known
 * more exactly than that. Fewer are practice only.
 */
async function finish(actor: Actor, session: PracticeSession, answers: readonly PracticeAnswer[]): Promise<void> {
  const ended = await endSession(session);
  const result = placement(answers.map(responseOf));
  if (session.placement_step_id)
    await recordPlacement(actor, session.placement_step_id, {
      competence_code: session.competence_code,
      level: result?.level ?? null,
      right_answers: answers.filter(({ points }) => points === 1).length,
      answers: answers.length,
    });
  if (!result) return;
  await recordObservation(actor, {
    person_id: actor.id,
    competence_code: session.competence_code,
    source: 'quiz',
    level: Math.min(HIGHEST_LEVEL, Math.round(result.level)),
    observed_at: ended,
    origin_type: 'practice',
    origin_id: session.id,
  });
}

/** An answer with only part of the points counts as not right, as in the mastery rule. */
export const responseOf = ({ difficulty, points }: PracticeAnswer): ItemResponse => ({
  difficulty,
  right: points === 1,
});
