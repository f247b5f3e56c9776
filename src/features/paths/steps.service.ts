import { atomically } from '../../lib/db';
import type { MessageKey } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { deadEnds } from './dead-ends';
import type { LearningPath } from './paths.model';
import {
  deleteCondition,
  deleteMark,
  insertCondition,
  insertMark,
  insertStep,
  isOnPath,
  keepPathCourses,
  lockPath,
  type NewCondition,
  type NewStep,
  type PathStepRow,
  putGroup,
  putStepTexts,
  type StepRules,
  type StepTexts,
  setStepRemoved,
  setStepRules,
  swapStep,
} from './steps.model';
import { readWiring } from './steps.queries';

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** Thrown inside a transaction, so that what would leave people stuck is not saved; carries the sentence for the author. */
class DeadEndError extends Error {
  constructor(readonly key: MessageKey) {
    super(key);
  }
}

/** Changes a path in one transaction. Returns a message key instead when somebody would be stuck on it: nothing is changed then. */
async function build(
  actor: Somebody,
  path: LearningPath,
  action: string,
  work: () => Promise<unknown>,
): Promise<MessageKey | undefined> {
  try {
    await atomically(async () => {
      await lockPath(path);
      await work();
      const { steps, groups } = await readWiring(path);
      const [fault] = deadEnds(steps, groups);
      if (fault) throw new DeadEndError(fault.message);
      await keepPathCourses(path.id);
      await recordAudit(actor, action, { type: 'path', id: path.id }, { slug: path.slug });
    });
    return undefined;
  } catch (error) {
    if (error instanceof DeadEndError) return error.key;
    throw error;
  }
}

/** Adds a step to the end. A course or a lesson is on a path once. */
export function addStep(actor: Somebody, path: LearningPath, step: NewStep, texts: StepTexts) {
  return build(actor, path, 'path.step-added', async () => {
    const { course_id, lesson_id } = step;
    const isTwice =
      (course_id && (await isOnPath(path.id, { course_id }))) ||
      (lesson_id && (await isOnPath(path.id, { lesson_id })));
    if (isTwice) throw new DeadEndError('paths.steps.twice');
    if (await insertStep(path, step)) await putStepTexts(step.id, texts);
  });
}

/** Whether it is needed, its group, how long it is valid. `needed`: how many steps of its group are enough. */
export function changeStep(
  actor: Somebody,
  path: LearningPath,
  step: PathStepRow,
  { texts, needed, ...rules }: StepRules & { texts: StepTexts; needed: number },
) {
  return build(actor, path, 'path.step-changed', async () => {
    await setStepRules(step, rules);
    if (['outside', 'task', 'talk', 'placement'].includes(step.kind)) await putStepTexts(step.id, texts);
    if (rules.group_key !== null) await putGroup(path.id, rules.group_key, needed);
  });
}

export const moveStep = (actor: Somebody, path: LearningPath, step: PathStepRow, direction: 'up' | 'down') =>
  build(actor, path, 'path.step-moved', () => swapStep(step, direction));

/** Takes a step off the path. What people did on it stays, and so do its conditions for an undo. */
export const removeStep = (actor: Somebody, path: LearningPath, step: PathStepRow) =>
  build(actor, path, 'path.step-removed', () => setStepRemoved(step, new Date()));

export const restoreStep = (actor: Somebody, path: LearningPath, step: PathStepRow) =>
  build(actor, path, 'path.step-restored', () => setStepRemoved(step, null));

export const addCondition = (actor: Somebody, path: LearningPath, step: PathStepRow, condition: NewCondition) =>
  build(actor, path, 'path.condition-added', () => insertCondition(step.id, condition));

export const removeCondition = (actor: Somebody, path: LearningPath, step: PathStepRow, conditionId: string) =>
  build(actor, path, 'path.condition-removed', () => deleteCondition(step.id, conditionId));

/** The learner's own mark on a step that nothing else tells of: a link, an event, a talk. */
export function markStep(actor: Somebody, stepId: string): Promise<void> {
  return atomically(async () => {
    await insertMark(actor, [stepId], 'self');
    await tellStepFinished(actor);
  });
}

/** A path may have become whole by something that is no course: who gives certificates looks. Twice does no harm. */
export function tellStepFinished({ id, organisation_id }: Somebody): Promise<void> {
  const payload = { organisation_id, person_id: id, course_id: null };
  return enqueue('credentials.finished', payload, { key: `finished paths ${organisation_id} ${id}` });
}

export function unmarkStep(actor: Somebody, stepId: string): Promise<void> {
  return atomically(() => deleteMark(actor, stepId, 'self'));
}
