import type { RequestHandler } from 'express';
import { atomically } from '../../lib/db';
import { log } from '../../lib/log';
import { withScope } from '../../lib/scope';
import { saveTyped, selectTyped, type Typist, throwTyped, trimTyped } from './typed.model';
import type { TypedFields } from './typed.schema';

const MOST_AGE_SECONDS = 30 * 24 * 3600;

/** Keeps what is in a form; what the device typed earlier than what is kept changes nothing. Safe to call again. */
export function keepTyped(
  typist: Typist,
  typed: { form: string; page: string; fields: TypedFields },
  ageSeconds = 0,
): Promise<void> {
  return atomically(async () => {
    await saveTyped(typist, typed, Math.min(ageSeconds, MOST_AGE_SECONDS));
    await trimTyped(typist);
  });
}

/**
 * Gives a page its kept texts when its address asks for them (?typed=yes): the way back to writing without a script.
 * Fields of components show `typed` before the values of the page.
 */
export const giveTypedBack: RequestHandler = async (req, res, next) => {
  if (req.method !== 'GET' || req.query.typed !== 'yes' || !req.visitor) return next();
  const texts = await selectTyped(req.visitor, req.path);
  const fields = texts.flatMap((text) => Object.entries(text.fields ?? {}));
  if (fields.length > 0) {
    res.locals.typed = Object.fromEntries(fields.map(([name, { v }]) => [name, v]));
    res.locals.typedKept = true;
  }
  next();
};

/** A form whose text was kept, by a script or given back without one, says so in a hidden field; when it was taken, the kept text has done its work. */
export const clearSentForms: RequestHandler = (req, res, next) => {
  const { visitor, path } = req;
  if (req.method !== 'POST' || !visitor) return next();
  // A form that comes back with something to mend still holds the kept text.
  res.locals.typedKept = req.body?.typed_kept === 'yes';
  const answer = res.redirect.bind(res) as (status: number, address: string) => void;
  // Gone before the answer leaves: the page that comes next, here or elsewhere, must not give it back.
  res.redirect = ((status: number, address: string) => {
    const scope = { organisationId: visitor.organisation_id, personId: visitor.id };
    // Read now: a form with files is taken apart only by its handler.
    const isTaken = status === 303 && req.body?.typed_kept === 'yes';
    const thrown = isTaken ? withScope(scope, () => throwTyped(visitor, path)) : Promise.resolve();
    thrown
      .catch((error) => log.warn({ err: error }, 'typed text stays'))
      .then(() => answer(status, address))
      .catch(next);
  }) as typeof res.redirect;
  next();
};
