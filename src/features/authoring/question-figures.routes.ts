import { z } from 'zod';
import { together } from '../../lib/db';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { AUDIENCES } from '../organisations/organisations.policy';
import { selectQuestionFigures } from '../quizzes/question-figures.model';
import { questionStory } from '../quizzes/question-story';
import { selectQuestions } from '../quizzes/quizzes.model';
import { writers } from './authoring.policy';
import { selectOwnQuizzes } from './question-figures.queries';

/** How the questions of the organisation's own quizzes work, for those who write and sign them. */
export const questionFigures = new Routes('/write/questions');

questionFigures.get('/', writers, async (req, res) => {
  const { rows: quizzes } = await selectOwnQuizzes(req.actor);
  res.render('authoring/figures-list', { quizzes });
});

questionFigures.get('/:lesson', writers, async (req, res) => {
  const lesson = found(z.uuid().safeParse(req.params.lesson).data);
  const quiz = found((await selectOwnQuizzes(req.actor, lesson)).rows[0]);
  const asked = { quizId: quiz.quiz_id, language: req.actor.content_language, audiences: [...AUDIENCES] };
  const [{ rows: questions }, { rows: figures }] = await together(
    selectQuestions({ ...asked, options: 'all' }),
    selectQuestionFigures(quiz.quiz_id),
  );
  const byId = new Map(figures.map((one) => [one.question_id, one]));
  res.render('authoring/figures', { quiz, stories: questions.map((one) => questionStory(one, byId.get(one.id))) });
});
