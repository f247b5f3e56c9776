import { atomically, db } from '../../../lib/db';
import { conflict } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { enqueue } from '../../../lib/jobs';
import { withScope } from '../../../lib/scope';
import { recordAudit } from '../../audit/audit.model';
import { type PublishedQuestion, publishLesson } from '../../courses/publication.service';
import { chooseRule } from '../../h5p/h5p.service';
import { linkBegun, rememberLesson } from '../../loop/loop.model';
import type { Actor } from '../../organisations/organisations.model';
import { writtenLanguages } from '../drafts.document';
import {
  type Draft,
  lockDraft,
  type PublishMode,
  SIGNATURES,
  type Signature,
  selectValidSignatures,
  updateDraft,
} from '../drafts.model';
import { findPlace, strangeCodes } from '../places.model';
import { faultsOf } from '../quality/findings';
import { writtenRubric } from '../rubric-form';
import { countTested } from '../testing/testing.model';
import { publishedDifference, publishedNumber } from '../versions/published.model';
import { fixVersion } from '../versions/versions.model';
import { putWish, writeCredits } from './credits.model';
import { insertEvent } from './events.model';
import { lessonText, publishedQuestions } from './published-lesson';
import { peopleOf, tell } from './telling';

/** Publishes at the chosen time. Payload: organisation_id, draft_id, at. */
export const PUBLISH_JOB = 'authoring.publish';

type Publisher = { id: string | null; organisation_id: string };

/** Chooses when the lesson goes out. A time that is past when the last signature comes is the same as at once. */
export function planPublishing(actor: Actor, draft: Draft, mode: PublishMode, at: Date | null): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    if (locked.state === 'published') throw conflict();
    await updateDraft(locked, { publish_mode: mode, publish_at: at });
    await insertEvent(locked, { kind: 'planned', person_id: actor.id, about: at ? at.toISOString() : mode });
    await recordAudit(actor, 'draft.planned', { type: 'lesson_draft', id: draft.id }, { mode, at });
    if (!at) return;
    const payload = { organisation_id: draft.organisation_id, draft_id: draft.id, at: at.toISOString() };
    await enqueue(PUBLISH_JOB, payload, { runAt: at, key: `publish ${draft.id}` });
  });
}

/** Publishes what both have signed, now, whatever time was chosen. */
export function publishNow(actor: Actor, draft: Draft): Promise<void> {
  return atomically(async () => {
    const locked = found(await lockDraft(actor.organisation_id, draft.id));
    const signatures = await selectValidSignatures(locked);
    if (locked.state !== 'approved' || !isSigned(signatures)) throw conflict();
    await publish(actor, locked, signatures);
  });
}

export const isSigned = (signatures: readonly Signature[]) =>
  SIGNATURES.every((kind) => signatures.some((signature) => signature.kind === kind));

/**
 * The job. Everything is asked again at the time; what is in the way is told to those who make the draft, and the lesson goes
 * out when it is mended. A plan that was changed meanwhile has a job of its own.
 */
export function publishInTime(payload: { organisation_id: string; draft_id: string; at: string }): Promise<void> {
  const { organisation_id, draft_id, at } = payload;
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    atomically(async () => {
      const draft = await lockDraft(organisation_id, draft_id);
      if (draft?.publish_at?.toISOString() !== at || draft.state === 'published') return;
      const signatures = await selectValidSignatures(draft);
      const hindrance = await hindranceOf(draft, signatures);
      if (!hindrance) return publish({ id: null, organisation_id }, draft, signatures);
      await insertEvent(draft, { kind: 'not_published', person_id: null, about: hindrance });
      await recordAudit(
        { id: null, organisation_id },
        'lesson.not-published',
        { type: 'lesson_draft', id: draft_id },
        { hindrance },
      );
      const told = { kind: 'draft.not-published', by: null, key: `not published ${draft_id} ${at}` };
      await tell(draft, peopleOf(draft), told);
    }),
  );
}

