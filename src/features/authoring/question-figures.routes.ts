import { z } from 'zod';
import { together } from '../../lib/db';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { AUDIENCES } from '../organisations/organisations.policy';
import { selectTallies, selectWaiting } from '../quizzes/question-figures.model';
import { countWaiting } from '../quizzes/question-figures.service';
import { missedBy, questionStory } from '../quizzes/question-story';
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
  const [{ rows: questions }, { rows: known }, { rows: waiting }] = await together(
    selectQuestions({ ...asked, options: 'all' }),
    selectTallies(req.actor.organisation_id, quiz.quiz_id),
    selectWaiting(quiz.quiz_id),
  );
  const isGrown = waiting.length > 0;
  const figures = isGrown ? await countWaiting(req.actor.organisation_id, quiz.quiz_id, questions) : known;
  const byId = new Map(figures.map((one) => [one.question_id, one]));
  const stories = questions.map((one) => questionStory(one, byId.get(one.id)));
  const missed = stories.map((story) => ({ story, tenths: missedBy(story) })).filter(({ tenths }) => tenths);
  res.render('authoring/figures', { quiz, stories, missed });
});
