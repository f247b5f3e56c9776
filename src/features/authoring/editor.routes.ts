import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { isLanguage, LANGUAGES, type Language, type Translate } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { type Upload, withUploads } from '../../lib/upload';
import { MOST_BLOCKS } from '../blocks/registry';
import type { StoredFile } from '../files/files.model';
import { keepFile, MOST_MEGABYTES, pictureMessage } from '../files/files.service';
import { selectTasksToChoose } from '../h5p/contents.model';
import { describeContent } from '../h5p/h5p.service';
import { installPackage, PACKAGE_MEGABYTES, type Refusal } from '../h5p/installation.service';
import type { Actor } from '../organisations/organisations.model';
import { authors } from '../organisations/organisations.policy';
import { CONTENT_TYPES } from '../quizzes/question-types/registry';
import { DEFAULT_RULES, findRules, type QuizRules } from '../quizzes/quiz-content.model';
import { canEditDraft } from './authoring.policy';
import { type EditorFacts, selectEditorFacts } from './authoring.queries';
import { offeredFiles, withFiles } from './block-files';
import type { FormBody } from './block-form';
import { competenceChoices } from './competence-choices';
import { type DraftContent, type DraftQuestion, newBlock, QUESTION_TYPES, questionState } from './drafts.document';
import { applyAction, applyForm } from './drafts.form';
import { type Draft, findDraft } from './drafts.model';
import { saveDraft } from './drafts.service';
import { blocksOnForm, KINDS_OF_BLOCKS } from './editor.page';
import { languageOf, placeOf } from './fault-place';
import { othersOnForm } from './others.page';
import { foreignIn } from './page.service';
import { putPresence, selectOtherEditors } from './presence.model';
import { faultsOf, findingsOf } from './quality/findings';
import { shownFindings } from './quality/shown';
import { submitDraft } from './review/review.service';

export const editor = new Routes('/write');

const PICTURE = { megabytes: MOST_MEGABYTES.image, keepsForm: true };
/** A file field that is left empty counts as a file, and an H5P lesson has two of them. */
const UPLOAD_LIMITS = {
  text: { megabytes: MOST_MEGABYTES.video, files: MOST_BLOCKS + 1, fields: 20_000, keepsForm: true },
  quiz: { ...PICTURE, files: 50 },
  h5p: { megabytes: PACKAGE_MEGABYTES, files: 2, keepsForm: true },
};

const TOO_LARGE: Record<string, string> & { picture: string } = {
  picture: 'authoring.picture.tooLarge',
  package: 'authoring.package.tooLarge',
  f: 'media.fault.large',
};

editor.get('/drafts/:id', authors, async (req, res) => {
  const draft = await editedDraft(req);
  if (!canEditDraft(req.actor, draft)) return res.redirect(303, `/write/drafts/${draft.id}/preview`);
  await putPresence(draft, req.actor.id, draft.content.original);
  await renderEditor(req, res, draft, draft.content);
});

/** Every press of the editor saves first; what the press asks for besides comes after. */
editor.post('/drafts/:id', authors, async (req, res) => {
  const draft = await editedDraft(req);
  authorize(canEditDraft(req.actor, draft));
  await withUploads(req, res, UPLOAD_LIMITS[draft.kind], async (files, tooLarge) => {
    const body = req.body as FormBody;
    const typed = applyForm(draft.content, body, shownLanguages(draft.content, body.variant));
    found((await foreignIn(req.actor, draft.content, typed.blocks)) ? undefined : typed);
    const { content, errors, refusals } = await act(req.actor, typed, pressOf(body), files);
    if (tooLarge) errors[tooLarge] = TOO_LARGE[tooLarge.split('_')[0] ?? ''] ?? TOO_LARGE.picture;

    const saved = await saveDraft(req.actor, draft.id, Number(body.version), content);
    if (!saved) {
      const now = await editedDraft(req);
      return renderEditor(req, res.status(409), now, typed, { form: 'authoring.savedByOther' }, [], now.content);
    }
    if (Object.keys(errors).length > 0)
      return renderEditor(req, res.status(422), await editedDraft(req), content, errors, refusals);
    await answer(req, res, await editedDraft(req), String(body.do ?? 'save'));
  });
});

