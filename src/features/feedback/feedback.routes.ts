import type { Request, Response } from 'express';
import { noonOf } from '../../lib/calendar';
import { keepOnDevice } from '../../lib/device';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { policy, Routes } from '../../lib/routes';
import { findPublishedLesson } from '../courses/courses.model';
import { lessonTitle } from '../notebook/notebook.model';
import { isAdministrator, isAuthor, isForAudience, isReviewer, signedIn } from '../organisations/organisations.policy';
import { findFeedback, USEFUL, WHAT } from './feedback.model';
import { readVoices } from './feedback.queries';
import { FirstPress, SecondPress } from './feedback.schema';
import { giveFeedback, takeFeedbackBack } from './feedback.service';

/** What a learner thinks of a lesson, in two presses. */
export const feedback = new Routes('/learn');
const HERE = '/:course/:lesson/feedback';

feedback.get(HERE, signedIn, (req, res) => {
  keepOnDevice(req, res);
  return render(req, res);
});

feedback.post(HERE, signedIn, async (req, res) => {
  const lesson = await readLesson(req);
  const form = readForm(FirstPress, req.body);
  if (!form.ok) return render(req, res.status(422), form.errors);
  // Kept at the first press: who goes away before the second has said the main thing.
  await giveFeedback(req.actor, lesson, form.value);
  res.redirect(303, addressOf(req));
});

feedback.post(`${HERE}/what`, signedIn, async (req, res) => {
  const lesson = await readLesson(req);
  const form = readForm(SecondPress, req.body);
  if (!form.ok) return render(req, res.status(422), form.errors, form.values);
  await giveFeedback(req.actor, lesson, form.value);
  res.redirect(303, `${addressOf(req)}?saved=yes`);
});

feedback.post(`${HERE}/removal`, signedIn, async (req, res) => {
  await takeFeedbackBack(req.actor, await readLesson(req));
  res.redirect(303, `${addressOf(req)}?saved=removed`);
});

const makers = policy('makers', (req) => {
  return isAuthor(req.visitor) || isReviewer(req.visitor) || isAdministrator(req.visitor);
});

/** What was said of an organisation's own lessons, for those who make them. */
export const voices = new Routes('/write/feedback');

voices.get('/', makers, async (req, res) => {
  res.render('feedback/voices', { lessons: await readVoices(req.actor), noonOf });
});

async function render(req: Request, res: Response, errors: FieldErrors = {}, typed: Record<string, unknown> = {}) {
  const lesson = await readLesson(req);
  const given = await findFeedback(req.actor, lesson.id);
  res.render('feedback/feedback', {
    lesson,
    here: addressOf(req),
    given,
    USEFUL,
    WHAT,
    values: { what: given?.what ?? [], words: given?.words ?? '', ...typed },
    errors,
    saved: req.query.saved,
  });
}

/** The lesson that the feedback is of, and whose it is. Throws 404 for what the actor may not open. */
async function readLesson(req: Request) {
  const { course, lesson: slug } = req.params as { course: string; lesson: string };
  const lesson = found(await findPublishedLesson(req.actor.organisation_id, course, slug));
  found(isForAudience(req.actor, lesson.audience) || undefined);
  return { ...lesson, owner_id: lesson.organisation_id, title: await lessonTitle(req.actor, lesson.id) };
}

const addressOf = (req: Request) => `/learn/${req.params.course}/${req.params.lesson}/feedback`;
