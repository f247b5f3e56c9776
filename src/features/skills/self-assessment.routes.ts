import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { optionsOf } from './self-assessment';
import { type AskedPage, indexOfPage, pagesOf } from './self-assessment.pages';
import { answersForm } from './self-assessment.schema';
import {
  discardSelfAssessment,
  handInSelfAssessment,
  keepAnswers,
  readOpenAssessment,
  startSelfAssessment,
} from './self-assessments.service';
import { frameworkWords, starters, wordsLanguage } from './skills.model';

export const selfAssessment = new Routes('/skills/self-assessment');
const HOME = '/skills/self-assessment';

selfAssessment.get('/', signedIn, async (req, res) => {
  const [open, words] = [await readOpenAssessment(req.actor), await wordsOf(req.actor)];
  res.render('skills/self/start', { open, progress: progressOf(words, open), skills: starters(words) });
});

selfAssessment.post('/', signedIn, async (req, res) => {
  await startSelfAssessment(req.actor);
  const { answers } = found(await readOpenAssessment(req.actor));
  const pages = pagesFor(res, await wordsOf(req.actor));
  const next = pages.find(({ items }) => !items.some(({ code }) => answers.has(code)));
  res.redirect(303, next?.href ?? `${HOME}/ready`);
});

selfAssessment.post('/discard', signedIn, async (req, res) => {
  await discardSelfAssessment(req.actor);
  res.redirect(303, HOME);
});

selfAssessment.get('/ready', signedIn, async (req, res) => {
  const open = await readOpenAssessment(req.actor);
  if (!open) return res.redirect(303, HOME);
  res.render('skills/self/ready', { progress: progressOf(await wordsOf(req.actor), open), errors: {} });
});

selfAssessment.post('/ready', signedIn, async (req, res) => {
  const words = await wordsOf(req.actor);
  if (await handInSelfAssessment(req.actor, starters(words))) return res.redirect(303, '/skills?saved=self');
  const open = await readOpenAssessment(req.actor);
  if (!open) return res.redirect(303, '/skills');
  const errors = { form: 'skills.self.ready.nothing' };
  res.status(422).render('skills/self/ready', { progress: progressOf(words, open), errors });
});

selfAssessment.get('/:code', signedIn, async (req, res) => {
  const open = await readOpenAssessment(req.actor);
  if (!open) return res.redirect(303, HOME);
  const values = [...open.answers].map(([code, value]) => [code, value === null ? 'skip' : value]);
  await renderSkill(req, res, Object.fromEntries(values));
});

selfAssessment.post('/:code', signedIn, async (req, res) => {
  const words = await wordsOf(req.actor);
  const pages = pagesFor(res, words);
  const index = indexOfPage(pages, req.params.code, req.query.item);
  const { competence } = found(pages[index]);
  const form = readForm(answersForm(competence), req.body);
  if (!form.ok) return renderSkill(req, res.status(422), form.values, form.errors);
  const open = await readOpenAssessment(req.actor);
  if (!open) return res.redirect(303, HOME);

  await keepAnswers(open.assessment, competence, form.value.answers);
  const places = { back: pages[index - 1]?.href, forward: pages[index + 1]?.href ?? `${HOME}/ready` };
  if (form.value.go === 'keep') return res.sendStatus(204);
  if (form.value.go === 'stop') return res.redirect(303, req.actor.look.simple_mode ? '/stop' : '/skills');
  res.redirect(303, places[form.value.go] ?? `${HOME}/`);
});

async function renderSkill(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const words = await wordsOf(req.actor);
  const pages = pagesFor(res, words);
  const index = indexOfPage(pages, req.params.code, req.query.item);
  const { competence, items, href, item } = found(pages[index]);
  const all = starters(words);
  const skill = all.indexOf(competence);
  const options = (kind: string) => optionsOf(words.answers, kind);
  const questions = items.map(({ code, kind, text }) => ({ code, text, options: options(kind) }));
  res.render('skills/self/skill', {
    ...{ competence, here: href, item, items: competence.selfItems.length, index: skill, total: all.length },
    ...{ questions, values, errors },
  });
}

type Words = Awaited<ReturnType<typeof frameworkWords>>;

/** All pages; in simple mode each asks one thing. */
const pagesFor = (res: Response, words: Words): AskedPage[] =>
  pagesOf(starters(words), HOME, Boolean(res.locals.simple));

const wordsOf = (actor: Actor) => frameworkWords(wordsLanguage(actor));

/** How many items of each skill have been answered or skipped. */
function progressOf(words: Words, open: Awaited<ReturnType<typeof readOpenAssessment>>) {
  return starters(words).map(({ code, plain_name, selfItems }) => ({
    code,
    plain_name,
    total: selfItems.length,
    given: selfItems.filter((item) => open?.answers.has(item.code)).length,
    skipped: selfItems.filter((item) => open?.answers.get(item.code) === null).length,
  }));
}
