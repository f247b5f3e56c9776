import { quizEvidenceLevel } from '../skills/mastery';

/** Fewer first answers than this on a competence are feedback only. */
export const LEAST_ANSWERS = 3;
/** The same question is not counted again within this time. */
export const SAME_QUESTION_DAYS = 30;

/** How the first answer to a question went, before the person had seen the safe way. */
export interface FirstAnswer {
  competence_code: string | null;
  level: number | null;
  /** Null when the question was left unanswered. */
  points: number | null;
  dont_know: boolean;
}

export interface QuizEvidence {
  competence_code: string;
  level: number;
  /** Right ones of all that were counted, 0..1. */
  share_right: number;
}

/**
 * What a handed-in quiz tells of each competence, by the mastery rule. The target is the most common level of the
 * competence's questions, the lower of equally common ones. A question left unanswered counts as "I don't know":
 * otherwise answering only the sure ones would prove more than answering all. Competences with fewer than
 * LEAST_ANSWERS answers, or less than half right, are left out: they are feedback only.
 */
export function quizEvidence(answers: readonly FirstAnswer[]): QuizEvidence[] {
  const counted = answers.filter((answer) => answer.competence_code !== null && answer.level !== null);
  return [...Map.groupBy(counted, ({ competence_code }) => competence_code as string)].flatMap(([code, group]) => {
    if (group.filter(({ points }) => points !== null).length < LEAST_ANSWERS) return [];
    const right = group.filter(({ points }) => points === 1).length;
    const unknown = group.filter(({ points, dont_know }) => points === null || dont_know).length;
    const result = { right, unknown, wrong: group.length - right - unknown };
    const level = quizEvidenceLevel(result, mostCommon(group.map((answer) => answer.level as number)));
    return level === null ? [] : [{ competence_code: code, level, share_right: right / group.length }];
  });
}

function mostCommon(levels: readonly number[]): number {
  const count = (level: number) => levels.filter((other) => other === level).length;
  return levels.reduce((best, level) => {
    const difference = count(level) - count(best);
    return difference > 0 || (difference === 0 && level < best) ? level : best;
  });
}
