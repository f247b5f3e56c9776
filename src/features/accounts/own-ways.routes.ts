import type { Request, Response } from 'express';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { mailIsOn } from '../../lib/mail';
import { Routes } from '../../lib/routes';
import { smsIsOn } from '../../lib/sms';
import { findMailReader } from '../notifications/notifications.model';
import { signedIn } from '../organisations/organisations.policy';
import { deleteOtherSessions, hasOwnPassword } from './accounts.model';
import { levelOf } from './assurance';
import { CODE_LENGTH, isGuessable, isWhole, PICTURES, type Picture, readPictures } from './pictures';
import { deleteOwnSession, selectOwnSessions } from './sessions.model';
import { surely } from './sure.policy';
import { selectWays, setWay } from './ways.model';
import { NumberForm, WayNameForm } from './ways.schema';
import { chooseNumber, choosePictures, removeWay, switchMailOn } from './ways.service';

/** How the person comes in: what they have, what each protects, and where they are in now. */
export const ownWays = new Routes('/account/ways');
const BACK = '/account/ways';

ownWays.get('/', signedIn, async (req, res) => {
  const { id, organisation_id } = req.actor;
  const [ways, sessions, password, reader] = await Promise.all([
    selectWays(id),
    selectOwnSessions(id, req.sessionID),
    hasOwnPassword(id),
    findMailReader(organisation_id, id),
  ]);
  res.render('accounts/ways', {
    ways,
    sessions,
    password,
    email: mailIsOn() ? (reader?.email ?? null) : null,
    phones: smsIsOn(),
    saved: req.query.saved,
    by: req.signIn?.by ?? 'password',
    level: levelOf(req.signIn?.by),
  });
});

ownWays.get(
  '/pictures',
  signedIn,
  surely(BACK, (_req, res) => renderChoice(res, [], undefined)),
);

ownWays.post(
  '/pictures',
  signedIn,
  surely(BACK, async (req, res) => {
    const { chosen: sent, first: before, picture, again } = (req.body ?? {}) as Record<string, unknown>;
    const chosen = again === undefined ? readPictures(sent, picture) : [];
    const first = again === undefined ? readPictures(before, undefined) : [];
    if (!isWhole(chosen)) return renderChoice(res, chosen, isWhole(first) ? first : undefined);
    // Chosen once; the second time shows that they are remembered.
    if (isGuessable(chosen)) return renderChoice(res.status(422), [], undefined, { form: 'ways.choose.alike' });
    if (!isWhole(first)) return renderChoice(res, [], chosen);
    if (first.join() !== chosen.join())
      return renderChoice(res.status(422), [], undefined, { form: 'ways.choose.differs' });
    await choosePictures(req.actor, chosen);
    res.redirect(303, `${BACK}?saved=picture`);
  }),
);

ownWays.get(
  '/number',
  signedIn,
  surely(BACK, (_req, res) => res.render('accounts/number', { errors: {} })),
);

ownWays.post(
  '/number',
  signedIn,
  surely(BACK, async (req, res) => {
    const form = readForm(NumberForm, req.body);
    if (!form.ok) return res.status(422).render('accounts/number', { errors: form.errors });
    const card = found((await selectWays(req.actor.id)).find(({ kind }) => kind === 'card'));
    await chooseNumber(req.actor, card.id, form.value.number);
    res.redirect(303, `${BACK}?saved=number`);
  }),
);

ownWays.post(
  '/mail',
  signedIn,
  surely(BACK, async (req, res) => {
    const reader = await findMailReader(req.actor.organisation_id, req.actor.id);
    found(reader?.email);
    await switchMailOn(req.actor, req.actor.id);
    res.redirect(303, `${BACK}?saved=mail`);
  }),
);

ownWays.post(
  '/:way/removal',
  signedIn,
  surely(BACK, async (req, res) => {
    const way = await ownWay(req);
    await removeWay(req.actor, req.actor.id, way.id);
    // Whoever removes the way they came by stands outside.
    res.redirect(303, `${BACK}?saved=removed`);
  }),
);

ownWays.post('/:way/name', signedIn, async (req, res) => {
  const way = await ownWay(req);
  const form = readForm(WayNameForm, req.body);
  if (form.ok) await setWay(way.id, { name: form.value.name });
  res.redirect(303, form.ok ? `${BACK}?saved=named` : BACK);
});

ownWays.post('/sessions/others/end', signedIn, async (req, res) => {
  await deleteOtherSessions(req.actor.id, req.sessionID ?? null);
  res.redirect(303, `${BACK}?saved=ended`);
});

ownWays.post('/sessions/:session/end', signedIn, async (req, res) => {
  found((await deleteOwnSession(req.actor.id, String(req.params.session))) || undefined);
  res.redirect(303, `${BACK}?saved=ended`);
});

const ownWay = async (req: Request) =>
  found((await selectWays(req.actor.id)).find(({ id }) => id === String(req.params.way)));

function renderChoice(res: Response, chosen: readonly Picture[], first: readonly Picture[] | undefined, errors = {}) {
  res.render('accounts/pictures-choose', {
    chosen,
    first: first ?? [],
    pictures: PICTURES,
    needed: CODE_LENGTH,
    errors,
  });
}