/** Which type of question is added stands in a list of its own. */
const pressOf = ({ do: press = 'save', question_type, block_kind, block_after, ...body }: FormBody) => {
  if (press === 'add-block') return `add-block:${block_kind}:${block_after ?? ''}`;
  if (String(press).startsWith('type-question:')) return `${press}:${body[`q_${String(press).split(':')[1]}_type`]}`;
  return press === 'add-question' ? `add-question:${question_type}` : String(press);
};

async function act(actor: Actor, typed: DraftContent, press: string, files: Record<string, Upload>) {
  const sent = await withFiles(actor, typed, files);
  const errors: FieldErrors = { ...sent.errors };
  let content = applyAction(sent.content, press);
  // A file that was chosen is taken, whichever button was pressed.
  if (press === 'add-image' || files.picture) {
    const kept = files.picture && (await keepFile(actor.organisation_id, files.picture, ['image']));
    if (kept?.ok) content = { ...content, blocks: [...content.blocks, newBlock('image', { file_id: kept.file.id })] };
    else errors.picture = kept ? pictureMessage(kept.fault) : 'authoring.picture.missing';
  }
  for (const question of content.questions) {
    const file = files[`q_${question.id}_file`];
    if (!file || question.type !== 'hotspot') continue;
    const kept = await keepFile(actor.organisation_id, file, ['image']);
    if (kept.ok) content = withSpotPicture(content, question.id, kept.file);
    else errors[`q_${question.id}_file`] = pictureMessage(kept.fault);
  }
  const refusals: Refusal[] = [];
  if (press === 'add-package' || files.package) {
    const result = files.package && (await installPackage(actor, files.package));
    if (result?.ok) content = withPackage(content, result.contentId);
    else errors.package = result ? 'h5p.refused.lead' : 'h5p.libraries.missing';
    if (result && !result.ok) refusals.push(...result.refusals);
  }
  return { content, errors, refusals };
}

function withSpotPicture(content: DraftContent, id: string, { id: file, width, height }: StoredFile): DraftContent {
  const picture = { picture: `/files/${file}`, width, height };
  const questions = content.questions.map((q) => (q.id === id ? { ...q, content: { ...q.content, ...picture } } : q));
  return { ...content, questions };
}

/** A new package has rules of its own. */
function withPackage({ h5p_rule, ...content }: DraftContent, contentId: string): DraftContent {
  return { ...content, h5p_content_id: contentId };
}

async function answer(req: Request, res: Response, draft: Draft, press: string): Promise<void> {
  const variant = isLanguage(req.body.next_variant) ? `?variant=${req.body.next_variant}` : '';
  if (press === 'preview') return res.redirect(303, `/write/drafts/${draft.id}/preview`);
  if (press !== 'submit') return res.redirect(303, `/write/drafts/${draft.id}${variant}#${anchor(press)}`);
  const faults = await faultsOf(draft);
  if (faults.length > 0) {
    const errors = Object.fromEntries(faults.map(({ field, key }) => [field, key]));
    return renderEditor(req, res.status(422), draft, draft.content, errors);
  }
  await submitDraft(req.actor, draft);
  res.redirect(303, `/write/drafts/${draft.id}/preview?done=submitted`);
}

/** Where the page opens after the press: the piece that was moved or added. */
function anchor(press: string): string {
  const [verb, id] = press.split(':');
  if (verb?.endsWith('-row')) return `piece-${id}`;
  if (verb === 'file') return `piece-${id}`;
  if (verb === 'add-criterion') return 'last-criterion';
  if (verb === 'remove-criterion') return 'rubric';
  if (verb === 'up' || verb === 'down' || verb === 'add-option') return `piece-${id}`;
  return verb?.startsWith('add-') ? 'last-piece' : 'saved';
}

