import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { found } from '../../lib/guards';
import type { Language } from '../../lib/i18n';
import { recordAudit } from '../audit/audit.model';
import { bodyOf, practiceOf } from '../blocks/published';
import { type PublishedQuestion, publishLesson } from '../courses/publication.service';
import { chooseRule } from '../h5p/h5p.service';
import type { Actor } from '../organisations/organisations.model';
import { filledOptions } from './drafts.check';
import { type DraftContent, type DraftQuestion, isDrawnBy, writtenLanguages } from './drafts.document';
import {
  type Draft,
  type DraftKind,
  insertDraft,
  insertNote,
  lockDraft,
  putSignature,
  SIGNATURES,
  type Signature,
  type SignatureKind,
  selectValidSignatures,
  updateDraft,
} from './drafts.model';
import { publishedBlocks } from './published-blocks';
import { writtenRubric } from './rubric-form';

const subject = (draft: { id: string }) => ({ type: 'lesson_draft', id: draft.id });

export function createDraft(actor: Actor, courseId: string, kind: DraftKind, content: DraftContent): Promise<Draft> {
  return atomically(async () => {
    const draft = await insertDraft({
      organisation_id: actor.organisation_id,
      course_id: courseId,
      kind,
      content,
      author_id: actor.id,
    });
    await recordAudit(actor, 'draft.created', subject(draft), { kind });
    return draft;
  });
}

/** Keeps what was typed. False when someone saved another version meanwhile: nothing of theirs is overwritten. */
export function saveDraft(actor: Actor, draftId: string, version: number, content: DraftContent): Promise<boolean> {
  return atomically(async () => {
    const draft = found(await lockDraft(actor.organisation_id, draftId));
    if (draft.version !== version || draft.state !== 'writing') return false;
    if (JSON.stringify(draft.content) === JSON.stringify(content)) return true;
    await updateDraft(draft, { content, version: draft.version + 1 });
    return true;
  });
}

export function submitDraft(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'writing' || locked.version !== draft.version) throw conflict();
    await updateDraft(locked, { state: 'in_review', submitted_at: new Date() });
    await recordAudit(actor, 'draft.submitted', subject(draft), { version: draft.version });
  });
}

/** Back to its writers, with a word of what to change. Signatures given so far fall when the text changes. */
export function askForChanges(actor: Actor, draft: Draft, text: string): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'in_review') throw conflict();
    await insertNote({ draft_id: draft.id, organisation_id: draft.organisation_id, person_id: actor.id, text });
    await updateDraft(locked, { state: 'writing' });
    await recordAudit(actor, 'draft.changes-asked', subject(draft));
  });
}

/** A published lesson is written further as the same draft; learners keep the published one until both sign again. */
export function reopenDraft(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state !== 'published') throw conflict();
    // What the next change means is asked anew.
    const { change: _, ...content } = locked.content;
    await updateDraft(locked, { state: 'writing', version: locked.version + 1, content });
    await recordAudit(actor, 'draft.reopened', subject(draft));
  });
}

/**
 * Signs the draft as it stands. With the second of the two signatures the lesson is published in the same transaction.
 * Returns whether it was. `mayStillSign` is asked again under the lock, so two presses at once give one signature.
 */
export function signDraft(
  actor: Actor,
  draft: Draft,
  kind: SignatureKind,
  shownName: string,
  mayStillSign: (locked: Draft, given: Signature[]) => boolean,
): Promise<boolean> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    const given = await selectValidSignatures(locked);
    if (locked.version !== draft.version || !mayStillSign(locked, given)) throw conflict();
    await putSignature({
      draft_id: draft.id,
      organisation_id: draft.organisation_id,
      kind,
      person_id: actor.id,
      draft_version: locked.version,
      shown_name: shownName,
    });
    const column = kind === 'true_to_life' ? { expert_id: actor.id } : { professional_id: actor.id };
    await updateDraft(locked, column);
    await recordAudit(actor, 'draft.signed', subject(draft), { kind, version: locked.version });
    const signatures = await selectValidSignatures(locked);
    const complete = SIGNATURES.every((needed) => signatures.some((signature) => signature.kind === needed));
    if (complete) await publish(actor, locked, signatures);
    return complete;
  });
}

async function publish(actor: Actor, draft: Draft, signatures: Signature[]): Promise<void> {
  const { content } = draft;
  const languages = writtenLanguages(content);
  const lessonId = await publishLesson({
    organisation_id: draft.organisation_id,
    course_id: draft.course_id,
    lesson_id: draft.lesson_id,
    kind: draft.kind,
    minutes: content.minutes,
    level: content.level,
    competences: content.competences,
    h5p_content_id: content.h5p_content_id ?? null,
    change: content.change && { ...content.change, language: content.original },
    texts: languages.map((language) => lessonText(content, language)),
    questions: draft.kind === 'quiz' ? publishedQuestions(content, languages) : [],
    draws: (content.draws ?? []).map(({ id, count }) => ({ key: id, count })),
    rules: content.rules,
    rubric: content.rubric && writtenRubric(content.rubric, content.original),
    credits: signatures
      .filter(({ shown_name }) => shown_name)
      .map(({ kind, shown_name, signed_at }) => ({ kind, name: shown_name, signed_at })),
  });
  if (content.h5p_content_id && content.h5p_rule) {
    await chooseRule(draft.organisation_id, content.h5p_content_id, content.h5p_rule);
  }
  await updateDraft(draft, { state: 'published', lesson_id: lessonId, published_at: new Date() });
  await recordAudit(actor, 'lesson.published', { type: 'lesson', id: lessonId }, { draft: draft.id });
}

function lessonText(content: DraftContent, language: Language) {
  return {
    language,
    title: content.title[language] ?? '',
    body: bodyOf(content.blocks, language),
    practice: practiceOf(content.blocks, language),
    blocks: publishedBlocks(content, language),
    follows_version: 1,
  };
}

/** The draft's own questions, and the piles of the bank's that attempts draw from. */
function publishedQuestions(content: DraftContent, languages: Language[]): PublishedQuestion[] {
  const own = content.questions.map((question) => ({
    ...publishedQuestion(question, content.original, languages),
    draw: content.draws?.find((draw) => isDrawnBy(question, draw))?.id ?? null,
  }));
  const piles = (content.draws ?? []).flatMap(({ id, pile }) =>
    pile.map((question) => {
      const spoken = (Object.keys(question.texts) as Language[]).filter((known) =>
        question.texts[known]?.prompt.trim(),
      );
      return { ...publishedQuestion(question, spoken[0] ?? content.original, spoken), draw: id };
    }),
  );
  return [...own, ...piles];
}

function publishedQuestion(question: DraftQuestion, original: Language, languages: Language[]) {
  return {
    exchange_id: question.id,
    type: question.type,
    competence_code: question.competence || null,
    level: question.level,
    content: question.content ?? null,
    texts: languages.map((language) => ({ language, prompt: '', feedback: '', ...question.texts[language] })),
    options: filledOptions(question, original).map((option) => ({
      key: option.key,
      is_correct: option.correct,
      texts: languages.map((language) => ({ language, text: '', feedback: '', ...option.texts[language] })),
    })),
  };
}
