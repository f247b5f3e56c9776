import type { Request, Response } from 'express';
import { authorize, found } from '../../lib/guards';
import { isLanguage, LANGUAGES, type Language } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { playRecordings } from '../../lib/security-headers';
import { withUploads } from '../../lib/upload';
import { isTooDeep } from '../blocks/page/page';
import { keepFile, MOST_MEGABYTES, pictureMessage } from '../files/files.service';
import { RECORDING_MINUTES } from '../media/media.service';
import { authors } from '../organisations/organisations.policy';
import { canEditDraft } from './authoring.policy';
import { competenceChoices } from './competence-choices';
import { type DraftQuestion, QUESTION_TYPES, questionState } from './drafts.document';
import { type Draft, findDraft } from './drafts.model';
import { ICONS } from './editor.page';
import { pageData, pageFacts } from './page.facts';
import { Presence, SentPage } from './page.schema';
import { savePage } from './page.service';
import { putPresence, selectOtherEditors } from './presence.model';

/** The lesson written where its reader will see it. Without scripts the same is done by the form. */
export const page = new Routes('/write');

page.get('/drafts/:id/page', authors, async (req, res) => {
  const draft = await ownDraft(req);
  const here = `/write/drafts/${draft.id}`;
  if (!canEditDraft(req.actor, draft)) return res.redirect(303, `${here}/preview`);
  if (draft.kind !== 'text') return res.redirect(303, here);
  const language = languageOf(draft, req.query.language);
  await putPresence(draft, req.actor.id, language);
  playRecordings(res);
  const recording = { minutes: RECORDING_MINUTES, megabytes: MOST_MEGABYTES };
  res.render('authoring/page', {
    ...(await pageFacts(req.actor, draft, language, res.locals.t)),
    icons: ICONS,
    recording,
  });
});

/** The fields of a question, for the place where it stands on the page: markup in JSON, as it is no page. */
page.get('/drafts/:id/questions/:question/form', authors, async (req, res) => {
  const draft = await ownDraft(req);
  authorize(canEditDraft(req.actor, draft));
  const facts = await questionFacts(req, draft);
  res.render('authoring/question-form', facts, (error: Error | null, html: string) =>
    error ? req.next?.(error) : res.json({ html }),
  );
});

/** Sent by the editor as one types. Answers with the version that was kept; 409 with what another kept meanwhile. */
page.post('/drafts/:id/page', authors, async (req, res) => {
  const draft = await ownDraft(req);
  authorize(canEditDraft(req.actor, draft));
  const sent = isTooDeep(req.body) ? undefined : SentPage.safeParse(req.body).data;
  if (!sent || draft.kind !== 'text') return refuse(res, 'unknown');
  const saved = await savePage(req.actor, draft.id, sent);
  if (saved.kind === 'refused') return refuse(res, saved.fault, saved.block);
  const data = await pageData(req.actor, saved.draft, sent.language, res.locals.t);
  res.status(saved.kind === 'late' ? 409 : 200).json(data);
});

/** A picture for a block. */
page.post('/drafts/:id/pictures', authors, async (req, res) => {
  const draft = await ownDraft(req);
  authorize(canEditDraft(req.actor, draft));
  await withUploads(req, res, { megabytes: MOST_MEGABYTES.image, keepsForm: true }, async ({ picture }, tooLarge) => {
    const kept = picture && (await keepFile(req.actor.organisation_id, picture, ['image']));
    if (kept?.ok) return res.json({ file_id: kept.file.id });
    const fault = tooLarge ? 'tooLarge' : (kept?.fault ?? 'unreadable');
    const message = tooLarge ? 'authoring.picture.tooLarge' : pictureMessage(kept?.fault ?? 'unreadable');
    res.status(422).json({ fault, message: res.locals.t(message) });
  });
});

/** The page is open: who else has it so, and which version is kept. */
page.post('/drafts/:id/presence', authors, async (req, res) => {
  const draft = await ownDraft(req);
  authorize(canEditDraft(req.actor, draft));
  const { language } = Presence.safeParse(req.body).data ?? { language: draft.content.original };
  await putPresence(draft, req.actor.id, language);
  res.json({ version: draft.version, others: await selectOtherEditors(draft, req.actor.id) });
});

async function questionFacts({ params, query, actor }: Request, draft: Draft) {
  const { content } = draft;
  return {
    draft,
    content,
    question: found(content.questions.find(({ id }) => id === params.question)),
    columns: [...new Set([content.original, languageOf(draft, query.language)])],
    errors: {},
    types: QUESTION_TYPES,
    stateOf: (question: DraftQuestion, code: Language) => questionState(content, question, code),
    competences: await competenceChoices(actor.language),
  };
}

function refuse(res: Response, fault: string, block?: string): void {
  res.status(422).json({ fault, block, message: res.locals.t(`blocks.refused.${fault}`) });
}

const ownDraft = async (req: Request): Promise<Draft> =>
  found(await findDraft(req.actor.organisation_id, String(req.params.id)));

const languageOf = ({ content }: Draft, wanted: unknown): Language =>
  isLanguage(wanted) && LANGUAGES.includes(wanted) ? wanted : content.original;
