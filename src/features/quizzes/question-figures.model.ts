import { db } from '../../lib/db';
import type { QuestionFigures } from './question-story';
import type { Rows } from './quizzes.model';

/** The figures of a quiz's present questions, in one query. None of another organisation's quiz. */
export function selectQuestionFigures(quizId: string): Rows<QuestionFigures> {
  return db().raw('select * from question_figures(?)', [quizId]);
}
