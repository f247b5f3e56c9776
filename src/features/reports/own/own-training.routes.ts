import { dayOf, noonOf } from '../../../lib/calendar';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { signedIn } from '../../organisations/organisations.policy';
import { renewCourse } from '../../progress/progress.service';
import { ownTrainingDocument } from '../documents/person-document';
import { addReport, answerReport, readerOf } from '../figures/answer-report';
import { courseState } from '../figures/training';
import { readOwnTraining } from './own-training.queries';

/** Everything that one has studied, on one page and in one file: one's own, and nobody else's. */
export const ownTraining = new Routes('');

addReport(ownTraining, '/training', signedIn, async (req, res) => {
  const renewed = req.query.saved === 'renewed';
  const courses = await readOwnTraining(req.actor, renewed ? (work) => work() : undefined);
  const today = dayOf(new Date());
  await answerReport(req, res, ownTrainingDocument(req.actor.name, courses, today, readerOf(res)), {
    view: 'reports/own-training',
    values: { courses, today, courseState, noonOf, renewed },
  });
});

ownTraining.post('/training/:course/renew', signedIn, async (req, res) => {
  const courses = await readOwnTraining(req.actor, (work) => work());
  const course = found(courses.find(({ slug }) => slug === req.params.course));
  // Pressed twice, or too early: it stands as it is.
  if (['expiring', 'expired'].includes(courseState(course, dayOf(new Date()))))
    await renewCourse(req.actor, course.course_id);
  res.redirect(303, '/training?saved=renewed');
});
