import { db } from '../../lib/db';
import type { Rows } from './quizzes.model';

/** How a question was answered, by people together. There is none of a question that fewer than five have answered. */
export interface QuestionFigures {
  question_id: string;
  people: number;
  /** The mean of points at the first answer, 0..1. */
  points: number;
  /** Correlation of its points with those of the quiz's other questions, -1..1; null where all answered alike. */
  agreement: number | null;
  /** How many gave each answer, by the labels of `tallyOf`. Small numbers are in it: for `questionStory` only. */
  labels: Record<string, number>;
}

/** The figures of a quiz's present questions, in one query. None of another organisation's quiz. */
export function selectQuestionFigures(quizId: string): Rows<QuestionFigures> {
  return db().raw('select * from question_figures(?)', [quizId]);
}
