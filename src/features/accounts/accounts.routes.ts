import type { Request, Response } from 'express';
import { isSharedDevice } from '../../lib/device';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { mailIsOn } from '../../lib/mail';
import { anyone, Routes } from '../../lib/routes';
import { endSession } from '../../lib/session';
import { smsIsOn } from '../../lib/sms';
import { findMailReader } from '../notifications/notifications.model';
import { selectOwnInvitations } from '../organisations/invitations.model';
import { signedIn } from '../organisations/organisations.policy';
import { setPerson } from '../people/people.model';
import { authenticate } from './accounts.passport';
import { FirstPasswordForm, LanguageForm, OrganisationForm, PasswordForm, SignInForm } from './accounts.schema';
import { changePassword, choosePassword } from './accounts.service';
import { goOn, letIn } from './enter';
import { acceptInvitation, declineInvitation, showRole } from './memberships.service';
import { namesOn, sharedDeviceOf } from './shared-devices.service';

export const accounts = new Routes('');

/** From one place few tries for a name; from all places together more, so that nobody locks a colleague out from their own desk. */
const byNameHere = limit('sign-in-name-here', 10, 15 * 60);
const byName = limit('sign-in-name', 50, 15 * 60);
const byAddress = limit('sign-in-address', 200, 15 * 60);

accounts.get('/sign-in', anyone, async (req, res) => {
  if (req.visitor) return res.redirect(303, '/');
  await renderSignIn(req, res, { next: req.query.next });
});

accounts.post('/sign-in', anyone, async (req, res) => {
  const form = readForm(SignInForm, req.body);
  if (!form.ok) return renderSignIn(req, res.status(422), form.values, form.errors);
  const address = req.ip ?? 'unknown';
  const name = form.value.username.toLowerCase();
  await byAddress.count(address);
  await byNameHere.count(`${address} ${name}`);
  await byName.count(name);

  const personId = await authenticate(req, res);
  const opened = personId !== undefined && (await letIn(req, personId, { by: 'password' }));
  if (!opened) return renderSignIn(req, res.status(422), form.value, { username: 'accounts.signIn.wrong' });

  await byNameHere.forget(`${address} ${name}`);
  await byName.forget(name);
  res.redirect(303, localAddress(form.value.next));
});

accounts.post('/sign-out', anyone, async (req, res) => {
  // On a shared device nothing of this person waits for the next one.
  if (isSharedDevice(req)) res.setHeader('Clear-Site-Data', '"cache", "storage"');
  await endSession(req);
  res.redirect(303, '/sign-in');
});

accounts.get('/account', signedIn, (req, res) => renderAccount(req, res));

accounts.post('/account/password', signedIn, async (req, res) => {
  const form = readForm(PasswordForm, req.body);
  if (!form.ok) return renderAccount(req, res.status(422), form.errors);
  await byNameHere.count(`password ${req.actor.id}`);

  const changed = await changePassword(req.actor, form.value.current, form.value.password, req.sessionID);
  if (!changed) return renderAccount(req, res.status(422), { current: 'accounts.password.wrong' });

  await enter(req, req.actor.organisation_id);
  res.redirect(303, '/account?saved=password');
});

accounts.get('/account/first-password', signedIn, (req, res) => {
  if (!req.actor.must_change) return res.redirect(303, '/account');
  res.render('accounts/first-password', { errors: {}, account: req.actor });
});

accounts.post('/account/first-password', signedIn, async (req, res) => {
  const form = readForm(FirstPasswordForm, req.body);
  const errors = form.ok ? { password: 'accounts.first.same' } : form.errors;
  const chosen = form.ok && (await choosePassword(req.actor, form.value.password, req.sessionID));
  if (!chosen) return res.status(422).render('accounts/first-password', { errors, account: req.actor });

  await enter(req, req.actor.organisation_id);
  res.redirect(303, '/');
});

accounts.get('/account/information', signedIn, (req, res) => {
  res.render('accounts/information', { account: req.actor });
});

accounts.post('/account/shown-role', signedIn, async (req, res) => {
  await showRole(req.actor, req.body?.shown === 'yes');
  res.redirect(303, '/account?saved=role');
});

accounts.post('/account/notifications', signedIn, async (req, res) => {
  await setPerson(req.actor.id, { gets_mail: req.body?.mail === 'yes' });
  res.redirect(303, '/account?saved=told');
});

accounts.post('/account/invitations/:invitation/acceptance', signedIn, async (req, res) => {
  found((await acceptInvitation(req.actor, String(req.params.invitation))) || undefined);
  res.redirect(303, '/account?saved=accepted');
});

accounts.post('/account/invitations/:invitation/refusal', signedIn, async (req, res) => {
  found((await declineInvitation(req.actor, String(req.params.invitation))) || undefined);
  res.redirect(303, '/account?saved=declined');
});

accounts.post('/account/organisation', signedIn, async (req, res) => {
  const form = readForm(OrganisationForm, req.body);
  const organisationId = form.ok ? form.value.organisation : '';
  found(req.actor.organisations.find(({ id }) => id === organisationId));
  // A shared device is trusted by one organisation.
  authorize(req.signIn?.device === undefined || organisationId === req.actor.organisation_id);
  await enter(req, organisationId);
  res.redirect(303, '/');
});

accounts.post('/language', anyone, async (req, res) => {
  const form = readForm(LanguageForm, req.body);
  if (!form.ok) return res.redirect(303, '/');
  res.cookie('language', form.value.lang, {
    sameSite: 'lax',
    httpOnly: true,
    secure: req.secure,
    maxAge: 365 * 24 * 3600 * 1000,
  });
  if (req.visitor) await setPerson(req.visitor.id, { language: form.value.lang, content_language: null });
  res.redirect(303, localAddress(form.value.back));
});

/** Goes on under a new session, as a member of the organisation and by the password of now. Throws 404 when not a member. */
async function enter(req: Request, organisationId: string): Promise<void> {
  found((await goOn(req, organisationId)) || undefined);
}

async function renderSignIn(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  const device = await sharedDeviceOf(req);
  res.render('accounts/sign-in', {
    values: { ...values, password: undefined },
    errors,
    sharedPlace: device,
    names: device ? await namesOn(device) : [],
    codes: mailIsOn() || smsIsOn(),
  });
}

async function renderAccount(req: Request, res: Response, errors: FieldErrors = {}) {
  const [invitations, reader] = await Promise.all([
    selectOwnInvitations(req.actor.id),
    findMailReader(req.actor.organisation_id, req.actor.id),
  ]);
  res.render('accounts/account', { errors, saved: req.query.saved, account: req.actor, invitations, reader });
}
