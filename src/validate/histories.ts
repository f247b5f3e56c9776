import type { Chance } from '../demo/chance';
import { abilityAfter, nextQuestion, placement, startingAbility } from '../features/practice/adaptive';
import type { Evidence } from '../features/skills/estimate';
import { difficultyOfLevel, type ItemResponse } from '../features/skills/item-response';
import { ASSUMED, type Learner } from './learner';

export type Kind = 'self' | 'quiz' | 'practice' | 'demonstration' | 'supervisor' | 'peer';

/** How often a kind of evidence comes, in months between. */
const EVERY: Record<Kind, number> = { self: 6, quiz: 5, practice: 6, demonstration: 6, supervisor: 9, peer: 7 };
const QUIZ_QUESTIONS = 7;
const PRACTICE_QUESTIONS = 8;
const DAY_MS = 86_400_000;

/** The moment so many months after the simulation begins. */
export const month = (months: number) => new Date(Date.UTC(2024, 0, 1) + months * 30.4375 * DAY_MS);

/** A bank of questions over all levels whose true difficulties differ from what their authors meant. */
function questionBank(chance: Chance, size: number) {
  return Array.from({ length: size }, (_, index) => {
    const difficulty = difficultyOfLevel((index % 8) + 1);
    return { id: String(index), difficulty, trueDifficulty: chance.normal(difficulty, ASSUMED.question.sd) };
  });
}

/** Answers of a learner to so many questions that the product chose one by one. */
export function adaptiveAnswers(chance: Chance, learner: Learner, questions: number, bankSize = 40): ItemResponse[] {
  const left = new Map(questionBank(chance, bankSize).map((question) => [question.id, question]));
  const answers: ItemResponse[] = [];
  while (answers.length < questions) {
    const next = left.get(nextQuestion([...left.values()], abilityAfter(startingAbility(null), answers))?.id ?? '');
    if (!next) break;
    left.delete(next.id);
    answers.push({ difficulty: next.difficulty, right: learner.answers(next.trueDifficulty) });
  }
  return answers;
}

/** The same learner and number of questions, spread evenly over all levels: a fixed test. */
export function fixedAnswers(chance: Chance, learner: Learner, questions: number): ItemResponse[] {
  return Array.from({ length: questions }, (_, index) => {
    const difficulty = difficultyOfLevel(1 + Math.floor((index * 8) / questions));
    return { difficulty, right: learner.answers(chance.normal(difficulty, ASSUMED.question.sd)) };
  });
}

export type TargetOf = (learner: Learner, month: number) => number;

/** Evidence of one competence of a learner between two months. `targetOf` is the level that a course quiz aims at. */
export function history(
  chance: Chance,
  learner: Learner,
  kinds: readonly Kind[],
  [from, to]: readonly [number, number],
  targetOf: TargetOf = nearTheLearner(chance),
): Evidence[] {
  const found: (Evidence | undefined)[] = [];
  for (const kind of kinds) {
    for (let at = from + chance.between(0, 3); at < to; at += EVERY[kind]) {
      if (kind === 'self') found.push(learner.ownView(month(at)));
      else if (kind === 'quiz') found.push(learner.quiz(targetOf(learner, at), QUIZ_QUESTIONS, month(at)));
      else if (kind === 'practice') found.push(practised(chance, learner, month(at)));
      else found.push(learner.seenBy(kind, month(at)));
    }
  }
  return found.filter((piece) => piece !== undefined);
}

/** People take courses of about their own level. */
function nearTheLearner(chance: Chance): TargetOf {
  return ({ level }) => Math.max(1, Math.min(6, Math.round(chance.normal(level, 1))));
}

function practised(chance: Chance, learner: Learner, at: Date): Evidence | undefined {
  const result = placement(adaptiveAnswers(chance, learner, PRACTICE_QUESTIONS));
  return result && { source: 'quiz', level: Math.round(result.level), at };
}
