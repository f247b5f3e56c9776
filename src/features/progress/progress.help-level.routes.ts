import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { readLessonTitles } from './progress.quiz.queries';
import { HelpLevelForm } from './progress.quiz.schema';
import { keepHelpLevel } from './progress.quiz.service';

/** "How did it go?" after a lesson of any kind. Skipping it is a link, not an answer. */
export const helpLevelPages = new Routes('/learn');

helpLevelPages.get('/:course/:lesson/help-level', signedIn, (req, res) => render(req, res));

helpLevelPages.post('/:course/:lesson/help-level', signedIn, async (req, res) => {
  const form = readForm(HelpLevelForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.errors);

  const { lesson } = await readLessonTitles(req.actor, req.params as { course: string; lesson: string });
  await keepHelpLevel(req.actor, lesson, form.value.help_level, form.value.answer_id);
  res.redirect(303, after(req, lesson.quiz_id));
});

async function render(req: Request, res: Response, errors: FieldErrors = {}) {
  const { lesson, titles } = await readLessonTitles(req.actor, req.params as { course: string; lesson: string });
  const base = `/learn/${req.params.course}/${req.params.lesson}`;
  res.render('quizzes/how-it-went', {
    titles,
    base,
    after: after(req, lesson.quiz_id),
    answerId: randomUUID(),
    errors,
  });
}

/** A quiz goes on to its result, another lesson to its course. */
const after = ({ params }: Request, quizId: string | null) =>
  quizId ? `/learn/${params.course}/${params.lesson}/result` : `/learn/${params.course}`;