async function editedDraft(req: Request): Promise<Draft> {
  return found(await findDraft(req.actor.organisation_id, String(req.params.id)));
}

/** The original and one other language stand side by side. */
function shownLanguages(content: DraftContent, wanted: unknown): [Language, Language] {
  const usual = LANGUAGES.find((language) => language !== content.original && /^fi/.test(language)) ?? 'sv';
  const variant = isLanguage(wanted) && wanted !== content.original ? wanted : usual;
  return [content.original, variant];
}

async function renderEditor(
  req: Request,
  res: Response,
  draft: Draft,
  content: DraftContent,
  errors: FieldErrors = {},
  refusals: Refusal[] = [],
  saved?: DraftContent,
) {
  const asked = shownLanguages(content, req.body?.variant ?? req.query.variant);
  const faults = placesOf(content, errors, asked, res.locals.t);
  const [original, variant] = faults.columns;
  const queries = selectEditorFacts(draft, req.actor.language);
  const [{ rows }, signatures, notes] = await together(queries.facts, queries.signatures, queries.notes);
  const findings = await findingsOf({ ...draft, content }, [original, variant]);
  res.render('authoring/editor', {
    draft,
    content,
    findings: shownFindings(content, findings, res.locals.t),
    errors,
    faultPlaces: faults.places,
    otherFaults: faults.elsewhere,
    refusals,
    megabytes: PACKAGE_MEGABYTES,
    limits: MOST_MEGABYTES,
    task: content.h5p_content_id && (await describeContent(draft.organisation_id, content.h5p_content_id)),
    signatures,
    notes,
    editorsHere: await selectOtherEditors(draft, req.actor.id),
    facts: rows[0] as EditorFacts,
    columns: [original, variant],
    rules: content.rules ?? (await presentRules(draft)),
    otherLanguages: LANGUAGES.filter((language) => language !== original),
    blocks: blocksOnForm(content, [original, variant], saved),
    others: othersOnForm(content, saved, [original, variant], req.body ?? {}),
    kinds: KINDS_OF_BLOCKS,
    kindNames: Object.keys(KINDS_OF_BLOCKS),
    offered: await offeredFiles(draft.organisation_id, content),
    tasks: content.blocks.some(({ kind }) => kind === 'h5p') ? await selectTasksToChoose(draft.organisation_id) : [],
    stateOf: (question: DraftQuestion, language: Language) => questionState(content, question, language),
    moreTypes: CONTENT_TYPES,
    types: QUESTION_TYPES,
    competences: await competenceChoices(req.actor.language),
  });
}

/**
 * Where each fault is, in words. The language beside the original is one that has faults; faults in a third one lead to the
 * choice of that language.
 */
function placesOf(content: DraftContent, errors: FieldErrors, asked: [Language, Language], t: Translate) {
  const fields = Object.keys(errors);
  const outside = (columns: readonly Language[]) => {
    const languages = fields.flatMap((field) => languageOf(field) ?? []);
    return languages.find((language) => !columns.includes(language));
  };
  const other = fields.some((field) => asked.includes(languageOf(field) ?? asked[0])) ? undefined : outside(asked);
  const columns: [Language, Language] = other ? [asked[0], other] : asked;
  const places = fields.map((field) => {
    const words = placeOf(content, field).map(({ key, values }) => t(key, values));
    const isShown = columns.includes(languageOf(field) ?? columns[0]);
    return [field, { words: words.join(', '), ...(!isShown && { at: 'next_variant' }) }];
  });
  return { columns, places: Object.fromEntries(places), elsewhere: outside(columns) };
}

/** The rules that the published quiz has, or the usual ones. */
async function presentRules({ lesson_id, organisation_id, kind }: Draft): Promise<QuizRules | undefined> {
  if (kind !== 'quiz') return undefined;
  return (lesson_id && (await findRules(organisation_id, lesson_id))) || DEFAULT_RULES;
}
