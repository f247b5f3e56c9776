import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { isMember } from '../organisations/memberships.model';
import { findNetwork, selectNetworks } from '../organisations/networks.model';
import { administrators } from '../organisations/organisations.policy';
import { findTeam } from '../organisations/teams.model';
import { CoordinatorForm, deputyDays, PeopleFilterForm, PLACES, TeamForm, TeamPersonForm } from './admin.schema';
import { selectPeople } from './people.queries';
import { selectCoordinators, selectPeopleOfTeam, selectTeamTree } from './teams.queries';
import { addTeam, changeTeam, nameCoordinator, placePerson, removeCoordinator, removePerson } from './teams.service';

export const adminTeams = new Routes('/organisation');

adminTeams.get('/teams', administrators, (req, res) => renderTeams(req, res, {}));

adminTeams.post('/teams', administrators, async (req, res) => {
  const form = readForm(TeamForm, req.body);
  if (!form.ok) return renderTeams(req, res.status(422), form.values, form.errors);
  const added = await addTeam(req.actor, form.value);
  if ('refused' in added) return renderTeams(req, res.status(422), form.value, added.refused);
  res.redirect(303, `/organisation/teams/${added.id}?saved=added`);
});

adminTeams.get('/teams/:team', administrators, async (req, res) => renderTeam(req, res));

adminTeams.post('/teams/:team', administrators, async (req, res) => {
  const current = await team(req);
  const form = readForm(TeamForm, req.body);
  if (!form.ok) return renderTeam(req, res.status(422), form.values, form.errors);
  const refusal = await changeTeam(req.actor, current, form.value);
  if (refusal) return renderTeam(req, res.status(422), form.value, refusal.refused);
  res.redirect(303, `/organisation/teams/${current.id}?saved=changed`);
});

adminTeams.get('/teams/:team/people/new', administrators, (req, res) => renderPlace(req, res, { place: 'member' }));

adminTeams.post('/teams/:team/people', administrators, async (req, res) => {
  const current = await team(req);
  const form = readForm(TeamPersonForm, req.body);
  if (!form.ok) return renderPlace(req, res.status(422), form.values, form.errors);
  const { person, place, ends_on } = form.value;
  await memberOr404(req, person);
  await placePerson(req.actor, current, person, place, ends_on);
  res.redirect(303, `/organisation/teams/${current.id}?saved=placed`);
});

adminTeams.post('/teams/:team/people/:person/removal', administrators, async (req, res) => {
  const current = await team(req);
  const place = found(PLACES.find((one) => one === req.body?.place));
  const people = await selectPeopleOfTeam(req.actor.organisation_id, current.id);
  const person = found(people.find((one) => one.person_id === req.params.person && one.place === place));
  await removePerson(req.actor, current, person.person_id, place);
  res.redirect(303, `/organisation/teams/${current.id}?saved=removed`);
});

adminTeams.get('/networks', administrators, (req, res) => renderNetworks(req, res));

adminTeams.post('/networks/:network/coordinators', administrators, async (req, res) => {
  const network = found(await findNetwork(req.actor.organisation_id, String(req.params.network)));
  const form = readForm(CoordinatorForm, req.body);
  if (!form.ok) return renderNetworks(req, res.status(422), form.errors);
  await memberOr404(req, form.value.person);
  await nameCoordinator(req.actor, network, form.value.person);
  res.redirect(303, '/organisation/networks?saved=named');
});

adminTeams.post('/networks/:network/coordinators/:person/removal', administrators, async (req, res) => {
  const network = found(await findNetwork(req.actor.organisation_id, String(req.params.network)));
  const coordinators = await selectCoordinators(req.actor.organisation_id);
  const { person_id } = found(
    coordinators.find((one) => one.network_id === network.id && one.person_id === req.params.person),
  );
  await removeCoordinator(req.actor, network, person_id);
  res.redirect(303, '/organisation/networks?saved=removed');
});

const team = async (req: Request) => found(await findTeam(req.actor.organisation_id, String(req.params.team)));

/** A person of another organisation is not known here. */
async function memberOr404(req: Request, personId: string): Promise<void> {
  found((await isMember(req.actor.organisation_id, personId)) || undefined);
}

async function renderTeams(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  res.render('admin/teams', { teams: await selectTeamTree(req.actor.organisation_id), values, errors });
}

async function renderTeam(req: Request, res: Response, typed: object = {}, errors: FieldErrors = {}) {
  const current = await team(req);
  res.render('admin/team', {
    team: current,
    people: await selectPeopleOfTeam(req.actor.organisation_id, current.id),
    teams: await selectTeamTree(req.actor.organisation_id),
    values: { ...current, ...typed },
    errors,
    saved: req.query.saved,
  });
}

/** Somebody is looked for by name first, then chosen; both are forms of this one page. */
async function renderPlace(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const filter = { ...PeopleFilterForm.parse(req.query), team: '', role: '', state: 'current' as const, page: 1 };
  res.render('admin/team-person', {
    team: await team(req),
    q: filter.q,
    people: await selectPeople(req.actor.organisation_id, filter),
    values,
    errors,
    days: deputyDays(),
  });
}

async function renderNetworks(req: Request, res: Response, errors: FieldErrors = {}) {
  const filter = { ...PeopleFilterForm.parse(req.query), team: '', role: '', state: 'current' as const, page: 1 };
  res.render('admin/networks', {
    networks: await selectNetworks(req.actor.organisation_id),
    coordinators: await selectCoordinators(req.actor.organisation_id),
    people: filter.q ? await selectPeople(req.actor.organisation_id, filter) : [],
    q: filter.q,
    errors,
    saved: req.query.saved,
  });
}
