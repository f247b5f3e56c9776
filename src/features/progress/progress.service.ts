import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { keepCompletion } from './completions.model';
import {
  type Enrolment,
  findEnrolment,
  type Place,
  recountEnrolment,
  setCompleted,
  setRenewed,
  setUndone,
  touchLesson,
} from './progress.model';

type Learner = Pick<Actor, 'id' | 'organisation_id' | 'relation'>;
type TheLesson = { id: string; course_id: string };

/**
 * Makes this lesson the one that the person continues with, and begins the course if they had not. `spot` is the id of
 * the place on the page; without it the spot known from before stays. `seen`: the version that is shown now. Safe to call again.
 */
export function openLesson(actor: Learner, lesson: TheLesson, spot?: string, seen?: number): Promise<void> {
  return touchLesson(placeOf(actor, lesson), spot, seen);
}

/** Marks the lesson as done and counts the course again, both or neither. Safe to call twice. Returns how far the course is. */
export function completeLesson(actor: Learner, lesson: TheLesson): Promise<Enrolment> {
  const place = placeOf(actor, lesson);
  return atomically(async () => {
    await touchLesson(place, undefined);
    await setCompleted(place);
    const enrolment = await recountEnrolment(place);
    if (enrolment.completed_at) await finished(place);
    return enrolment;
  });
}

/**
 * Takes back that a lesson was marked as done by mistake. Nothing happens when it was not done today, or when the course
 * became complete: who has finished stays finished. Safe to repeat.
 */
export function takeBackLesson(actor: Learner, lesson: TheLesson & Marked): Promise<void> {
  const place = placeOf(actor, lesson);
  return atomically(async () => {
    await touchLesson(place, undefined);
    if (!(await canTakeBack(actor, lesson))) return;
    await setUndone(place);
    await recountEnrolment(place);
  });
}

type Marked = { completed_at: Date | null };

/** Whether "done" may still be taken back. */
export async function canTakeBack(actor: Learner, lesson: TheLesson & Marked): Promise<boolean> {
  if (!lesson.completed_at || Date.now() - lesson.completed_at.getTime() > A_DAY) return false;
  const enrolment = await findEnrolment(actor.organisation_id, actor.id, lesson.course_id);
  return enrolment?.completed_at === null;
}

const A_DAY = 24 * 3600 * 1000;

function placeOf(actor: Learner, lesson: TheLesson): Place {
  return {
    organisationId: actor.organisation_id,
    personId: actor.id,
    courseId: lesson.course_id,
    lessonId: lesson.id,
    audiences: audiencesOf(actor),
  };
}

/** Writes down that the person went through a course again that they have completed. The first completion stays. */
export function renewCourse(actor: Pick<Actor, 'id' | 'organisation_id'>, courseId: string): Promise<void> {
  return atomically(async () => {
    if (!(await setRenewed(actor.organisation_id, actor.id, courseId))) return;
    await recordAudit(actor, 'course.renewed', { type: 'course', id: courseId });
    await finished({ organisationId: actor.organisation_id, personId: actor.id, courseId });
  });
}

/** It is kept in the person's history, and who gives certificates and badges hears of it; twice does no harm. */
async function finished({
  organisationId,
  personId,
  courseId,
}: Pick<Place, 'organisationId' | 'personId' | 'courseId'>) {
  await keepCompletion(organisationId, personId, courseId);
  const payload = { organisation_id: organisationId, person_id: personId, course_id: courseId };
  await enqueue('credentials.finished', payload, { key: `finished ${organisationId} ${personId} ${courseId}` });
}
