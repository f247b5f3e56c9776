import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { standingOf } from './responses.model';
import { explain, withdraw } from './responses.service';
import { listAnswered } from './results.queries';
import { ExplainForm } from './results.schema';
import { frameworkWords, wordsLanguage } from './skills.model';
import { canSeeAnswered } from './skills.policy';

/** What people answered to notes about them: for those who made the notes, and for supervisors where they may see the note. */
export const answers = new Routes('/skills/answers');

answers.get('/', signedIn, async (req, res) => {
  const { notes, competences } = await load(req);
  res.render('skills/answers/list', { notes, competences, standingOf });
});

answers.get('/:observation', signedIn, (req, res) => renderOne(req, res));

answers.post('/:observation/explanation', signedIn, async (req, res) => {
  const { note } = await loadOne(req);
  authorize(note.recorded_by === req.actor.id);
  const form = readForm(ExplainForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), form.values, form.errors);
  const done = await explain(req.actor, note.id, form.value.explanation);
  res.redirect(303, `/skills/answers/${note.id}?saved=${done ? 'explained' : 'settled'}`);
});

answers.post('/:observation/withdrawal', signedIn, async (req, res) => {
  const { note } = await loadOne(req);
  authorize(note.recorded_by === req.actor.id);
  const done = await withdraw(req.actor, note.id);
  res.redirect(303, `/skills/answers/${note.id}?saved=${done ? 'withdrawn' : 'settled'}`);
});

async function load(req: Request) {
  const [{ rows }, words] = [await listAnswered(req.actor), await frameworkWords(wordsLanguage(req.actor))];
  const required = (profile: string | null) => words.targets.get(profile ?? '');
  const notes = rows.filter((note) => canSeeAnswered(req.actor, note, required(note.target_profile)));
  return { notes, competences: words.competences };
}

async function loadOne(req: Request) {
  const { notes, competences } = await load(req);
  const note = found(notes.find(({ id }) => id === req.params.observation));
  return { note, competence: competences.get(note.competence_code) };
}

async function renderOne(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const { note, competence } = await loadOne(req);
  const isRater = note.recorded_by === req.actor.id;
  res.render('skills/answers/one', {
    note,
    competence,
    isRater,
    standing: standingOf(note),
    values,
    errors,
    saved: req.query.saved,
  });
}
