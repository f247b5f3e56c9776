import type { Request, Response } from 'express';
import { toString as drawCode } from 'qrcode';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { Routes } from '../../lib/routes';
import { smsIsOn } from '../../lib/sms';
import { signedIn } from '../organisations/organisations.policy';
import { hasOwnPassword } from './accounts.model';
import { FirstPasswordForm } from './accounts.schema';
import { giveOwnPassword } from './accounts.service';
import { sendPhoneCode } from './codes.service';
import { goOn } from './enter';
import { countPhone, renderPhoneCode, takePhone } from './phone.page';
import { newApp, renewPaper, takeApp } from './second-factor.service';
import { surely } from './sure.policy';
import { CodeForm, PhoneForm } from './ways.schema';

/** Stronger steps that the person takes themself: an app with codes, a phone, a password. */
export const ownApp = new Routes('/account/ways');
const BACK = '/account/ways';

const tries = limit('own-app', 30, 15 * 60);

ownApp.get(
  '/app',
  signedIn,
  surely(BACK, (req, res) => renderApp(req, res)),
);

ownApp.post(
  '/app',
  signedIn,
  surely(BACK, async (req, res) => {
    const sealed = typeof req.body?.sealed === 'string' ? req.body.sealed : '';
    await tries.count(req.actor.id);
    const form = readForm(CodeForm, req.body);
    if (!form.ok) return renderApp(req, res.status(422), sealed, form.errors);
    const codes = await takeApp(req.actor, sealed, form.value.code);
    if (!codes) return renderApp(req, res.status(422), sealed, { code: 'ways.app.wrong' });
    // Codes on paper are shown in this answer and nowhere again, so there is no page to go on to.
    await goOn(req, req.actor.organisation_id, { second: true });
    res.status(201).render('accounts/paper-codes', { codes });
  }),
);

ownApp.get(
  '/app/codes',
  signedIn,
  surely(BACK, (_req, res) => res.render('accounts/paper-codes', { codes: [] })),
);

ownApp.post(
  '/app/codes',
  signedIn,
  surely(BACK, async (req, res) => {
    res.status(201).render('accounts/paper-codes', { codes: found(await renewPaper(req.actor)) });
  }),
);

ownApp.get(
  '/phone',
  signedIn,
  surely(BACK, (_req, res) => renderPhone(res)),
);

ownApp.post(
  '/phone',
  signedIn,
  surely(BACK, async (req, res) => {
    found(smsIsOn() || undefined);
    const form = readForm(PhoneForm, req.body);
    if (!form.ok) return renderPhone(res.status(422), form.values, form.errors);
    await countPhone(req.actor, form.value.phone);
    await sendPhoneCode(req, res, req.actor.id, form.value.phone);
    res.redirect(303, `${BACK}/phone/code`);
  }),
);

ownApp.get(
  '/phone/code',
  signedIn,
  surely(BACK, (req, res) => renderPhoneCode(req, res, req.actor)),
);

ownApp.post(
  '/phone/code',
  signedIn,
  surely(BACK, async (req, res) => {
    const errors = await takePhone(req, res, req.actor.id);
    if (errors) return renderPhoneCode(req, res.status(422), req.actor, errors);
    res.redirect(303, `${BACK}?saved=phone`);
  }),
);

ownApp.get(
  '/password',
  signedIn,
  surely(BACK, (req, res) => renderPassword(req, res)),
);

ownApp.post(
  '/password',
  signedIn,
  surely(BACK, async (req, res) => {
    if (await hasOwnPassword(req.actor.id)) return res.redirect(303, '/account');
    const form = readForm(FirstPasswordForm, req.body);
    if (!form.ok) return renderPassword(req, res.status(422), form.errors);
    await giveOwnPassword(req.actor, form.value.password, req.sessionID);
    await goOn(req, req.actor.organisation_id, { by: 'password', way: undefined, at: Date.now() });
    res.redirect(303, `${BACK}?saved=password`);
  }),
);

async function renderApp(req: Request, res: Response, sealed?: string, errors: object = {}): Promise<void> {
  const app = newApp(req.actor, sealed);
  const drawing = await drawCode(app.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  res.render('accounts/app', { app, drawing, errors });
}

function renderPhone(res: Response, values: object = {}, errors: object = {}): void {
  found(smsIsOn() || undefined);
  res.render('accounts/phone', { values, errors });
}

async function renderPassword(req: Request, res: Response, errors: object = {}): Promise<void> {
  if (await hasOwnPassword(req.actor.id)) return res.redirect(303, '/account');
  res.render('accounts/own-password', { account: req.actor, errors });
}
