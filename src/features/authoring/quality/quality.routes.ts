import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldErrors, message, readForm } from '../../../lib/forms';
import { authorize, found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { oneLine } from '../../../lib/text';
import { authors, signedIn } from '../../organisations/organisations.policy';
import { isMust, keyOf } from '../../quality/finding';
import { canEditDraft } from '../authoring.policy';
import type { Draft } from '../drafts.model';
import { viewedDraft } from '../reading';
import { putException } from './exceptions.service';
import { checkedLanguages, findingsOf } from './findings';
import { shownFindings } from './shown';

/** What there is to mend in a draft in all its languages, and why something stays as it is. */
export const draftQuality = new Routes('/write');

const ReasonForm = z.object({
  finding: z.string(message('errors.invalid')).max(120),
  reason: z
    .string(message('quality.reason.missing'))
    .transform(oneLine)
    .pipe(z.string().max(300, message('quality.reason.long')).min(1, message('quality.reason.missing'))),
});
const FindingForm = z.object({ finding: z.string().max(120) });

draftQuality.get('/drafts/:id/quality', signedIn, async (req, res) => render(req, res, await viewedDraft(req)));

draftQuality.post('/drafts/:id/quality', authors, async (req, res) => {
  const draft = await writtenDraft(req);
  const form = readForm(ReasonForm, req.body);
  if (!form.ok) return render(req, res.status(422), draft, form.errors, form.values);
  const { finding, reason } = form.value;
  const barriers = (await findingsOf(draft, checkedLanguages(draft.content))).filter(({ rule }) => isMust(rule));
  found(barriers.find((one) => keyOf(one) === finding));
  await putException(req.actor, draft, finding, reason);
  res.redirect(303, `/write/drafts/${draft.id}/quality?done=saved`);
});

draftQuality.post('/drafts/:id/quality/removal', authors, async (req, res) => {
  const draft = await writtenDraft(req);
  const form = readForm(FindingForm, req.body);
  if (form.ok) await putException(req.actor, draft, form.value.finding, '');
  res.redirect(303, `/write/drafts/${draft.id}/quality?done=removed`);
});

async function writtenDraft(req: Request): Promise<Draft> {
  const draft = await viewedDraft(req);
  authorize(canEditDraft(req.actor, draft));
  return draft;
}

async function render(
  req: Request,
  res: Response,
  draft: Draft,
  errors: FieldErrors = {},
  values: Record<string, unknown> = {},
): Promise<void> {
  const { content } = draft;
  const findings = await findingsOf(draft, checkedLanguages(draft.content));
  res.render('authoring/quality', {
    draft,
    errors,
    values,
    done: req.query.done,
    languages: checkedLanguages(draft.content),
    lessonTitle: content.title[content.original] || res.locals.t('authoring.untitled'),
    findings: shownFindings(content, findings, res.locals.t),
    mayEdit: canEditDraft(req.actor, draft),
  });
}
