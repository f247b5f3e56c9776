import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { findPublishedLesson } from '../courses/courses.model';
import { isForAudience, signedIn } from '../organisations/organisations.policy';
import { deleteNote, findNote, insertNote, lessonTitle, selectNotes, setNote } from './notebook.model';
import { NoteChange, NoteForm, NoteQuery } from './notebook.schema';

/** Where a note is written: under the lesson that it is about. */
export const lessonNotes = new Routes('/learn');

/** A person's own notes. Every row is read by its owner only, here and in the database. */
export const notes = new Routes('/notes');

notes.get('/', signedIn, async (req, res) => {
  const { q } = NoteQuery.parse(req.query);
  const { rows } = await selectNotes(req.actor, q);
  res.render('notebook/notes', { notes: rows, q, saved: req.query.saved });
});

notes.get('/:note', signedIn, async (req, res) => {
  const note = found(await findNote(req.actor, idOf(req)));
  res.render('notebook/note', { note, about: note.about, values: { body: note.body }, errors: {} });
});

notes.post('/:note', signedIn, async (req, res) => {
  const note = found(await findNote(req.actor, idOf(req)));
  const form = readForm(NoteChange, req.body);
  if (!form.ok) {
    return res
      .status(422)
      .render('notebook/note', { note, about: note.about, values: form.values, errors: form.errors });
  }
  await setNote(req.actor, note.id, form.value.body);
  res.redirect(303, '/notes?saved=changed');
});

notes.post('/:note/removal', signedIn, async (req, res) => {
  const note = found(await findNote(req.actor, idOf(req)));
  await deleteNote(req.actor, note.id);
  res.redirect(303, '/notes?saved=removed');
});

lessonNotes.get('/:course/:lesson/note', signedIn, async (req, res) => {
  const { lesson, course } = await lessonIn(req);
  const values = { id: randomUUID(), course, lesson: lesson.slug, spot: '' };
  res.render('notebook/note', { note: undefined, about: await lessonTitle(req.actor, lesson.id), values, errors: {} });
});

lessonNotes.post('/:course/:lesson/note', signedIn, async (req, res) => {
  const { lesson, course } = await lessonIn(req);
  const about = await lessonTitle(req.actor, lesson.id);
  const form = readForm(NoteForm, req.body);
  if (!form.ok) {
    const values = { ...form.values, id: randomUUID(), course, lesson: lesson.slug };
    return res.status(422).render('notebook/note', { note: undefined, about, values, errors: form.errors });
  }
  const { id, body, spot } = form.value;
  await insertNote(req.actor, { id, body, spot, about, lesson_id: lesson.id });
  res.redirect(303, `/learn/${course}/${lesson.slug}?note=saved${spot ? `#${spot}` : ''}`);
});

/** The lesson that a note is about. Throws 404 for one that the actor may not open. */
async function lessonIn(req: Request) {
  const slug = String(req.params.course);
  const row = found(await findPublishedLesson(req.actor.organisation_id, slug, String(req.params.lesson)));
  found(isForAudience(req.actor, row.audience) || undefined);
  return { lesson: row, course: slug };
}

const idOf = (req: Request) => String(req.params.note);
