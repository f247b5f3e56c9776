import type { Request, Response } from 'express';
import { readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { localAddress } from '../../lib/local-address';
import { mailIsOn } from '../../lib/mail';
import { anyone, Routes } from '../../lib/routes';
import { smsIsOn } from '../../lib/sms';
import { tryCode } from './challenges.model';
import { sendCode } from './codes.service';
import { letIn } from './enter';
import { findWayNamed } from './ways.model';
import { CodeForm, CodeWantedForm } from './ways.schema';

/** Sign-in by six digits that come to the person's own mail or phone. */
export const codeSignIn = new Routes('/sign-in/code');

/** Messages cost money and patience. */
const sentToName = limit('code-name', 5, 15 * 60);
const sentFrom = limit('code-address', 30, 15 * 60);
const triedFrom = limit('code-tries', 60, 15 * 60);

codeSignIn.get('/', anyone, (req, res) => {
  found(places().length > 0 || undefined);
  render(res, { username: req.visitor?.username ?? '', next: String(req.query.next ?? '') });
});

codeSignIn.post('/', anyone, async (req, res) => {
  const form = readForm(CodeWantedForm, req.body);
  if (!form.ok) return render(res.status(422), form.values, form.errors);
  const { username, to, next } = form.value;
  const kind = found(places().find((place) => place === to) ?? places()[0]);
  await sentFrom.count(req.ip ?? 'unknown');
  await sentToName.count(username);
  await sendCode(req, res, kind, await findWayNamed(username, kind));
  res.redirect(303, `/sign-in/code/${kind}?next=${encodeURIComponent(next ?? '')}`);
});

codeSignIn.get('/mail', anyone, (req, res) => renderGiven(res, 'mail', String(req.query.next ?? '')));
codeSignIn.get('/phone', anyone, (req, res) => renderGiven(res, 'phone', String(req.query.next ?? '')));
codeSignIn.post('/mail', anyone, (req, res) => open(req, res, 'mail'));
codeSignIn.post('/phone', anyone, (req, res) => open(req, res, 'phone'));

type Place = 'mail' | 'phone';
const places = (): Place[] => [...(mailIsOn() ? (['mail'] as const) : []), ...(smsIsOn() ? (['phone'] as const) : [])];

async function open(req: Request, res: Response, kind: Place): Promise<void> {
  const next = typeof req.body?.next === 'string' ? req.body.next : '';
  const form = readForm(CodeForm, req.body);
  if (!form.ok) return renderGiven(res.status(422), kind, next, form.errors);
  await triedFrom.count(req.ip ?? 'unknown');
  const answer = await tryCode(req, res, kind, form.value.code);
  if (answer.outcome !== 'right')
    return renderGiven(res.status(422), kind, next, { code: `ways.code.${answer.outcome}` });
  if (!(await letIn(req, answer.person_id, { by: kind, way: answer.way_id })))
    return renderGiven(res.status(422), kind, next, { code: 'ways.code.over' });
  res.redirect(303, localAddress(next || undefined));
}

function render(res: Response, values: Record<string, unknown>, errors: object = {}): void {
  res.render('accounts/code', { values, places: places(), errors });
}

function renderGiven(res: Response, kind: Place, next: string, errors: Record<string, string> = {}): void {
  res.render('accounts/code-given', { kind, next, errors, isOver: errors.code === 'ways.code.over' });
}
