import type { Request, Response } from 'express';
import { toString as drawCode } from 'qrcode';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { mailIsOn } from '../../lib/mail';
import { originOf } from '../../lib/origin';
import { Routes } from '../../lib/routes';
import { smsIsOn } from '../../lib/sms';
import { recordLooks } from '../audit/looks.model';
import { hasOwnPassword } from './accounts.model';
import { sendPhoneCode } from './codes.service';
import { findHelped, type Helped } from './helping.model';
import { mayGive, mayHelpIn, signInHelpers } from './helping.policy';
import { countPhone, renderPhoneCode, takePhone } from './phone.page';
import { surely } from './sure.policy';
import { selectWays, type WayKind } from './ways.model';
import { PhoneForm } from './ways.schema';
import { makeCard, removeLost, removeWay, switchMailOn } from './ways.service';

/** Where an administrator or a supervisor sets how a person comes in. Who may, is in helping.policy. */
export const helpingIn = new Routes('/sign-in-help/people');

helpingIn.get('/:person', signInHelpers, async (req, res) => renderHelped(req, res, await helped(req)));

helpingIn.post(
  '/:person/card',
  signInHelpers,
  surelyAt(async (req, res) => {
    const person = await helped(req);
    const code = await makeCard(req.actor, person.person_id);
    const address = `${originOf(req)}/sign-in/card`;
    const drawing = await drawCode(`${address}?code=${code}`, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
    // The code is shown in this answer and nowhere again, so there is no page to go on to.
    res.status(201).render('accounts/card-paper', { person, code, address, drawing });
  }),
);

helpingIn.post(
  '/:person/mail',
  signInHelpers,
  surelyAt(async (req, res) => {
    const person = await helped(req);
    authorize(mayGive(req.actor, 'mail'));
    found(mailIsOn() ? person.email : undefined);
    await switchMailOn(req.actor, person.person_id);
    res.redirect(303, `${addressOf(person)}?saved=mail`);
  }),
);

helpingIn.post(
  '/:person/phone',
  signInHelpers,
  surelyAt(async (req, res) => {
    const person = await helped(req);
    authorize(mayGive(req.actor, 'phone'));
    found(smsIsOn() || undefined);
    const form = readForm(PhoneForm, req.body);
    if (!form.ok) return renderHelped(req, res.status(422), person, form.values, form.errors);
    await countPhone(req.actor, form.value.phone);
    await sendPhoneCode(req, res, person.person_id, form.value.phone);
    res.redirect(303, `${addressOf(person)}/phone/code`);
  }),
);

helpingIn.get(
  '/:person/phone/code',
  signInHelpers,
  surelyAt(async (req, res) => {
    const person = await helped(req);
    authorize(mayGive(req.actor, 'phone'));
    await renderPhoneCode(req, res, nameOf(person));
  }),
);

helpingIn.post(
  '/:person/phone/code',
  signInHelpers,
  surelyAt(async (req, res) => {
    const person = await helped(req);
    authorize(mayGive(req.actor, 'phone'));
    const errors = await takePhone(req, res, person.person_id);
    if (errors) return renderPhoneCode(req, res.status(422), nameOf(person), errors);
    res.redirect(303, `${addressOf(person)}?saved=phone`);
  }),
);

helpingIn.post('/:person/lost', signInHelpers, async (req, res) => {
  const person = await helped(req);
  await removeLost(req.actor, person.person_id);
  res.redirect(303, `${addressOf(person)}?saved=lost`);
});

helpingIn.post('/:person/:way/removal', signInHelpers, async (req, res) => {
  const person = await helped(req);
  const way = found((await selectWays(person.person_id)).find(({ id }) => id === String(req.params.way)));
  await removeWay(req.actor, person.person_id, way.id);
  res.redirect(303, `${addressOf(person)}?saved=removed`);
});

const nameOf = ({ person_id, name }: Helped) => ({ id: person_id, name });
const addressOf = (person: Helped) => `/sign-in-help/people/${person.person_id}`;

function surelyAt(handler: (req: Request, res: Response) => Promise<unknown>) {
  return (req: Request, res: Response) =>
    surely(`/sign-in-help/people/${String(req.params.person)}`, handler)(req, res);
}

async function helped(req: Request): Promise<Helped> {
  const person = found(await findHelped(req.actor.organisation_id, String(req.params.person)));
  authorize(mayHelpIn(req.actor, person));
  return person;
}

async function renderHelped(req: Request, res: Response, person: Helped, typed: object = {}, errors: FieldErrors = {}) {
  await recordLooks(req.actor, 'account', [person.person_id]);
  const [ways, password] = await Promise.all([selectWays(person.person_id), hasOwnPassword(person.person_id)]);
  const gives = (kind: WayKind) => mayGive(req.actor, kind);
  res.render('accounts/helped', {
    person,
    ways,
    password,
    gives: { mail: gives('mail') && mailIsOn() && person.email !== null, phone: gives('phone') && smsIsOn() },
    values: typed,
    saved: req.query.saved,
    errors,
  });
}
