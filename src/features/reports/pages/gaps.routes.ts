import { noonOf } from '../../../lib/calendar';
import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { agreeSkillPath, countCourses } from '../../targets/team-paths.service';
import { say } from '../documents/report-words';
import { isMostlyReached } from '../figures/coverage-report';
import { usualPeriod } from '../period';
import { canReadReportsOf, reportReaders } from '../reports.policy';
import { findTeamFor, readCoverage } from '../reports.queries';

/**
 * What a team could learn next, and a path for it in one press. It says no more than coverage does: only skills that show
 * there, of whole counted groups.
 */
export const gaps = new Routes('/team');

gaps.get('/:team/gaps', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const period = usualPeriod();
  const { report, competences, k } = await readCoverage(req.actor, { team }, period);
  const rows = report.rows.flatMap((row) => (row.shown && !isMostlyReached(row.reached) ? [row] : []));
  const courses = await countCourses(
    req.actor.organisation_id,
    rows.map(({ code }) => code),
  );
  res.render('targets/gaps', {
    team,
    rows,
    courses,
    competences,
    k,
    period,
    say,
    noonOf,
    organisation: req.actor.organisation_name,
  });
});

gaps.post('/:team/gaps/:code', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const slug = found(await agreeSkillPath(req.actor, team.id, String(req.params.code)));
  res.redirect(303, `/paths/manage/${slug}?saved=assigned`);
});
