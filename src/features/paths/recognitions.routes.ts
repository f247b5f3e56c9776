import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, message, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { policy, Routes } from '../../lib/routes';
import { severalLines } from '../../lib/text';
import { recordLooks } from '../audit/looks.model';
import { isReviewer, isSupervisor, signedIn } from '../organisations/organisations.policy';
import { ownPath } from './own-paths.service';
import { findOwnRecognition, findRecognition } from './recognitions.model';
import { selectAskedOf, selectJudges } from './recognitions.queries';
import { askRecognition, judgeRecognition, withdrawRecognition } from './recognitions.service';

const words = (missing: 'paths.recognition.story.missing' | 'paths.recognition.reason.missing', longest: number) =>
  z
    .string(message(missing))
    .transform(severalLines)
    .pipe(z.string().min(1, message(missing)).max(longest, message('paths.recognition.long')));

const AskForm = z.object({
  id: z.uuid().catch(() => randomUUID()),
  story: words('paths.recognition.story.missing', 5000),
  judge: z.uuid(message('paths.recognition.judge.missing')),
});
const JudgeForm = z.object({
  counts: z.enum(['yes', 'no'], message('paths.recognition.counts.missing')),
  reason: words('paths.recognition.reason.missing', 2000),
});

/** Asking that what was learnt before counts for a step of one's path. */
export const recognising = new Routes('/paths');
const HERE = '/:path/steps/:step/recognition';

recognising.get(HERE, signedIn, (req, res) => render(req, res));

recognising.post(HERE, signedIn, async (req, res) => {
  const { step, judges } = await load(req);
  const form = readForm(AskForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  const { id, story, judge } = form.value;
  if (!judges.some((choice) => choice.id === judge)) {
    return render(req, res.status(422), form.value, { judge: 'paths.recognition.judge.missing' });
  }
  if (step.finish === null) await askRecognition(req.actor, { id, story, judge_id: judge, step_id: step.id });
  res.redirect(303, `${addressOf(req)}?saved=asked`);
});

recognising.post(`${HERE}/withdraw`, signedIn, async (req, res) => {
  const { step } = await load(req);
  const asked = found(await findOwnRecognition(req.actor, step.id));
  await withdrawRecognition(asked);
  res.redirect(303, `${addressOf(req)}?saved=withdrawn`);
});

const judgesOfPaths = policy('judgesOfPaths', (req) => isSupervisor(req.visitor) || isReviewer(req.visitor));

/** What learners asked the reader to judge. Only the one who was asked finds it, whatever the others' roles. */
export const recognitions = new Routes('/recognitions');

recognitions.get('/', judgesOfPaths, async (req, res) => {
  res.render('paths/recognitions', { asked: await selectAskedOf(req.actor, null), saved: req.query.saved });
});

recognitions.get('/:recognition', judgesOfPaths, async (req, res) => {
  const { shown } = await loadAsked(req);
  await recordLooks(req.actor, 'evidence', [shown.person_id]);
  res.render('paths/recognition-judge', { shown, values: {}, errors: {} });
});

recognitions.post('/:recognition', judgesOfPaths, async (req, res) => {
  const { shown, recognition } = await loadAsked(req);
  const form = readForm(JudgeForm, req.body);
  if (!form.ok) {
    const page = { shown, values: form.values, errors: form.errors };
    return res.status(422).render('paths/recognition-judge', page);
  }
  const { counts, reason } = form.value;
  await judgeRecognition(req.actor, recognition, { counts: counts === 'yes', reason });
  res.redirect(303, '/recognitions?saved=yes');
});

async function loadAsked(req: Request) {
  const id = found(z.uuid().safeParse(req.params.recognition).data);
  const [shown] = await selectAskedOf(req.actor, id);
  return { shown: found(shown), recognition: found(await findRecognition(req.actor.organisation_id, id)) };
}

/** A step that is the reader's own and can be opened, and whom they may ask. */
async function load(req: Request) {
  const path = found(await ownPath(req.actor, String(req.params.path)));
  const step = found(
    path.steps.find(({ id, kind }) => id === req.params.step && (kind === 'course' || kind === 'lesson')),
  );
  return { path, step, judges: await selectJudges(req.actor) };
}

async function render(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) {
  const page = await load(req);
  const asked = await findOwnRecognition(req.actor, page.step.id);
  res.render('paths/recognition', {
    ...page,
    asked,
    judgeName: page.judges.find(({ id }) => id === asked?.judge_id)?.name,
    here: addressOf(req),
    values: { id: randomUUID(), ...typed },
    errors,
    saved: req.query.saved,
  });
}

const addressOf = (req: Request) => `/paths/${req.params.path}/steps/${req.params.step}/recognition`;
