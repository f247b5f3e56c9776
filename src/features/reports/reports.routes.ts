import { noonOf } from '../../lib/calendar';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { recordLooks } from '../audit/looks.model';
import { supervisors } from '../organisations/organisations.policy';
import { answerHelpRequest } from '../support/support.service';
import { personDocument } from './documents/person-document';
import { addReport, answerReport, readerOf } from './figures/answer-report';
import { courseState } from './figures/training';
import { countOpenHelp, findHelpRequest, findMember } from './pages/team.queries';
import { usualPeriod } from './period';
import { canSeePeopleOf, reportReaders } from './reports.policy';
import { findTeamFor, readableTeams, readPerson, readTeamPage } from './reports.queries';

export const reports = new Routes('/team');

reports.get('/', reportReaders, async (req, res) => {
  const teams = await readableTeams(req.actor);
  const [only] = teams;
  if (only && teams.length === 1)
    return res.redirect(303, `/team/${only.id}${canSeePeopleOf(req.actor, only) ? '' : '/coverage'}`);
  const own = teams.filter((team) => canSeePeopleOf(req.actor, team));
  const waiting = await countOpenHelp(
    req.actor.organisation_id,
    own.map(({ id }) => id),
  );
  res.render('reports/teams', {
    teams: teams.map((team) => ({ ...team, isOwn: own.includes(team), waiting: waiting.get(team.id) ?? 0 })),
  });
});

reports.get('/:team', supervisors, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canSeePeopleOf));
  const period = usualPeriod();
  const answered = req.query.saved === 'help';
  const page = await readTeamPage(req.actor, team, period, answered);
  await recordLooks(
    req.actor,
    'team',
    page.people.map(({ person_id }) => person_id),
  );
  res.render('reports/team', {
    team,
    period,
    answered,
    noonOf,
    organisation: req.actor.organisation_name,
    ...page,
  });
});

reports.post('/:team/help/:request', supervisors, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canSeePeopleOf));
  const request = found(await findHelpRequest(req.actor.organisation_id, team.id, String(req.params.request)));
  await answerHelpRequest(req.actor, request);
  res.redirect(303, `/team/${team.id}?saved=help`);
});

addReport(reports, '/:team/people/:person', supervisors, async (req, res) => {
  const team = found(await findTeamFor(req.actor, String(req.params.team), canSeePeopleOf));
  const member = found(await findMember(req.actor.organisation_id, team.id, String(req.params.person)));
  const read = await readPerson(req.actor, team, member);
  await recordLooks(req.actor, 'person', [member.person_id]);
  await answerReport(req, res, personDocument({ name: member.name, ...read }, readerOf(res)), {
    view: 'reports/person',
    values: { team, member, courseState, noonOf, ...read },
  });
});
