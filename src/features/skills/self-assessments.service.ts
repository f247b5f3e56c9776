import { atomically, together } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';
import { selfAssessedLevel } from './self-assessment';
import {
  closeAssessment,
  deleteAssessment,
  insertAssessment,
  openAnswers,
  openAssessment,
  type SelfAssessment,
  type SelfAssessmentAnswer,
  saveAnswers,
} from './self-assessments.model';
import type { Competence } from './skills.model';
import { recordObservation } from './skills.service';

export type GivenAnswers = ReadonlyMap<string, number | null>;

/** Opens a round of own answers, or goes on with the open one. */
export async function startSelfAssessment(actor: Actor): Promise<void> {
  await insertAssessment(actor);
}

/** Keeps what was answered on one page; what was left open stays as it was. Safe to call again. */
export async function keepAnswers(
  { id, organisation_id, person_id }: SelfAssessment,
  competence: Competence,
  given: GivenAnswers,
): Promise<void> {
  const base = { self_assessment_id: id, organisation_id, person_id, competence_code: competence.code };
  const items = competence.selfItems.filter(({ code }) => given.has(code));
  await saveAnswers(items.map(({ code }) => ({ ...base, item_code: code, value: given.get(code) ?? null })));
}

/**
 * Makes the answers of the open round into dated observations of the person's own view, one for each skill that has an answer.
 * False when nothing is open or nothing was answered.
 */
export function handInSelfAssessment(actor: Actor, competences: readonly Competence[]): Promise<boolean> {
  return atomically(async () => {
    const assessment = await openAssessment(actor).forUpdate().first();
    if (!assessment) return false;
    const views = ownViews(competences, await openAnswers(actor));
    if (views.length === 0) return false;

    const observed_at = new Date();
    for (const { code, level } of views) {
      await recordObservation(actor, {
        person_id: actor.id,
        competence_code: code,
        source: 'self',
        level,
        observed_at,
        origin_type: 'self-assessment',
        origin_id: assessment.id,
      });
    }
    await closeAssessment(assessment);
    return true;
  });
}

/** Throws the open round away, answers and all. */
export async function discardSelfAssessment(actor: Actor): Promise<void> {
  const assessment = await openAssessment(actor).first();
  if (assessment) await deleteAssessment(assessment);
}

function ownViews(competences: readonly Competence[], answers: readonly SelfAssessmentAnswer[]) {
  const values = new Map(answers.map(({ item_code, value }) => [item_code, value]));
  return competences.flatMap(({ code, selfItems }) => {
    const level = selfAssessedLevel(
      selfItems.map((item) => ({ kind: item.kind, value: values.get(item.code) ?? null })),
    );
    return level === null ? [] : [{ code, level }];
  });
}

/** The open round and its answers by item; undefined when none is open. */
export async function readOpenAssessment(actor: Actor) {
  const [[assessment], rows] = await together(openAssessment(actor).select<SelfAssessment[]>('*'), openAnswers(actor));
  if (!assessment) return undefined;
  return { assessment, answers: new Map(rows.map(({ item_code, value }) => [item_code, value])) };
}
