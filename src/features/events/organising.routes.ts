import { db } from '../../lib/db';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { authors, signedIn } from '../organisations/organisations.policy';
import { markAttendance } from './attendance.service';
import { selectParts } from './events.model';
import { ExpertForm, NotesForm, PartForm } from './events.schema';
import { loadKept } from './load';
import { renderOrganise } from './organise.page';
import { addPart, removePart, saveExpert, saveNotes, talkToLesson } from './parts.service';

/** What organisers do: agenda, talks, materials, outcomes, notes, who came, and invited experts. */
export const organising = new Routes('/events');

organising.get('/:event/organise', signedIn, (req, res) => renderOrganise(req, res));

organising.post('/:event/parts', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const form = readForm(PartForm, req.body);
  if (!form.ok) return renderOrganise(req, res.status(422), form.values, form.errors);
  const answer = await addPart(req.actor, event, form.value);
  if (answer === 'views-only')
    return renderOrganise(req, res.status(422), req.body, { outcome: 'events.error.viewsOnly' });
  if (answer.length > 0)
    return renderOrganise(req, res.status(422), req.body, { anyway: 'events.error.clash' }, answer);
  res.redirect(303, `/events/${event.id}/organise#parts`);
});

organising.post('/:event/parts/:part/remove', signedIn, async (req, res) => {
  const event = await loadKept(req);
  found((await removePart(req.actor, event, String(req.params.part))) || undefined);
  res.redirect(303, `/events/${event.id}/organise#parts`);
});

organising.post('/:event/parts/:part/lesson', authors, async (req, res) => {
  const event = await loadKept(req);
  const part = found((await selectParts(event.id)).find(({ id, kind }) => id === req.params.part && kind === 'talk'));
  const course = db()
    .table('courses')
    .where({ organisation_id: event.organisation_id })
    .whereRaw('id::text = ?', [String(req.body?.course)]);
  const { id } = found<{ id: string }>(await course.first('id'));
  res.redirect(303, `/write/drafts/${await talkToLesson(req.actor, part, id)}`);
});

organising.post('/:event/notes', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const form = readForm(NotesForm, req.body);
  if (!form.ok) return renderOrganise(req, res.status(422), form.values, form.errors);
  await saveNotes(req.actor, event, form.value);
  res.redirect(303, `/events/${event.id}#notes`);
});

organising.post('/:event/attendance', signedIn, async (req, res) => {
  const event = await loadKept(req);
  await markAttendance(req.actor, event, new Set([req.body?.attended ?? []].flat().map(String)));
  res.redirect(303, `/events/${event.id}/organise#people`);
});

organising.post('/:event/experts', signedIn, async (req, res) => {
  const event = await loadKept(req);
  const form = readForm(ExpertForm, req.body);
  if (!form.ok) return renderOrganise(req, res.status(422), form.values, form.errors);
  await saveExpert(req.actor, event, form.value);
  res.redirect(303, `/events/${event.id}/organise#experts`);
});
