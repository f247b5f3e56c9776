import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { conflict } from '../../lib/errors';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { originOf } from '../../lib/origin';
import { Routes } from '../../lib/routes';
import { isSure, surely } from '../accounts/sure.policy';
import { recordLooks } from '../audit/looks.model';
import { selectInvitations } from '../organisations/invitations.model';
import { administrators, rolesShownTo } from '../organisations/organisations.policy';
import { selectTeams } from '../organisations/teams.model';
import { frameworkWords } from '../skills/skills.model';
import { canChangeMembership, canManageAccount } from './admin.policy';
import { InvitationForm, NamesForm, NewPersonForm, PageForm, PeopleFilterForm, TermsForm } from './admin.schema';
import { EVENTS_ON_PAGE, selectEvents } from './audit.queries';
import { findMember, PAGE_SIZE, selectOverview, selectPeople } from './people.queries';
import {
  addPerson,
  bringBack,
  changeNames,
  changeTerms,
  end,
  invite,
  resetPassword,
  suspend,
  takeBackInvitation,
} from './people.service';

export const admin = new Routes('/organisation');

/** Whether a user name exists anywhere is told one name at a time, not by the thousand. */
const names = limit('admin-names', 300, 3600);

admin.get('/', administrators, async (req, res) => {
  res.render('admin/overview', {
    organisation: req.actor.organisation_name,
    overview: await selectOverview(req.actor.organisation_id),
  });
});

admin.get('/people', administrators, async (req, res) => {
  const filter = PeopleFilterForm.parse(req.query);
  const rows = await selectPeople(req.actor.organisation_id, filter);
  res.render('admin/people', {
    filter,
    people: rows.map((row) => ({ ...row, roles: rolesShownTo(req.actor, row) })),
    total: rows[0]?.total ?? 0,
    pages: Math.ceil((rows[0]?.total ?? 0) / PAGE_SIZE),
    teams: await selectTeams(req.actor.organisation_id),
    invitations: await selectInvitations(req.actor.organisation_id),
    saved: req.query.saved,
  });
});

admin.get('/people/new', administrators, (req, res) =>
  renderNewPerson(req, res, { key: randomUUID(), roles: ['learner'], relation: 'employee' }),
);

admin.post('/people', administrators, async (req, res) => {
  const form = readForm(NewPersonForm, req.body);
  if (!form.ok) return renderNewPerson(req, res.status(422), form.values, form.errors);
  await names.count(req.actor.id);

  const added = await addPerson(req.actor, form.value);
  if ('refused' in added) return renderNewPerson(req, res.status(422), form.value, added.refused);

  // The password is shown in this answer and nowhere again, so there is no page to go on to.
  const { id, username, password } = added;
  res.status(201).render('admin/hand-over', { id, username, password, name: form.value.name, ...paper(req) });
});

admin.get('/people/:person', administrators, async (req, res) => renderPerson(req, res, await member(req)));

admin.post('/people/:person/terms', administrators, async (req, res) => {
  const person = await member(req);
  authorize(canChangeMembership(person));
  const form = readForm(TermsForm, req.body);
  if (!form.ok) return renderPerson(req, res.status(422), person, form.values, form.errors);

  const refusal = await changeTerms(req.actor, person, form.value);
  if (refusal) return renderPerson(req, res.status(422), person, form.value, refusal.refused);
  const gaveUp = person.person_id === req.actor.id && !form.value.roles.includes('administrator');
  res.redirect(303, gaveUp ? '/' : `/organisation/people/${person.person_id}?saved=terms`);
});

admin.post('/people/:person/names', administrators, async (req, res) => {
  const person = await member(req);
  authorize(canManageAccount(person));
  const form = readForm(NamesForm, req.body);
  if (!form.ok) return renderPerson(req, res.status(422), person, form.values, form.errors);
  await names.count(req.actor.id);
  // Codes to sign in go to the address.
  if (form.value.email !== person.email && !(await isSure(req))) return askWho(req, res);

  const refusal = await changeNames(req.actor, person, form.value);
  if (refusal) return renderPerson(req, res.status(422), person, form.value, refusal.refused);
  res.redirect(303, `/organisation/people/${person.person_id}?saved=names`);
});

