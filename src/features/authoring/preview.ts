import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { isLanguage } from '../../lib/i18n';
import { renderMarkdown } from '../../lib/markdown';
import { bodyOf, practiceOf } from '../blocks/published';
import { h5pFrame } from '../h5p/h5p.service';
import type { Actor } from '../organisations/organisations.model';
import { canAskForChanges, canEditDraft, canSign } from './authoring.policy';
import { type EditorFacts, type SignatureLine, selectEditorFacts } from './authoring.queries';
import { writtenLanguages } from './drafts.document';
import { type Draft, SIGNATURES, type Signature } from './drafts.model';
import { withAnswer } from './preview-question';

/** The lesson as a learner will see it, with what the reader may do about it: sign, ask for changes, write on. */
export async function renderPreview(
  req: Request,
  res: Response,
  draft: Draft,
  errors: FieldErrors = {},
  values: Record<string, unknown> = {},
): Promise<void> {
  const { content } = draft;
  const languages = writtenLanguages(content);
  const asked = req.query.language;
  const language = isLanguage(asked) && languages.includes(asked) ? asked : (languages[0] ?? content.original);
  const keepBreaks = language === 'fi-x-selko';
  const queries = selectEditorFacts(draft, req.actor.language);
  const [{ rows }, lines] = await together(queries.facts, queries.signatures);
  const given = lines as SignatureLine[] as unknown as Signature[];
  res.render('authoring/preview', {
    draft,
    errors,
    values,
    facts: rows[0] as EditorFacts,
    signatures: lines,
    done: req.query.done,
    language,
    languages,
    lessonTitle: content.title[language] || '–',
    lessonHtml: renderMarkdown(bodyOf(content.blocks, language), { keepBreaks }),
    // The ids of the text's own places must not come twice on a page.
    practice: renderMarkdown(practiceOf(content.blocks, language), { keepBreaks }).replace(/ id="spot-\d+"/g, ''),
    task: content.h5p_content_id && (await frameOf(req.actor, content.h5p_content_id)),
    questions: content.questions.map((question) => withAnswer(content, question, language)),
    mayEdit: canEditDraft(req.actor, draft),
    mayAsk: canAskForChanges(req.actor, draft),
    maySign: SIGNATURES.filter((kind) => canSign(req.actor, draft, kind, given)),
  });
}

/** The task as learners will have it; what those who write do in it is kept as their own. */
function frameOf(actor: Actor, contentId: string) {
  const here = `/h5p/contents/${contentId}`;
  return h5pFrame(actor, contentId, { statements: `${here}/statements`, state: `${here}/state` });
}
