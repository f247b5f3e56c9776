import type { Request, Response } from 'express';
import { noonOf, typedDay } from '../../../lib/calendar';
import { isAdministrator } from '../../organisations/organisations.policy';
import type { Team } from '../../organisations/teams.model';
import { coverageDocument } from '../documents/coverage-document';
import type { Reader } from '../documents/document-cells';
import { growthDocument } from '../documents/growth-document';
import { say } from '../documents/report-words';
import { answerReport, endingOf, readerOf } from '../figures/answer-report';
import { presets, readPeriod, usualPeriod } from '../period';
import { canSeePeopleOf } from '../reports.policy';
import { readableTeams, readCoverage, readGrowth } from '../reports.queries';
import { PeriodQuery } from '../reports.schema';

/** What stands for the whole organisation where a team is chosen. */
const WHOLE = 'organisation';

/** Growth of a team, or of the whole organisation for null: the page, a file, or the page of what was chosen on it. */
export async function answerGrowth(req: Request, res: Response, team: Team | null) {
  const asked = PeriodQuery.parse(req.query);
  const here = team?.id ?? WHOLE;
  if (asked.team && asked.team !== here) return res.redirect(303, elsewhere(asked));
  const period = readPeriod(asked);
  const common = { ...aboutFigures(req, team), presets: presets(), say, whole: isAdministrator(req.actor), WHOLE };
  if (!period.ok && endingOf(req)) return res.redirect(303, elsewhere({ ...asked, team: here }));
  if (!period.ok) {
    const { values, errors } = period;
    return res
      .status(422)
      .render('reports/growth', { ...common, teams: await readableTeams(req.actor), values, errors });
  }
  const { report: growth, ...read } = await readGrowth(req.actor, { team }, period.value);
  const scope = team?.name ?? req.actor.organisation_name;
  const document = growthDocument({ ...read, report: growth, period: period.value, scope }, readerFor(res, team));
  await answerReport(req, res, document, {
    view: 'reports/growth',
    values: { ...common, ...read, growth, period: period.value },
  });
}

/** How target profiles are reached in a team, or in the whole organisation for null. */
export async function answerCoverage(req: Request, res: Response, team: Team | null) {
  const period = usualPeriod();
  const { report: coverage, ...read } = await readCoverage(req.actor, { team }, period);
  const scope = team?.name ?? req.actor.organisation_name;
  const document = coverageDocument({ ...read, report: coverage, period, scope }, readerFor(res, team));
  await answerReport(req, res, document, {
    view: 'reports/coverage',
    values: { ...aboutFigures(req, team), ...read, coverage, period, say },
  });
}

export const aboutFigures = ({ actor }: Request, team: Team | null) => ({
  team,
  place: placeOf(team?.id ?? WHOLE),
  organisation: actor.organisation_name,
  k: actor.smallest_group,
  isOwn: team !== null && canSeePeopleOf(actor, team),
  noonOf,
  typedDay,
});

/** Sentences that speak of "the team" have a twin that speaks of the organisation. */
const OF_TEAM = new Set(['reports.sure.people', 'reports.sure.moved', 'reports.coverage.people']);

export function readerFor(res: Response, team: Team | null): Reader {
  const reader = readerOf(res);
  if (team) return reader;
  return { ...reader, t: (key, values) => reader.t(OF_TEAM.has(key) ? `${key}.whole` : key, values) };
}

const placeOf = (team: string) => (team === WHOLE ? '/reports' : `/team/${encodeURIComponent(team)}`);

/** The report of the team that was chosen on the page of another. */
function elsewhere({ team = '', from = '', to = '' }: PeriodQuery): string {
  return `${placeOf(team)}/growth?${new URLSearchParams({ from, to })}`;
}
