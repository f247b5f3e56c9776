import type { Request } from 'express';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { findPublishedLesson, findVisibleCourse } from '../courses/courses.model';
import { isForAudience, signedIn } from '../organisations/organisations.policy';
import { deleteBookmark, insertBookmark, selectBookmarks } from './notebook.model';
import { BookmarkForm } from './notebook.schema';

/** Courses and lessons that a person keeps to come back to. */
export const bookmarks = new Routes('/bookmarks');

const SHOWN = 200;

bookmarks.get('/', signedIn, async (req, res) => {
  const { rows } = await selectBookmarks(req.actor, SHOWN);
  const undo = req.query.course
    ? { course: String(req.query.course), lesson: String(req.query.lesson ?? '') }
    : undefined;
  res.render('notebook/bookmarks', { bookmarks: rows, undo });
});

bookmarks.post('/', signedIn, async (req, res) => {
  const { course, lesson, form } = await placeIn(req);
  await insertBookmark(req.actor, course.id, lesson?.id ?? null);
  res.redirect(303, form.from === 'list' ? '/bookmarks' : `${addressOf(form)}?kept=yes`);
});

bookmarks.post('/removal', signedIn, async (req, res) => {
  const { course, lesson, form } = await placeIn(req);
  await deleteBookmark(req.actor, course.id, lesson?.id ?? null);
  const removed = new URLSearchParams({ course: form.course, lesson: form.lesson ?? '' });
  res.redirect(303, form.from === 'list' ? `/bookmarks?${removed}` : `${addressOf(form)}?kept=no`);
});

/** The course, and the lesson when one is named. Throws 404 for what the actor may not open. */
async function placeIn(req: Request) {
  const read = readForm(BookmarkForm, req.body);
  const form = found(read.ok ? read.value : undefined);
  const { organisation_id } = req.actor;
  const course = found(await findVisibleCourse(organisation_id, form.course));
  const lesson = form.lesson ? found(await findPublishedLesson(organisation_id, form.course, form.lesson)) : undefined;
  if (lesson) found(isForAudience(req.actor, lesson.audience) || undefined);
  return { course, lesson, form };
}

const addressOf = ({ course, lesson }: { course: string; lesson?: string | undefined }) =>
  lesson ? `/learn/${course}/${lesson}` : `/learn/${course}`;
