import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { signedIn } from '../organisations/organisations.policy';
import { badgesToCheck } from './badges.model';
import { chosenIn, rubricField } from './rubric.model';
import { addSubmissionPages } from './submissions.handlers';
import { findSubmission } from './submissions.model';
import { readSubmissionPage, rubricOf, wordsOf } from './submissions.page';
import { canJudge } from './submissions.policy';
import { submissionsToJudge } from './submissions.queries';
import { JudgingForm } from './submissions.schema';
import { judge } from './submissions.service';
import { teamMates } from './team-mates.queries';

/** Practical tasks, and for those who are asked: what waits for them, of either kind. */
export const tasks = new Routes('/skills/tasks');
const WAITING = '/skills/tasks/to-judge';

tasks.get('/to-judge', signedIn, async (req, res) => {
  const words = await wordsOf(req.actor);
  const [{ rows }, { rows: badges }, { rows: mates }] = await together(
    submissionsToJudge(req.actor),
    badgesToCheck(req.actor),
    teamMates(req.actor),
  );
  const observable = req.actor.roles.includes('reviewer') ? mates : [];
  res.render('evidence/judging/list', { words, rows, badges, observable, saved: req.query.saved });
});

tasks.get('/to-judge/:submission', signedIn, async (req, res) => {
  const page = await load(req);
  await recordLooks(req.actor, 'evidence', [page.submission.person_id]);
  renderJudging(res, page);
});

tasks.post('/to-judge/:submission', signedIn, async (req, res) => {
  const page = await load(req);
  const { submission, skills, words } = page;
  const criteria = rubricOf(submission, page.lesson);
  const chosen = chosenIn(criteria, req.body ?? {});
  const form = readForm(JudgingForm, req.body);
  if (!form.ok) return renderJudging(res.status(422), page, { ...req.body, ...form.values }, form.errors);
  const { seen, feedback, go } = form.value;
  const known = skills.flatMap(({ competence }) => competence.checklist.map(({ code }) => code));
  const errors: FieldErrors = {};
  if (go === 'recognise' && !seen.some((code) => known.includes(code))) errors.seen = 'evidence.seen.missing';
  if (['more', 'not_yet'].includes(go) && feedback === '') errors.feedback = 'evidence.feedback.missing';
  if (['recognise', 'not_yet'].includes(go))
    criteria.forEach(({ key }, index) => {
      if (chosen[index] === undefined) errors[rubricField(key)] = 'evidence.rubric.missing';
    });
  if (Object.keys(errors).length > 0)
    return renderJudging(res.status(422), page, { ...req.body, ...form.value }, errors);

  const rubric = criteria.map((one, index) => ({ ...one, chosen: chosen[index] }));
  await judge(req.actor, submission, { ...form.value, rubric }, words.competences);
  res.redirect(303, go === 'keep' ? `${WAITING}?saved=keep` : `${WAITING}?saved=yes`);
});

addSubmissionPages(tasks, 'task');

async function load(req: Request) {
  const row = await findSubmission(req.actor.organisation_id, String(req.params.submission));
  // For others it is as if it were not there: that somebody asked is theirs to tell.
  const submission = found(row && canJudge(req.actor, row) ? row : undefined);
  const { rows } = await submissionsToJudge(req.actor, submission.id);
  found(rows[0]);
  return { submission, ...(await readSubmissionPage(req.actor, submission)) };
}

type JudgingPage = Awaited<ReturnType<typeof load>>;

function renderJudging(res: Response, page: JudgingPage, values?: object, errors: FieldErrors = {}) {
  const marks = page.rubric.map(({ key, chosen }) => [rubricField(key), chosen ?? '']);
  const kept = {
    ...Object.fromEntries(marks),
    seen: page.skills.flatMap(({ seen }) => seen),
    feedback: page.submission.feedback,
  };
  res.render('evidence/judging/form', { ...page, values: values ?? kept, errors });
}
