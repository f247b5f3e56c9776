import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { contentLanguages } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { signedIn } from '../organisations/organisations.policy';
import { pastMoments } from './looking-back.queries';
import { optionsOf, selfAssessedLevel } from './self-assessment';
import { answersForm } from './self-assessment.schema';
import { LOOKING_BACK } from './skill-story';
import { frameworkWords, starters, wordsLanguage } from './skills.model';
import { recordObservation } from './skills.service';

/** "Looking back, how well could you do this before?": an own view of an earlier time, in the same questions as one of today. */
export const lookingBack = new Routes('/skills/looking-back');

lookingBack.get('/', signedIn, async (req, res) => {
  const skills = starters(await frameworkWords(wordsLanguage(req.actor)));
  res.render('skills/back/choose', { skills });
});

lookingBack.get('/:code', signedIn, (req, res) => render(req, res));

lookingBack.post('/:code', signedIn, async (req, res) => {
  const { competence, moments } = await load(req);
  const moment = moments.find(({ key }) => key === req.body?.moment);
  const form = readForm(answersForm(competence), req.body);
  const errors: FieldErrors = form.ok ? {} : { ...form.errors };
  if (!moment) errors.moment = 'skills.back.moment.missing';
  const answers = form.ok ? form.value.answers : new Map<string, number | null>();
  const items = competence.selfItems.map(({ code, kind }) => ({ kind, value: answers.get(code) ?? null }));
  const level = selfAssessedLevel(items);
  if (form.ok && level === null) errors[competence.selfItems[0]?.code ?? 'form'] = 'skills.back.nothing';
  if (!moment || level === null || !form.ok) return render(req, res.status(422), req.body, errors);

  await recordObservation(req.actor, {
    person_id: req.actor.id,
    competence_code: competence.code,
    source: 'self',
    level,
    observed_at: moment.at,
    origin_type: LOOKING_BACK,
    origin_id: moment.key,
  });
  res.redirect(303, `/skills/${competence.code}?saved=back#own-views`);
});

async function load(req: Request) {
  const words = await frameworkWords(wordsLanguage(req.actor));
  const competence = found(words.competences.get(String(req.params.code)));
  found(competence.selfItems[0]);
  const languages = contentLanguages(req.actor.content_language);
  const { rows: moments } = await pastMoments(req.actor, competence.code, languages);
  return { words, competence, moments };
}

async function render(req: Request, res: Response, values: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const { words, competence, moments } = await load(req);
  const questions = competence.selfItems.map(({ code, kind, text }) => ({
    code,
    text,
    options: optionsOf(words.answers, kind),
  }));
  res.render('skills/back/skill', { competence, moments, questions, values, errors });
}
