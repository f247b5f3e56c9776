import { noonOf, readDay } from '../../lib/calendar';
import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import type { Competence } from '../skills/skills.model';
import { recordObservation } from '../skills/skills.service';
import { tellSubmission } from './evidence-news.service';
import type { JudgedCriterion } from './rubric.model';
import {
  insertEvent,
  insertSkills,
  insertSubmission,
  lockSubmission,
  type Submission,
  type SubmissionEvent,
  type SubmissionKind,
  type SubmissionSkill,
  selectSkills,
  setSkill,
  setSubmission,
} from './submissions.model';
import { canChange, canJudge, canTake, canWithdraw } from './submissions.policy';
import type { JudgingForm, StoryForm } from './submissions.schema';

type Competences = ReadonlyMap<string, Competence>;

/** Opens a draft about these skills. Safe to call twice with the same id. */
export function startSubmission(
  actor: Actor,
  kind: SubmissionKind,
  { id, codes, lessonId }: { id: string; codes: readonly string[]; lessonId: string | null },
): Promise<void> {
  return atomically(async () => {
    const row = { id, organisation_id: actor.organisation_id, person_id: actor.id, kind, lesson_id: lessonId };
    if (await insertSubmission(row)) await insertSkills(row, codes);
  });
}

/** Keeps what was typed, whatever it is worth. False when it may not be changed any more. */
export function keepStory(
  actor: Actor,
  given: Submission,
  form: StoryForm,
  competences: Competences,
): Promise<boolean> {
  return atomically(async () => {
    const submission = await lockSubmission(given);
    if (!submission || !canChange(actor, submission)) return false;
    await setSubmission(submission, {
      story: form.story,
      place: submission.kind === 'earlier' ? form.place : '',
      link: form.link,
      done_on_typed: form.done_on,
      judge_id: form.judge || null,
    });
    for (const skill of await selectSkills(submission.organisation_id, submission.id))
      await setSkill(skill, { claimed: linesOf(skill, competences, form.lines).map(({ code }) => code) });
    return true;
  });
}

/** Gives it to the one who is asked. What is kept must be whole: see `missingOf`. Sending twice sends once. */
export function sendSubmission(actor: Actor, given: Submission): Promise<void> {
  return change(given, canChange, actor, async (submission) => {
    const done_on = readDay(submission.done_on_typed);
    if (!done_on || !submission.judge_id) throw new RangeError('a submission is sent with a day and a judge');
    await setSubmission(submission, { state: 'sent', done_on, sent_at: new Date() });
    await note(actor, submission, 'sent');
    await tellSubmission(submission, submission.judge_id, 'asked');
  });
}

export function withdrawSubmission(actor: Actor, given: Submission): Promise<void> {
  return change(given, canWithdraw, actor, async (submission) => {
    await setSubmission(submission, { state: 'withdrawn' });
    await note(actor, submission, 'withdrawn');
  });
}

/**
 * Keeps what the judge ticked and wrote; with `recognise`, `not_yet` or `more` gives it to the learner, who sees it first.
 * Nothing is recorded of the skill yet. False when it does not wait for this judge any more.
 */
export function judge(
  actor: Actor,
  given: Submission,
  { seen, feedback, go, rubric }: JudgingForm & { rubric: JudgedCriterion[] },
  competences: Competences,
): Promise<boolean> {
  return atomically(async () => {
    const submission = await lockSubmission(given);
    if (!submission || !canJudge(actor, submission)) return false;
    for (const skill of await selectSkills(submission.organisation_id, submission.id)) {
      const lines = linesOf(skill, competences, seen);
      const level = go === 'recognise' && lines.length > 0 ? Math.max(...lines.map((line) => line.level)) : null;
      await setSkill(skill, { seen: lines.map(({ code }) => code), level });
    }
    const state = ({ keep: 'looking', more: 'more', not_yet: 'not_yet', recognise: 'judged' } as const)[go];
    await setSubmission(submission, { state, feedback, rubric: rubric.length > 0 ? rubric : null });
    if (state !== submission.state) await note(actor, submission, state, go === 'keep' ? '' : feedback);
    if (state !== 'looking') await tellSubmission(submission, submission.person_id, state);
    if (state === 'judged') await tellFinished(submission);
    return true;
  });
}

/** A task may be the last step of a path: who gives certificates looks. Twice does no harm. */
function tellFinished({ organisation_id, person_id }: Submission): Promise<void> {
  const payload = { organisation_id, person_id, course_id: null };
  return enqueue('credentials.finished', payload, { key: `finished paths ${organisation_id} ${person_id}` });
}

/** The learner's yes: what was seen becomes observations on the day of the work. */
export function takeResult(actor: Actor, given: Submission): Promise<void> {
  return change(given, canTake, actor, async (submission) => {
    const { organisation_id, kind, done_on, judge_id } = submission;
    const observed_at = new Date(Math.min(noonOf(done_on as string).getTime(), Date.now()));
    for (const { competence_code, level } of await selectSkills(organisation_id, submission.id)) {
      if (level === null) continue;
      // The one who saw it stands as the one who recorded it.
      await recordObservation(
        { id: judge_id ?? actor.id, organisation_id },
        {
          person_id: actor.id,
          competence_code,
          source: kind,
          level,
          observed_at,
          origin_type: 'submission',
          origin_id: submission.id,
          note: submission.feedback,
        },
      );
    }
    await setSubmission(submission, { state: 'taken' });
    await note(actor, submission, 'taken');
  });
}

/** The learner leaves the result out: it is kept on their own page and counts for nothing. */
export function leaveResult(actor: Actor, given: Submission): Promise<void> {
  return change(given, canTake, actor, async (submission) => {
    await setSubmission(submission, { state: 'left' });
    await note(actor, submission, 'left');
  });
}

/** The lines of a skill's checklist whose codes were ticked. */
function linesOf({ competence_code }: SubmissionSkill, competences: Competences, ticked: readonly string[]) {
  return competences.get(competence_code)?.checklist.filter(({ code }) => ticked.includes(code)) ?? [];
}

async function note(actor: Actor, submission: Submission, kind: SubmissionEvent['kind'], words = ''): Promise<void> {
  await insertEvent(submission, actor.id, kind, words);
  const subject = { type: 'submission', id: submission.id };
  await recordAudit(actor, `evidence.${kind.replace('_', '-')}`, subject, { kind: submission.kind });
}

/** Changes the row as it is now, once: a second press finds it changed and does nothing. */
function change(
  given: Submission,
  may: (actor: Actor, submission: Submission) => boolean,
  actor: Actor,
  work: (submission: Submission) => Promise<void>,
): Promise<void> {
  return atomically(async () => {
    const submission = await lockSubmission(given);
    if (submission && may(actor, submission)) await work(submission);
  });
}
