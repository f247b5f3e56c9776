import type { Request, Response } from 'express';
import type { Team } from '../../organisations/teams.model';
import { onePageDocument } from '../documents/one-page-document';
import { aboutFigures, readerFor } from '../pages/figures-pages';
import { readOnePage } from '../pages/one-page.queries';
import { usualPeriod } from '../period';
import { answerReport } from './answer-report';

/** The manager's one page of a team, or of the whole organisation for null: half a year up to the newest month end. */
export async function answerOnePage(req: Request, res: Response, team: Team | null) {
  const { organisation_id: organisationId, organisation_name } = req.actor;
  const period = usualPeriod();
  const page = await readOnePage(req.actor, team, period);
  const reader = readerFor(res, team);
  const { t } = reader;
  const scope = team?.name ?? organisation_name;
  const document = onePageDocument({ page, isTeam: team !== null, scope, organisationId, period }, reader);
  const yes = [...(team ? [t('reports.sees.supervisor')] : []), t('reports.sees.admin')];
  const seen = { yes, no: [t('reports.sees.nobody'), t('reports.sees.never')] };
  await answerReport(req, res, document, {
    view: 'reports/one-page',
    values: { ...aboutFigures(req, team), seen },
  });
}
