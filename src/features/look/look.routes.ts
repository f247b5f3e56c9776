import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { localAddress } from '../../lib/local-address';
import { anyone, Routes } from '../../lib/routes';
import { administrators, signedIn, supervisors } from '../organisations/organisations.policy';
import type { Look } from '../people/people.model';
import { cookieOf, LOOK_COOKIE, lookOfCookie } from './look.cookie';
import { findSimpleMember } from './look.model';
import { canSetSimpleFor } from './look.policy';
import { LookForm, SimpleForm } from './look.schema';
import { answerOffer, chooseLook, setSimpleFor } from './look.service';

/** How pages look and sound: chosen by each for themself, before sign-in too. */
export const look = new Routes('');

look.get('/account/look', anyone, (req, res) => renderLook(req, res, { ...lookOf(req) }));

look.post('/account/look', anyone, async (req, res) => {
  const form = readForm(LookForm, req.body);
  if (!form.ok) return renderLook(req, res.status(422), { ...lookOf(req), ...form.values }, form.errors);
  await keep(req, res, form.value);
  res.redirect(303, '/account/look?saved=yes');
});

/** One press, from any page, and back to it. */
look.post('/account/simple', anyone, async (req, res) => {
  const form = readForm(SimpleForm, req.body);
  if (!form.ok) return res.redirect(303, '/account/look');
  await keep(req, res, { simple_mode: form.value.simple === 'on' });
  res.redirect(303, localAddress(form.value.back));
});

look.post('/account/simple/offer', signedIn, async (req, res) => {
  const wanted = req.body?.answer === 'yes';
  await answerOffer(req.actor, wanted);
  if (wanted) setCookie(req, res, { ...req.actor.look, simple_mode: true });
  res.redirect(303, '/');
});

look.post('/organisation/people/:person/simple', administrators, async (req, res) => {
  const person = await setForOther(req);
  res.redirect(303, `/organisation/people/${person}?saved=simple`);
});

look.post('/team/:team/people/:person/simple', supervisors, async (req, res) => {
  const person = await setForOther(req, String(req.params.team));
  res.redirect(303, `/team/${req.params.team}/people/${person}?saved=simple`);
});

/** Returns the id of the member. `team`: where the address says that they are. */
async function setForOther(req: Request, team?: string): Promise<string> {
  const member = found(await findSimpleMember(req.actor.organisation_id, String(req.params.person)));
  found(
    team === undefined || (member.team_ids.includes(team) && req.actor.supervised_teams.includes(team)) || undefined,
  );
  authorize(canSetSimpleFor(req.actor, member));
  const form = readForm(SimpleForm, req.body);
  if (form.ok) await setSimpleFor(req.actor, member, form.value.simple === 'on');
  return member.person_id;
}

const lookOf = (req: Request): Look => req.visitor?.look ?? lookOfCookie(req.headers.cookie);

async function keep(req: Request, res: Response, chosen: Partial<Look>): Promise<void> {
  if (req.visitor) await chooseLook(req.visitor, chosen);
  setCookie(req, res, { ...lookOf(req), ...chosen });
}

/** On this device the look holds also before sign-in: who cannot read small text must be able to sign in. */
function setCookie(req: Request, res: Response, chosen: Look): void {
  res.cookie(LOOK_COOKIE, cookieOf(chosen), {
    sameSite: 'lax',
    httpOnly: true,
    secure: req.secure,
    maxAge: 365 * 24 * 3600 * 1000,
  });
}

function renderLook(req: Request, res: Response, values: Record<string, unknown>, errors: FieldErrors = {}) {
  res.render('look/look', { values, errors, saved: req.query.saved === 'yes' });
}
