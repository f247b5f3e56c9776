import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { selectPartners } from '../organisations/networks.model';
import { isAuthor } from '../organisations/organisations.policy';
import { findOwnCourse, REACHES, selectGivenCourses, selectOwnCourses } from './sharing.model';
import { canChoose, canShare, sharers } from './sharing.policy';
import { ReachForm } from './sharing.schema';
import { shareCourse } from './sharing.service';

/** What an organisation gives to others, and what it was given. */
export const courseSharing = new Routes('/write');

courseSharing.get('/shared', sharers, async (req, res) => {
  const { organisation_id, language } = req.actor;
  const [given, own] = await together(
    selectGivenCourses(organisation_id, language),
    selectOwnCourses(organisation_id, language),
  );
  res.render('sharing/index', { given: given.rows, own: own.rows, mayWrite: isAuthor(req.actor) });
});

courseSharing.get('/courses/:course/sharing', sharers, async (req, res) => {
  const course = await load(req);
  const partners = course.partners.map(({ id }) => id);
  await render(req, res, { reach: course.reach, partners });
});

courseSharing.post('/courses/:course/sharing', sharers, async (req, res) => {
  const course = await load(req);
  authorize(canShare(req.actor, course));
  const form = readForm(ReachForm, req.body);
  if (!form.ok) return render(req, res.status(422), form.values, form.errors);
  const { reach, partners } = form.value;
  authorize(canChoose(req.actor, course, reach));
  if (!(await shareCourse(req.actor, course.id, reach, partners)))
    return render(req, res.status(422), req.body, { partners: 'sharing.partners.unknown' });
  res.redirect(303, `/write/courses/${course.id}/sharing?saved=yes`);
});

const load = async (req: Request) =>
  found(await findOwnCourse(req.actor.organisation_id, String(req.params.course), req.actor.language));

async function render(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const course = await load(req);
  const { rows } = await selectPartners(req.actor.organisation_id);
  // A partner that has left the network since can still be kept or taken away.
  const gone = course.partners.filter(({ id }) => !rows.some((one) => one.id === id));
  const isOpen = course.reach === 'public' && course.published_at !== null;
  res.render('sharing/course', {
    course,
    partners: [...rows, ...gone],
    reaches: REACHES.filter((reach) => canChoose(req.actor, course, reach)),
    mayShare: canShare(req.actor, course),
    address: isOpen ? `/open/${course.organisation_slug}/${course.slug}` : undefined,
    values,
    errors,
    saved: req.query.saved === 'yes',
  });
}
