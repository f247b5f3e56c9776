import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayOf, readDay } from '../../lib/calendar';
import { keepOnDevice } from '../../lib/device';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { isForbidden, sensitiveHits } from '../../lib/sensitive';
import { THEMES } from '../loop/themes';
import type { Actor } from '../organisations/organisations.model';
import { signedIn } from '../organisations/organisations.policy';
import { findPlace } from '../places/places.model';
import { receiveAt } from '../progress/outbox.service';
import { type ContactWords, keepContact, removeContact, saveContact } from './contacts.service';
import { BLOCKS, HELP_LEVELS, MINUTES, SUPPORT_FORMS } from './kinds';
import { findContact, findRequest, findVisit, type SupportContact } from './visits.model';
import { areaOptions } from './visits.page';
import { canChangeContact, canSupport } from './visits.policy';
import { readContactChoices, readContactStart, readOwnContacts } from './visits.queries';
import { ContactForm } from './visits.schema';

/** What was done, told in half a minute, also without a network: of nobody in particular. */
export const supportContacts = new Routes('/visits/contacts');

supportContacts.get('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const before = readDay(String(req.query.before ?? '')) ?? '';
  res.render('visits/contacts', { contacts: await readOwnContacts(req.actor, before), before, said: req.query.said });
});

supportContacts.get('/new', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  keepOnDevice(req, res, res.locals.t('visits.contact.new'));
  await renderForm(req, res, { contact_id: randomUUID(), ...(await beginning(req)) });
});

supportContacts.post('/', signedIn, async (req, res) => {
  authorize(canSupport(req.actor));
  const read = await readContact(req);
  if (!read.ok) return renderForm(req, res.status(422), read.values, { errors: read.errors, hits: read.hits });
  await keepContact(req.actor, read.id, read.words);
  res.redirect(303, '/visits/contacts?said=kept');
});

supportContacts.get('/:contact', signedIn, async (req, res) => {
  const contact = await load(req);
  await renderForm(req, res, valuesOf(contact), { contact });
});

supportContacts.post('/:contact', signedIn, async (req, res) => {
  const contact = await load(req);
  const read = await readContact(req);
  if (!read.ok) return renderForm(req, res.status(422), read.values, { contact, errors: read.errors, hits: read.hits });
  await saveContact(req.actor, contact, read.words);
  res.redirect(303, '/visits/contacts?said=saved');
});

supportContacts.post('/:contact/remove', signedIn, async (req, res) => {
  const contact = await load(req);
  await removeContact(req.actor, contact);
  res.redirect(303, '/visits/contacts?said=removed');
});

/** A contact that waited on a device. A text that may never be kept is left out: nobody is there to change it. */
receiveAt('/visits/contacts', async (actor, body, { ageSeconds }) => {
  if (!canSupport(actor)) return 'gone';
  const form = readForm(ContactForm, { ...body, note: isForbidden(String(body.note ?? '')) ? '' : body.note });
  if (!form.ok) return 'unreadable';
  const read = await wordsOf(actor, form.value, dayOf(new Date(Date.now() - ageSeconds * 1000)));
  if (!read.words) return 'unreadable';
  await keepContact(actor, form.value.contact_id, read.words);
  return 'kept';
});

const load = async (req: Request) => {
  const contact = found(await findContact(req.actor.organisation_id, String(req.params.contact)));
  authorize(canChangeContact(req.actor, contact));
  return contact;
};

type Read =
  | { ok: true; id: string; words: ContactWords }
  | { ok: false; values: Record<string, unknown>; errors: FieldErrors; hits?: string[] };

/** What tells too much is said before it is saved: codes never stay, other words when they are sent again. */
async function readContact(req: Request): Promise<Read> {
  const form = readForm(ContactForm, req.body);
  if (!form.ok) return form;
  const text = `${form.value.note} ${form.value.referred_to}`;
  if (isForbidden(text)) return { ok: false, values: req.body, errors: { note: 'visits.holdsCode' } };
  const hits = [...new Set(sensitiveHits(text).map((hit) => hit.text))];
  if (hits.length > 0 && form.value.seen !== 'yes')
    return { ok: false, values: { ...req.body, seen: 'yes' }, errors: { note: 'visits.tellsMuch' }, hits };
  const { words, errors } = await wordsOf(req.actor, form.value, dayOf(new Date()));
  return words ? { ok: true, id: form.value.contact_id, words } : { ok: false, values: req.body, errors: errors ?? {} };
}

/** The area is that of the place, else the one that was chosen; what belongs to others is left out. */
async function wordsOf(
  actor: Actor,
  form: ContactForm,
  today: string,
): Promise<{ words?: ContactWords; errors?: FieldErrors }> {
  const { contact_id: _, seen: __, held_on, area_code, ...words } = form;
  // Who visits a home is not at a place, whatever the form began with.
  const place = form.place_id && form.form !== 'home' ? await findPlace(form.place_id) : undefined;
  const visit = form.visit_id ? await findVisit(actor.organisation_id, form.visit_id) : undefined;
  const requestId = visit?.request_id ?? form.request_id;
  const request = requestId ? await findRequest(actor.organisation_id, requestId) : undefined;
  const area = place?.area_code ?? (area_code || request?.area_code);
  if (!area) return { errors: { area_code: 'visits.chooseArea' } };
  return {
    words: {
      ...words,
      ...{ area_code: area, held_on: held_on ?? today, blocked: form.blocked as SupportContact['blocked'] },
      ...{ place_id: place?.id ?? null, visit_id: visit?.id ?? null, request_id: request?.id ?? null },
    },
  };
}

/** From a visit or a request the form knows the theme, the way and the area; else what is likely now. */
async function beginning(req: Request) {
  const named = (name: string) => (typeof req.query[name] === 'string' ? (req.query[name] as string) : '');
  const { organisation_id } = req.actor;
  const visit = named('visit') ? await findVisit(organisation_id, named('visit')) : undefined;
  const asked = visit?.request_id ?? named('request');
  const request = asked ? await findRequest(organisation_id, asked) : undefined;
  if (!request) return { ...(await readContactStart(req.actor)) };
  const { theme, form, area_code, id } = request;
  return { theme, form, area_code, request_id: id, visit_id: visit?.id, minutes: visit?.minutes };
}

function valuesOf(contact: SupportContact): Record<string, unknown> {
  return {
    ...contact,
    ...{ contact_id: contact.id, did_self: contact.did_self ? 'yes' : 'no', blocked: contact.blocked ?? 'none' },
    codes: 'yes',
  };
}

async function renderForm(
  req: Request,
  res: Response,
  values: Record<string, unknown>,
  { contact, errors = {}, hits }: { contact?: SupportContact; errors?: FieldErrors; hits?: string[] } = {},
) {
  const { places, areas } = await readContactChoices(req.actor);
  const asNumber = Number(values.minutes);
  const isOther = values.minutes !== undefined && !MINUTES.some((one) => one === asNumber);
  res.render('visits/contact', {
    ...{ contact, errors, hits, places, themes: THEMES, forms: SUPPORT_FORMS, blocks: BLOCKS, levels: HELP_LEVELS },
    values: {
      ...values,
      ...(isOther && { minutes: 'other', minutes_other: values.minutes_other ?? values.minutes }),
      area_code: values.area_code ?? areas[0] ?? '',
    },
    minutes: MINUTES,
    areas: areaOptions(String(res.locals.lang), areas, res.locals.t('visits.chooseOne')),
  });
}
