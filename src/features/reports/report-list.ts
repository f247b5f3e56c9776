import type { Translate } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import { isAdministrator } from '../organisations/organisations.policy';
import type { Team } from '../organisations/teams.model';
import { canSeePeopleOf } from './reports.policy';

/** A report in the list: its name, and the question it answers. */
export interface ListedReport {
  address: string;
  symbol: string;
  name: string;
  question: string;
}
export interface ReportGroup {
  heading: string;
  reports: ListedReport[];
}

const ORGANISATION: readonly [path: string, symbol: string][] = [
  ['one-page', 'star'],
  ['growth', 'twig'],
  ['coverage', 'flag'],
  ['heat-map', 'table'],
  ['training', 'check'],
  ['courses', 'route'],
  ['dialogue', 'people'],
];

const TEAM: readonly [path: string, symbol: string][] = [
  ['one-page', 'star'],
  ['growth', 'twig'],
  ['coverage', 'flag'],
  ['heat-map', 'table'],
  ['completions', 'check'],
];

/** Teams of whom each report is listed; with more of them, one finds them in the list of teams. */
const MOST_TEAMS = 3;

/** What the actor may read. `teams` are those whose reports they may open. */
export function reportList(actor: Actor, teams: readonly Team[], t: Translate): ReportGroup[] {
  const listed = (kind: string, path: string, symbol: string, address: string): ListedReport => ({
    address,
    symbol,
    name: t(`reports.list.${path}`),
    question: t(`reports.list.${kind}.${path}`),
  });
  const own = teams.filter((team) => canSeePeopleOf(actor, team));
  const built = {
    heading: t('own.heading'),
    reports: [
      { address: '/reports/own', symbol: 'pen', name: t('own.list.heading'), question: t('own.list.question') },
    ],
  };
  const near = own.slice(0, MOST_TEAMS);
  const groups = near.map((team) => ({
    heading: team.name,
    reports: TEAM.map(([path, symbol]) => listed('team', path, symbol, `/team/${team.id}/${path}`)),
  }));
  if (teams.length > near.length)
    groups.push({ heading: t('reports.list.teams'), reports: [listed('team', 'teams', 'people', '/team')] });
  if (!isAdministrator(actor)) return [...groups, built];
  const whole = ORGANISATION.map(([path, symbol]) => listed('organisation', path, symbol, `/reports/${path}`));
  return [{ heading: actor.organisation_name, reports: whole }, ...groups, built];
}
