import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { findObserved } from './observing.queries';
import { ObservationForm } from './observing.schema';
import { observe } from './observing.service';
import { frameworkWords, wordsLanguage } from './skills.model';
import { canObserve, supervises } from './skills.policy';

export const observing = new Routes('/skills/observe');

observing.get('/:person', signedIn, async (req, res) => {
  const { person, skills, profile } = await load(req);
  const team = person.team_ids.find((id) => req.actor.supervised_teams.includes(id));
  const back = team && `/team/${team}/people/${person.id}`;
  res.render('skills/observe/choose', { person, skills, profile, back, saved: req.query.saved });
});

observing.get('/:person/:code', signedIn, async (req, res) => {
  await renderForm(req, res, { key: randomUUID(), done_on: dayOf(new Date()) });
});

observing.post('/:person/:code', signedIn, async (req, res) => {
  const { person, competence } = await loadSkill(req);
  const form = readForm(ObservationForm, req.body);
  if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors);
  if (!(await observe(req.actor, person, competence, form.value)))
    return renderForm(req, res.status(422), req.body, { seen: 'skills.observe.seen.missing' });
  res.redirect(303, `/skills/observe/${person.id}?saved=${competence.code}`);
});

/** The person and the skills of their agreed target profile: nothing else may be observed. */
async function load(req: Request) {
  const person = found(await findObserved(req.actor.organisation_id, String(req.params.person)));
  authorize(canObserve(req.actor, person));
  await recordLooks(req.actor, 'observe', [person.id]);
  const words = await frameworkWords(wordsLanguage(req.actor));
  const targets = words.targets.get(person.target_profile ?? '');
  const skills = [...words.competences.values()].filter(({ code }) => targets?.has(code));
  return { person, skills, profile: words.profiles.get(person.target_profile ?? '') };
}

async function loadSkill(req: Request) {
  const { person, skills } = await load(req);
  return { person, competence: found(skills.find(({ code }) => code === req.params.code)) };
}

async function renderForm(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const { person, competence } = await loadSkill(req);
  const isSupervisor = supervises(req.actor, person);
  res.render('skills/observe/form', { person, competence, isSupervisor, today: dayOf(new Date()), values, errors });
}