async function hindranceOf(draft: Draft, signatures: Signature[]): Promise<string | undefined> {
  if (draft.state === 'writing') return 'writing';
  if (draft.state !== 'approved' || !isSigned(signatures)) return 'unsigned';
  return (await faultsOf(draft)).length > 0 ? 'faults' : undefined;
}

/** Puts the draft where learners read it, in the caller's transaction. Both have signed this very text. */
export async function publish(actor: Publisher, draft: Draft, signatures: Signature[]): Promise<void> {
  const { content } = draft;
  const { organisation_id } = draft;
  const languages = writtenLanguages(content);
  const strange = await strangeCodes(draft);
  const change = content.change && { ...content.change, language: content.original };
  const lessonId = await publishLesson({
    organisation_id,
    course_id: draft.course_id,
    lesson_id: draft.lesson_id,
    place: await findPlace(draft),
    kind: draft.kind,
    minutes: content.minutes,
    level: content.level,
    competences: content.competences.filter((code) => !strange.has(code)),
    h5p_content_id: content.h5p_content_id ?? null,
    change: change && { ...change, difference: await publishedDifference(draft, languages) },
    texts: languages.map((language) => lessonText(content, language)),
    questions: draft.kind === 'quiz' ? publishedQuestions(content, languages).map(withoutStrange(strange)) : [],
    draws: (content.draws ?? []).map(({ id, count }) => ({ key: id, count })),
    rules: content.rules,
    rubric: content.rubric && writtenRubric(content.rubric, content.original),
    tested: await countTested(draft),
    credits: [],
  });
  if (content.h5p_content_id && content.h5p_rule)
    await chooseRule(organisation_id, content.h5p_content_id, content.h5p_rule);
  await nameMakers(draft, lessonId, signatures);
  await nameSource(draft, lessonId);
  await rememberLesson(organisation_id, lessonId);
  await linkBegun(organisation_id, draft.id, lessonId);
  const now = new Date();
  await updateDraft(draft, {
    state: 'published',
    lesson_id: lessonId,
    published_at: now,
    publish_mode: 'at_once',
    publish_at: null,
  });
  await fixVersion(draft, { published_as: await publishedNumber(lessonId), published_at: now });
  await insertEvent(draft, { kind: 'published', person_id: actor.id, about: content.change?.kind ?? '' });
  await recordAudit(actor, 'lesson.published', { type: 'lesson', id: lessonId }, { draft: draft.id });
  await tell(draft, peopleOf(draft), { kind: 'draft.published', by: actor.id });
}

/** Readers are told what the lesson was copied from. */
async function nameSource({ based_on, organisation_id }: Draft, id: string): Promise<void> {
  if (based_on)
    await db()
      .table('lessons')
      .where({ organisation_id, id })
      .update({ based_on: JSON.stringify(based_on) });
}

/** A code that names another skill here, or none, would make evidence of the wrong one. */
const withoutStrange = (codes: ReadonlySet<string>) => (question: PublishedQuestion) =>
  codes.has(question.competence_code ?? '') ? { ...question, competence_code: null } : question;

/** The writer is named once they choose to be; signers as they chose when they signed. */
async function nameMakers(draft: Draft, lesson_id: string, signatures: Signature[]): Promise<void> {
  const { organisation_id, author_id } = draft;
  for (const { kind, person_id, shown, shown_name, signed_at } of signatures) {
    const pen_name = shown === 'pen' ? shown_name : '';
    await putWish({ organisation_id, lesson_id, kind, person_id, shown, pen_name, signed_at }, false);
  }
  if (author_id) {
    const wish = { person_id: author_id, shown: 'none' as const, pen_name: '', signed_at: new Date() };
    await putWish({ organisation_id, lesson_id, kind: 'written', ...wish }, true);
  }
  await writeCredits(organisation_id, lesson_id);
}
