import type { Request } from 'express';
import { found } from '../../lib/guards';
import { originOf } from '../../lib/origin';
import { Routes } from '../../lib/routes';
import { findPublishedLesson } from '../courses/courses.model';
import { recordStatement, saveState } from '../h5p/h5p.service';
import { isForAudience, signedIn } from '../organisations/organisations.policy';
import { completeLesson } from './progress.service';

/** What the page of an H5P lesson tells while the person is at work in it. */
export const h5pLessons = new Routes('/learn');

h5pLessons.post('/:course/:lesson/statements', signedIn, async (req, res) => {
  const { lesson, contentId } = await taskOf(req);
  const answer = await recordStatement(req.actor, contentId, req.body, originOf(req));
  // The lesson is done; that is all. A score from the browser can be forged and shows no skill (see recordStatement).
  if (answer.completed) await completeLesson(req.actor, lesson);
  res.json(answer);
});

h5pLessons.post('/:course/:lesson/state', signedIn, async (req, res) => {
  const { contentId } = await taskOf(req);
  await saveState(req.actor, contentId, req.body);
  res.json({ saved: true });
});

async function taskOf(req: Request) {
  const { course, lesson: slug } = req.params;
  const lesson = found(await findPublishedLesson(req.actor.organisation_id, String(course), String(slug)));
  const contentId = found(isForAudience(req.actor, lesson.audience) ? lesson.h5p_content_id : undefined);
  return { lesson, contentId };
}