admin.post('/people/:person/password', administrators, async (req, res) => {
  const { person_id: id, username, name, ...person } = await member(req);
  authorize(canManageAccount(person));
  if (!(await isSure(req))) return askWho(req, res);
  const password = await resetPassword(req.actor, { person_id: id });
  res.render('admin/hand-over', { id, username, password, name, ...paper(req) });
});

admin.post('/people/:person/suspension', administrators, async (req, res) => {
  const person = await member(req);
  authorize(canChangeMembership(person));
  const refusal = await suspend(req.actor, person);
  if (refusal) return renderPerson(req, res.status(422), person, {}, refusal.refused);
  res.redirect(303, `/organisation/people/${person.person_id}?saved=suspended`);
});

admin.post('/people/:person/return', administrators, async (req, res) => {
  const person = await member(req);
  await bringBack(req.actor, person);
  res.redirect(303, `/organisation/people/${person.person_id}?saved=returned`);
});

admin.post('/people/:person/end', administrators, async (req, res) => {
  const person = await member(req);
  authorize(canChangeMembership(person));
  const refusal = await end(req.actor, person);
  if (refusal) return renderPerson(req, res.status(422), person, {}, refusal.refused);
  res.redirect(303, `/organisation/people/${person.person_id}?saved=ended`);
});

admin.get('/invitations/new', administrators, (req, res) =>
  renderInvitation(req, res, { roles: ['learner'], relation: 'independent' }),
);

admin.post('/invitations', administrators, async (req, res) => {
  const form = readForm(InvitationForm, req.body);
  if (!form.ok) return renderInvitation(req, res.status(422), form.values, form.errors);
  await names.count(req.actor.id);
  const { username, ...terms } = form.value;
  await invite(req.actor, username, terms);
  res.redirect(303, '/organisation/people?saved=invited');
});

admin.post('/invitations/:invitation/removal', administrators, async (req, res) => {
  if (!(await takeBackInvitation(req.actor, String(req.params.invitation)))) throw conflict();
  res.redirect(303, '/organisation/people?saved=taken-back');
});

admin.get('/audit', administrators, async (req, res) => {
  const { page } = PageForm.parse(req.query);
  const events = await selectEvents(req.actor.organisation_id, page);
  res.render('admin/audit', { events, page, pages: Math.ceil((events[0]?.total ?? 0) / EVENTS_ON_PAGE) });
});

/** Whoever sets how another comes in shows again who they are; then they are back on the person's page. */
const askWho = (req: Request, res: Response) =>
  surely(`/organisation/people/${String(req.params.person)}`, () => undefined)(req, res);

const member = async (req: Request) => found(await findMember(req.actor.organisation_id, String(req.params.person)));

/** What the paper tells beside the names: where to go, and until when the password is good. */
const paper = (req: Request) => ({
  address: `${originOf(req)}/sign-in`,
  goodUntil: new Date(Date.now() + 14 * 24 * 3600 * 1000),
});

/** What may be given; an archived one only to those who have it already. */
async function profiles(req: Request, current?: string | null) {
  const { profiles, archived } = await frameworkWords(req.actor.language);
  return [...profiles].filter(([code]) => code === current || !archived.has(code));
}

async function renderNewPerson(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const teams = await selectTeams(req.actor.organisation_id);
  res.render('admin/person-new', { values, errors, teams, profiles: await profiles(req) });
}

async function renderInvitation(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  res.render('admin/invitation', { values, errors, profiles: await profiles(req) });
}

type Person = Awaited<ReturnType<typeof member>>;

async function renderPerson(req: Request, res: Response, person: Person, typed: object = {}, errors: FieldErrors = {}) {
  await recordLooks(req.actor, 'account', [person.person_id]);
  res.render('admin/person', {
    person,
    values: { ...person, ...typed },
    errors,
    saved: req.query.saved,
    isSelf: person.person_id === req.actor.id,
    mayManageAccount: canManageAccount(person),
    mayChange: canChangeMembership(person),
    profiles: await profiles(req, person.target_profile),
  });
}
