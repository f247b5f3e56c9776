import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf } from '../../lib/calendar';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import type { Routes } from '../../lib/routes';
import { sendStored } from '../../lib/send-stored';
import { type Upload, withUploads } from '../../lib/upload';
import { signedIn } from '../organisations/organisations.policy';
import { addFiles, removeFiles } from './submission-files.service';
import {
  findSubmission,
  type Submission,
  type SubmissionKind,
  selectFiles,
  submissionFileKey,
} from './submissions.model';
import { judgeChoices, readSubmissionPage, skillChoices, startingSkills, wordsOf } from './submissions.page';
import { canChange, canRead, canTake, canWithdraw, isOwn } from './submissions.policy';
import { type JudgeChoice, ownSubmissions } from './submissions.queries';
import { missingOf, NewForm, StoryForm } from './submissions.schema';
import {
  keepStory,
  leaveResult,
  sendSubmission,
  startSubmission,
  takeResult,
  withdrawSubmission,
} from './submissions.service';

const LIMITS = { megabytes: 10, files: 5, keepsForm: true };

/** The learner's pages of one kind: the list, a new one, and one as its state allows. */
export function addSubmissionPages(pages: Routes, kind: SubmissionKind): void {
  pages.get('/', signedIn, async (req, res) => {
    const [words, { rows }] = [await wordsOf(req.actor), await ownSubmissions(req.actor, kind)];
    res.render('evidence/submissions/list', { kind, base: pages.base, words, rows });
  });

  pages.get('/new', signedIn, async (req, res) => {
    const { lesson, codes } = await startingSkills(req.actor, req.query);
    await renderNew(req, res, { key: randomUUID(), skills: codes, lesson });
  });

  pages.post('/new', signedIn, async (req, res) => {
    const form = readForm(NewForm, req.body);
    if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
    const { competences } = await wordsOf(req.actor);
    const codes = form.value.skills.filter((code) => competences.has(code));
    if (codes.length === 0) return renderNew(req, res.status(422), req.body, { skills: 'evidence.skills.missing' });
    const { lesson } = await startingSkills(req.actor, form.value);
    await startSubmission(req.actor, kind, { id: form.value.key, codes, lessonId: lesson ?? null });
    res.redirect(303, `${pages.base}/${form.value.key}`);
  });

  pages.get('/:submission', signedIn, async (req, res) => {
    const submission = await load(req);
    if (!canChange(req.actor, submission)) return renderOne(req, res);
    const values = { ...submission, done_on: submission.done_on_typed, judge: submission.judge_id ?? '' };
    await renderForm(req, res, values, {});
  });

  pages.post('/:submission', signedIn, async (req, res) => {
    const submission = await load(req);
    authorize(isOwn(req.actor, submission));
    await withUploads(req, res, LIMITS, (files, tooLarge) => save(req, res, Object.values(files), tooLarge));
  });

  pages.post('/:submission/withdraw', signedIn, async (req, res) => {
    const submission = await load(req);
    authorize(isOwn(req.actor, submission));
    await withdrawSubmission(req.actor, submission);
    res.redirect(303, `${pages.base}/${submission.id}`);
  });

  pages.post('/:submission/take', signedIn, async (req, res) => {
    const submission = await load(req);
    authorize(isOwn(req.actor, submission));
    await (req.body.go === 'leave' ? leaveResult : takeResult)(req.actor, submission);
    res.redirect(303, `${pages.base}/${submission.id}`);
  });

  pages.get('/:submission/files/:file', signedIn, async (req, res) => {
    const submission = found(await findSubmission(req.actor.organisation_id, String(req.params.submission)));
    if (!canRead(req.actor, submission)) found(undefined);
    const files = await selectFiles(submission.organisation_id, submission.id);
    const file = found(files.find(({ id }) => id === req.params.file));
    await sendStored(req, res, {
      key: submissionFileKey(submission.person_id, file),
      size: file.bytes,
      name: file.name,
      headers: {
        'Cache-Control': 'private, no-store',
        // Nothing that somebody sent is ever opened as a page of ours; a picture that we wrote anew may be shown.
        'Content-Disposition': `${file.mime === 'image/webp' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
      },
    });
  });

  /** Of this kind and the reader's own; a judge reads it at an address of their own. */
  async function load(req: Request) {
    const submission = found(await findSubmission(req.actor.organisation_id, String(req.params.submission)));
    return found(submission.kind === kind && isOwn(req.actor, submission) ? submission : undefined);
  }

  async function save(req: Request, res: Response, files: Upload[], tooLarge: string | undefined): Promise<void> {
    const submission = await load(req);
    const form = readForm(StoryForm, req.body);
    if (!form.ok) return renderForm(req, res.status(422), form.values, form.errors);
    const { skills, words } = await readSubmissionPage(req.actor, submission);
    const codes = skills.map(({ competence }) => competence.code);
    const choices = await judgeChoices(req.actor, words, codes);
    const judge = judgeOf(submission, choices, form.value.judge);
    const value = { ...form.value, judge };
    if (!(await keepStory(req.actor, submission, value, words.competences)))
      return res.redirect(303, `${pages.base}/${submission.id}`);
    await removeFiles(submission, value.remove);
    const fault = tooLarge ? 'evidence.files.large' : await addFiles(submission, files);
    if (fault) return renderForm(req, res.status(422), value, { files: fault });
    if (value.go === 'keep' && !req.is('multipart/form-data')) return void res.sendStatus(204);
    if (value.go === 'keep') return res.redirect(303, `${pages.base}/${submission.id}?saved=yes`);

    const errors = missingOf(kind, value);
    if (Object.keys(errors).length > 0) return renderForm(req, res.status(422), value, errors);
    await sendSubmission(req.actor, submission);
    res.redirect(303, `${pages.base}/${submission.id}`);
  }

  async function renderNew(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
    const chosen = [values.skills ?? []].flat().map(String);
    const choices = skillChoices(await wordsOf(req.actor), req.actor, chosen);
    res.render('evidence/submissions/new', { kind, base: pages.base, ...choices, values, errors });
  }

  async function renderForm(req: Request, res: Response, values: object, errors: FieldErrors) {
    const submission = await load(req);
    const page = await readSubmissionPage(req.actor, submission);
    const choices = await judgeChoices(
      req.actor,
      page.words,
      page.skills.map(({ competence }) => competence.code),
    );
    const more = { values, errors, choices, today: dayOf(new Date()), saved: req.query.saved };
    res.render('evidence/submissions/form', { kind, base: pages.base, submission, ...page, ...more });
  }

  async function renderOne(req: Request, res: Response) {
    const submission = await load(req);
    const page = await readSubmissionPage(req.actor, submission);
    const may = { withdraw: canWithdraw(req.actor, submission), take: canTake(req.actor, submission) };
    res.render('evidence/submissions/one', { kind, base: pages.base, submission, ...page, may });
  }
}

/** While more is asked it stays with the one who asked, as long as they may be asked; else with the one chosen. */
function judgeOf({ state, judge_id }: Submission, choices: readonly JudgeChoice[], chosen: string): string {
  const mayBe = (asked: string | null) => choices.some(({ id }) => id === asked);
  if (state === 'more' && judge_id && mayBe(judge_id)) return judge_id;
  return mayBe(chosen) ? chosen : '';
}
