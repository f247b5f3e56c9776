import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { audiencesOf } from '../organisations/organisations.policy';
import { type Enrolment, type Place, recountEnrolment, setCompleted, setRenewed, touchLesson } from './progress.model';

type Learner = Pick<Actor, 'id' | 'organisation_id' | 'relation'>;
type TheLesson = { id: string; course_id: string };

/**
 * Makes this lesson the one that the person continues with, and begins the course if they had not. `spot` is the id of
 * the place on the page; without it the spot known from before stays. Safe to call again.
 */
export function openLesson(actor: Learner, lesson: TheLesson, spot?: string): Promise<void> {
  return touchLesson(placeOf(actor, lesson), spot);
}

/** Marks the lesson as done and counts the course again, both or neither. Safe to call twice. Returns how far the course is. */
export function completeLesson(actor: Learner, lesson: TheLesson): Promise<Enrolment> {
  const place = placeOf(actor, lesson);
  return atomically(async () => {
    await touchLesson(place, undefined);
    await setCompleted(place);
    const enrolment = await recountEnrolment(place);
    if (enrolment.completed_at) await tellFinished(place);
    return enrolment;
  });
}

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
    await tellFinished({ organisationId: actor.organisation_id, personId: actor.id, courseId });
  });
}

/** Who gives certificates and badges hears of it; to hear it twice does no harm. */
function tellFinished({ organisationId, personId, courseId }: Pick<Place, 'organisationId' | 'personId' | 'courseId'>) {
  const payload = { organisation_id: organisationId, person_id: personId, course_id: courseId };
  return enqueue('credentials.finished', payload, { key: `finished ${organisationId} ${personId} ${courseId}` });
}
