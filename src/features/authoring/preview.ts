import type { Request, Response } from 'express';
import { clockOf, dayOf } from '../../lib/calendar';
import { together } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { htmlLang, isLanguage } from '../../lib/i18n';
import { selectOwnContents } from '../h5p/contents.model';
import { h5pFrame } from '../h5p/h5p.service';
import type { Actor } from '../organisations/organisations.model';
import {
  canAskForChanges,
  canEditDraft,
  canPlan,
  canPublish,
  canSeeMakers,
  canSign,
  canTakeBack,
  isItsAuthor,
  isOfDraft,
  mayGive,
} from './authoring.policy';
import { type EditorFacts, type SignatureLine, selectEditorFacts } from './authoring.queries';
import { type DraftContent, writtenLanguages } from './drafts.document';
import { type Draft, SIGNATURES, type Signature } from './drafts.model';
import { withAnswer } from './preview-question';
import { publishedBlocks } from './published-blocks';
import { type DraftEvent, selectEvents } from './review/events.model';
import { countTested } from './testing/testing.model';

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
  const queries = selectEditorFacts(draft, req.actor.language);
  const [{ rows }, lines, events] = await together(queries.facts, queries.signatures, selectEvents(draft));
  const valid = (lines as SignatureLine[]).filter(({ draft_version }) => draft_version === draft.version);
  const given = valid as unknown as Signature[];
  const facts = rows[0] as EditorFacts;
  res.render('authoring/preview', {
    draft,
    errors,
    values,
    ...(canSeeMakers(req.actor) ? { facts, signatures: lines, events } : withoutMakers(facts, lines, events)),
    done: req.query.done,
    language,
    languages,
    lessonTitle: content.title[language] || '–',
    shown: publishedBlocks(content, language).map((block) => ({ block, textLang: htmlLang(language), choices: [] })),
    frames: await framesOf(req.actor, content),
    task: content.h5p_content_id && (await frameOf(req.actor, content.h5p_content_id)),
    questions: outsideBlocks(content).map((question) => withAnswer(content, question, language)),
    // Whoever signs sees every question that may be drawn.
    draws: (content.draws ?? []).map((draw) => ({
      ...draw,
      questions: draw.pile.map((question) => withAnswer({ ...content, questions: draw.pile }, question, language)),
    })),
    tested: draft.state === 'published' ? null : await countTested(draft),
    mayEdit: canEditDraft(req.actor, draft),
    mayReopen: isItsAuthor(req.actor, draft) && draft.state === 'published',
    mayTakeBack: canTakeBack(req.actor, draft),
    mayPlan: canPlan(req.actor, draft),
    planDay: draft.publish_at ? dayOf(draft.publish_at) : '',
    planTime: draft.publish_at ? clockOf(draft.publish_at) : '9.00',
    mayPublish: canPublish(req.actor, draft),
    mayCheck: draft.lesson_id !== null && (isItsAuthor(req.actor, draft) || isOfDraft(req.actor, draft)),
    mine: SIGNATURES.filter((kind) => mayGive(req.actor, kind)),
    hasSigned: given.some(({ person_id }) => person_id === req.actor.id),
    showsRole: req.actor.shows_role,
    mayAsk: canAskForChanges(req.actor, draft),
    maySign: SIGNATURES.filter((kind) => canSign(req.actor, draft, kind, given)),
  });
}

/** Who signs what tells who is an expert by experience. One who only reads along is told what learners will be told. */
function withoutMakers(facts: EditorFacts, lines: readonly SignatureLine[], events: readonly DraftEvent[]) {
  return {
    facts: { ...facts, expert_name: null, professional_name: null },
    signatures: lines.map((line) => ({ ...line, name: line.shown_name || '–' })),
    events: events.map((event) => (event.kind === 'signed' ? { ...event, name: '–' } : event)),
  };
}

/** Questions that no block shows: those of a quiz. */
const outsideBlocks = ({ blocks, questions }: DraftContent) =>
  questions.filter(({ id }) => !blocks.some(({ question_id }) => question_id === id));

/** The tasks in the blocks, by content; one that is not there is left out. */
async function framesOf(actor: Actor, { blocks }: DraftContent) {
  const ids = [...new Set(blocks.flatMap(({ h5p_content_id }) => h5p_content_id ?? []))];
  const own = await selectOwnContents(actor.organisation_id, ids);
  return Object.fromEntries(await Promise.all(own.map(async (id) => [id, await frameOf(actor, id)] as const)));
}

/** The task as learners will have it; what those who write do in it is kept as their own. */
function frameOf(actor: Actor, contentId: string) {
  const here = `/h5p/contents/${contentId}`;
  return h5pFrame(actor, contentId, { statements: `${here}/statements`, state: `${here}/state` });
}
