import { type FirstAnswer, quizEvidence, SAME_QUESTION_DAYS } from '../features/quizzes/evidence';
import { scoreAnswer } from '../features/quizzes/scoring';
import { chanceRight } from '../features/skills/item-response';
import type { Ability } from './ability';
import type { Rows } from './bulk';
import { type Calendar, later } from './calendar';
import type { CatalogueLesson, CatalogueQuestion } from './catalogue';
import type { Chance } from './chance';
import type { Member } from './people';
import type { DemoObservation } from './skills';

const GUESS = 0.25;
const SECONDS_FOR_ONE = 45;

export interface Sitting {
  lesson: CatalogueLesson;
  questions: readonly CatalogueQuestion[];
  number: number;
  at: Date;
  /** When each question was last answered in an earlier attempt. */
  seen: Map<string, Date>;
  isRight: (question: CatalogueQuestion) => boolean;
}

export interface SatQuiz {
  submitted: Date;
  allRight: boolean;
  observations: DemoObservation[];
}

/** By the Rasch model: who can more than a question asks answers right more often. */
export function byAbility({ chance }: Member, ability: Ability, at: Date, calendar: Calendar) {
  return ({ competence_code, level }: CatalogueQuestion) =>
    chance.happens(chanceRight(ability.at(competence_code ?? '', at, calendar), level ?? 2, GUESS));
}

/** One attempt at a quiz from the first answer to handing in, with the evidence that the product draws from it. */
export function sitQuiz(
  rows: Rows,
  member: Member,
  { lesson, questions, number, at, seen, isRight }: Sitting,
): SatQuiz {
  const { chance } = member;
  const ours = { organisation_id: member.organisationId, person_id: member.id };
  const attempt_id = chance.uuid();
  const answers = questions.map((question, index) => {
    const chosen = choose(chance, question, isRight(question));
    const points = scoreAnswer(question, chosen);
    return {
      question,
      chosen,
      points,
      dont_know: chosen.length === 0,
      at: later(at, { seconds: SECONDS_FOR_ONE * (index + 1) }),
    };
  });
  const submitted = later(at, { seconds: SECONDS_FOR_ONE * (questions.length + 1) });
  rows.add('quiz_attempts', {
    id: attempt_id,
    ...ours,
    quiz_id: lesson.quiz_id,
    number,
    language: member.language,
    started_at: at,
    submitted_at: submitted,
    points: answers.reduce((sum, { points }) => sum + points, 0),
    points_possible: questions.length,
  });
  for (const { question, chosen, points, dont_know, at: answered_at } of answers)
    rows.add('quiz_answers', {
      id: chance.uuid(),
      ...ours,
      attempt_id,
      question_id: question.id,
      chosen,
      dont_know,
      points: Math.round(points * 1000) / 1000,
      answered_at,
      given_at: answered_at,
    });

  const counted = answers.filter(({ question, at: answered }) => !lately(seen.get(question.id), answered));
  for (const { question, at: answered } of answers) seen.set(question.id, answered);
  return {
    submitted,
    allRight: answers.every(({ points }) => points === 1),
    observations: quizEvidence(counted.map(firstAnswer)).map((evidence) => ({
      ...evidence,
      source: 'quiz',
      help_level: null,
      observed_at: submitted,
      recorded_by: member.id,
      origin_type: 'quiz_attempt',
      origin_id: attempt_id,
      note: '',
    })),
  };
}

const lately = (before: Date | undefined, now: Date) =>
  before !== undefined && later(before, { days: SAME_QUESTION_DAYS }) > now;

function firstAnswer({
  question,
  points,
  dont_know,
}: {
  question: CatalogueQuestion;
  points: number;
  dont_know: boolean;
}): FirstAnswer {
  return { competence_code: question.competence_code, level: question.level, points, dont_know };
}

/** Keys of a right choice, of a believable wrong one, or none for "I don't know". */
function choose(chance: Chance, { type, options }: CatalogueQuestion, right: boolean): string[] {
  const correct = options.filter(({ is_correct }) => is_correct).map(({ key }) => key);
  if (right) return correct;
  if (chance.happens(0.25)) return [];
  const wrong = options.filter(({ is_correct }) => !is_correct).map(({ key }) => key);
  const picked = wrong.length > 0 ? [chance.pick(wrong)] : [];
  return type === 'multi' && correct.length > 1 ? [...correct.slice(0, -1), ...picked].sort() : picked;
}
