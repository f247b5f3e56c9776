import type { Request } from 'express';
import { noonOf, typedDay } from '../../lib/calendar';
import { sendCsv, toCsv } from '../../lib/csv';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import type { Team } from '../organisations/teams.model';
import { presets, readPeriod, usualPeriod } from './period';
import { completionsTable, coverageTable, growthTable, say } from './report-tables';
import { canReadReportsOf, canSeePeopleOf, reportReaders } from './reports.policy';
import { findTeamFor, readableTeams, readCompletions, readCoverage, readGrowth } from './reports.queries';
import { PeriodQuery } from './reports.schema';
import { courseState } from './training';

/** Reports about a team as a group: on a page, and as a file with the same numbers. */
export const figures = new Routes('/team');

figures.get('/:team/growth', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const asked = PeriodQuery.parse(req.query);
  if (asked.team && asked.team !== team.id) return res.redirect(303, elsewhere(asked));
  const period = readPeriod(asked);
  const common = { ...about(req, team), presets: presets(), say };
  if (!period.ok) {
    const { values, errors } = period;
    return res
      .status(422)
      .render('reports/growth', { ...common, teams: await readableTeams(req.actor), values, errors });
  }
  res.render('reports/growth', {
    ...common,
    period: period.value,
    ...(await readGrowth(req.actor, team, period.value)),
  });
});

figures.get('/:team/growth.csv', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const period = readPeriod(PeriodQuery.parse(req.query));
  if (!period.ok) return res.redirect(303, elsewhere({ ...PeriodQuery.parse(req.query), team: team.id }));
  const { header, rows } = growthTable(await readGrowth(req.actor, team, period.value), res.locals.t);
  const name = `${res.locals.t('reports.growth.file')}-${team.name}-${period.value.from}-${period.value.to}`;
  sendCsv(res, name, toCsv(req.actor.language, header, rows));
});

figures.get('/:team/coverage', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const period = usualPeriod();
  res.render('reports/coverage', {
    ...about(req, team),
    period,
    say,
    ...(await readCoverage(req.actor, team, period)),
  });
});

figures.get('/:team/coverage.csv', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const period = usualPeriod();
  const { header, rows } = coverageTable(await readCoverage(req.actor, team, period), res.locals.t);
  const name = `${res.locals.t('reports.coverage.file')}-${team.name}-${period.to}`;
  sendCsv(res, name, toCsv(req.actor.language, header, rows));
});

figures.get('/:team/completions', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  res.render('reports/completions', { ...about(req, team), courseState, ...(await readCompletions(req.actor, team)) });
});

figures.get('/:team/completions.csv', reportReaders, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canReadReportsOf));
  const page = await readCompletions(req.actor, team);
  const { header, rows } = completionsTable(page, res.locals.t, res.locals.fmt);
  sendCsv(
    res,
    `${res.locals.t('reports.completions.file')}-${team.name}-${page.today}`,
    toCsv(req.actor.language, header, rows),
  );
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
