import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { found } from '../../lib/guards';
import { limit } from '../../lib/limits';
import { smsIsOn } from '../../lib/sms';
import type { Actor } from '../organisations/organisations.model';
import { phoneAsked, tryCode } from './challenges.model';
import { CodeForm } from './ways.schema';
import { givePhone } from './ways.service';

/** Messages cost money, and nobody's phone is filled with them. */
const sentBy = limit('phone-number-by', 10, 3600);
const sentTo = limit('phone-number-to', 3, 3600);

/** Counts a message to a number that is no way in yet. Throws a 429 when there were many. */
export async function countPhone(actor: Pick<Actor, 'id'>, phone: string): Promise<void> {
  await sentBy.count(actor.id);
  await sentTo.count(phone);
}

/** Takes the number into use when the typed code is the one sent to it, for this person, from this browser. Else what is wrong. */
export async function takePhone(req: Request, res: Response, personId: string): Promise<FieldErrors | undefined> {
  const form = readForm(CodeForm, req.body);
  if (!form.ok) return form.errors;
  const asked = await phoneAsked(req);
  if (asked?.person_id !== personId) return { code: 'ways.phone.over' };
  const { outcome } = await tryCode(req, res, 'phone-number', form.value.code);
  if (outcome !== 'right') return { code: outcome === 'over' ? 'ways.phone.over' : 'ways.code.wrong' };
  await givePhone(req.actor, personId, asked.phone);
  return undefined;
}

/** Where the code is typed: by the person themself, also when somebody who helps them gave the number. */
export async function renderPhoneCode(
  req: Request,
  res: Response,
  whose: { id: string; name: string },
  errors: FieldErrors = {},
): Promise<void> {
  found(smsIsOn() || undefined);
  const asked = await phoneAsked(req);
  const back = whose.id === req.actor.id ? '/account/ways' : `/sign-in-help/people/${whose.id}`;
  const phone = asked?.person_id === whose.id ? asked.phone : undefined;
  // Nothing waits: the number is given anew.
  if (!phone && Object.keys(errors).length === 0)
    return res.redirect(303, whose.id === req.actor.id ? `${back}/phone` : back);
  res.render('accounts/phone-code', { phone, back, name: whose.name, isOwn: whose.id === req.actor.id, errors });
}
