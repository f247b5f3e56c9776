import { found } from '../../../lib/guards';
import { Routes } from '../../../lib/routes';
import { recordLooks } from '../../audit/looks.model';
import { completionsDocument } from '../documents/completions-document';
import { addReport, answerReport, readerOf } from '../figures/answer-report';
import { courseState } from '../figures/training';
import { canReadReportsOf, reportReaders } from '../reports.policy';
import { findTeamFor, readCompletions } from '../reports.queries';
import { aboutFigures, answerCoverage, answerGrowth } from './figures-pages';

/** Reports about a team as a group: on a page, and as files with the same numbers. */
export const figures = new Routes('/team');

addReport(figures, '/:team/growth', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  await answerGrowth(req, res, team);
});

addReport(figures, '/:team/coverage', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  await answerCoverage(req, res, team);
});

addReport(figures, '/:team/completions', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const read = await readCompletions(req.actor, team);
  await recordLooks(
    req.actor,
    'completions',
    read.members.map(({ person_id }) => person_id),
  );
  await answerReport(req, res, completionsDocument({ ...read, scope: team.name }, readerOf(res)), {
    view: 'reports/completions',
    values: { ...aboutFigures(req, team), ...read, courseState },
  });
});
