import type { Request } from 'express';
import { noonOf, typedDay } from '../../lib/calendar';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import type { Team } from '../organisations/teams.model';
import { addReport, answerReport, endingOf, readerOf } from './answer-report';
import { completionsDocument } from './completions-document';
import { coverageDocument } from './coverage-document';
import { growthDocument } from './growth-document';
import { presets, readPeriod, usualPeriod } from './period';
import { say } from './report-words';
import { canReadReportsOf, canSeePeopleOf, reportReaders } from './reports.policy';
import { findTeamFor, readableTeams, readCompletions, readCoverage, readGrowth } from './reports.queries';
import { PeriodQuery } from './reports.schema';
import { courseState } from './training';

/** Reports about a team as a group: on a page, and as files with the same numbers. */
export const figures = new Routes('/team');

addReport(figures, '/:team/growth', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const asked = PeriodQuery.parse(req.query);
  if (asked.team && asked.team !== team.id) return res.redirect(303, elsewhere(asked));
  const period = readPeriod(asked);
  const common = { ...about(req, team), presets: presets(), say };
  if (!period.ok && endingOf(req)) return res.redirect(303, elsewhere({ ...asked, team: team.id }));
  if (!period.ok) {
    const { values, errors } = period;
    return res
      .status(422)
      .render('reports/growth', { ...common, teams: await readableTeams(req.actor), values, errors });
  }
  const { report: growth, ...read } = await readGrowth(req.actor, { team }, period.value);
  const document = growthDocument({ ...read, report: growth, period: period.value, scope: team.name }, readerOf(res));
  await answerReport(req, res, document, {
    view: 'reports/growth',
    values: { ...common, ...read, growth, period: period.value },
  });
});

addReport(figures, '/:team/coverage', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const period = usualPeriod();
  const { report: coverage, ...read } = await readCoverage(req.actor, { team }, period);
  const document = coverageDocument({ ...read, report: coverage, period, scope: team.name }, readerOf(res));
  await answerReport(req, res, document, {
    view: 'reports/coverage',
    values: { ...about(req, team), ...read, coverage, period, say },
  });
});

addReport(figures, '/:team/completions', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const read = await readCompletions(req.actor, team);
  await answerReport(req, res, completionsDocument({ ...read, scope: team.name }, readerOf(res)), {
    view: 'reports/completions',
    values: { ...about(req, team), ...read, courseState },
  });
});

const about = ({ actor }: Request, team: Team) => ({
  team,
  organisation: actor.organisation_name,
  k: actor.smallest_group,
  isOwn: canSeePeopleOf(actor, team),
  noonOf,
  typedDay,
});

/** The report of the team that was chosen on the page of another. */
function elsewhere({ team = '', from = '', to = '' }: PeriodQuery): string {
  return `/team/${encodeURIComponent(team)}/growth?${new URLSearchParams({ from, to })}`;
}
