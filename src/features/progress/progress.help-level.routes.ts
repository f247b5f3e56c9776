import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { keepOnDevice } from '../../lib/device';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { wayOnFrom } from './lesson-pages';
import { readLesson } from './progress.queries';
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
  const { href, isDone } = await wayOn(req, lesson.quiz_id);
  res.redirect(303, isDone ? href : `${href}?saved=help-level`);
});

async function render(req: Request, res: Response, errors: FieldErrors = {}) {
  keepOnDevice(req, res);
  const { lesson, titles } = await readLessonTitles(req.actor, req.params as { course: string; lesson: string });
  const base = `/learn/${req.params.course}/${req.params.lesson}`;
  res.render('quizzes/how-it-went', {
    titles,
    base,
    after: (await wayOn(req, lesson.quiz_id)).href,
    answerId: randomUUID(),
    errors,
  });
}

/** A quiz goes on to its result, a lesson that is done to the next one; one not yet done stays open. */
async function wayOn({ actor, params }: Request, quizId: string | null): Promise<{ href: string; isDone: boolean }> {
  const here = `/learn/${params.course}/${params.lesson}`;
  if (quizId) return { href: `${here}/result`, isDone: true };
  const { lesson, stops } = found(await readLesson(actor, String(params.course), String(params.lesson)));
  const isDone = lesson.completed_at !== null;
  return { href: isDone ? wayOnFrom(lesson, stops) : here, isDone };
}
