import { contentLanguages } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { type Competence, type FrameworkWords, frameworkWords, starters, wordsLanguage } from '../skills/skills.model';
import { type JudgedCriterion, type ToldCriterion, tellRubric } from './rubric.model';
import type { Submission } from './submissions.model';
import { type JudgeChoice, judgesOf, lessonSkills, type SubmissionPage, submissionPage } from './submissions.queries';

export const wordsOf = (actor: Actor): Promise<FrameworkWords> => frameworkWords(wordsLanguage(actor));

/** The skills to choose from: first those of the agreed profile and the ones everybody starts with, then the others. */
export function skillChoices(words: FrameworkWords, actor: Actor, first: readonly string[]) {
  const agreed = words.targets.get(actor.target_profile ?? '');
  const near = new Set([...first, ...(agreed?.keys() ?? []), ...starters(words).map(({ code }) => code)]);
  const all = [...words.competences.values()];
  return { near: all.filter(({ code }) => near.has(code)), others: all.filter(({ code }) => !near.has(code)) };
}

export interface SkillOfPage {
  competence: Competence;
  claimed: string[];
  seen: string[];
  level: number | null;
}

export interface OnePage extends Omit<SubmissionPage, 'skills'> {
  skills: SkillOfPage[];
  words: FrameworkWords;
  /** By what it is looked at, in the reader's language; with the levels chosen once it was judged by. Empty without a rubric. */
  rubric: ToldCriterion[];
}

/** One submission with all that stands beside it, for either of the two. */
export async function readSubmissionPage(actor: Actor, submission: Submission): Promise<OnePage> {
  const words = await wordsOf(actor);
  const [page] = (await submissionPage(submission, actor)).rows;
  if (!page) throw new Error('a submission that was found has a page');
  const skills = page.skills.flatMap(({ competence_code, claimed, seen, level }) => {
    const competence = words.competences.get(competence_code);
    return competence ? [{ competence, claimed, seen, level }] : [];
  });
  const rubric = tellRubric(rubricOf(submission, page.lesson), contentLanguages(actor.content_language));
  return { ...page, skills, words, rubric };
}

/** By what a task is looked at: as it was when the judge began, else as the lesson has it now. Earlier learning has none. */
export const rubricOf = ({ kind, rubric }: Submission, lesson: OnePage['lesson']): JudgedCriterion[] =>
  kind === 'task' ? (rubric ?? lesson?.rubric ?? []) : [];

/** Whom the learner may ask about these skills. */
export async function judgeChoices(
  actor: Actor,
  words: FrameworkWords,
  codes: readonly string[],
): Promise<JudgeChoice[]> {
  const agreed = words.targets.get(actor.target_profile ?? '');
  const { rows } = await judgesOf(actor);
  return rows.filter(({ is_professional }) => is_professional || codes.every((code) => agreed?.has(code)));
}

/** The skills and the lesson that an address names: what a lesson teaches, or one skill. */
export async function startingSkills(actor: Actor, { skill, lesson }: { skill?: unknown; lesson?: unknown }) {
  const isId = typeof lesson === 'string' && /^[0-9a-f-]{36}$/i.test(lesson);
  const row = isId ? (await lessonSkills(actor, lesson)).rows[0] : undefined;
  return { lesson: row?.id, codes: row?.codes ?? (typeof skill === 'string' ? [skill] : []) };
}
