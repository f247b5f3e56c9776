import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { limit } from '../../lib/limits';
import { receiptHash } from '../../lib/receipt';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { isForbidden } from '../../lib/sensitive';
import { THEMES } from '../loop/themes';
import { signedIn } from '../organisations/organisations.policy';
import { findByReceipt, selectHosts } from './cards.model';
import { readCardPage } from './cards.queries';
import { AnybodysForm, ReceiptForm } from './cards.schema';
import { keepAnybodys } from './cards.service';

/** Anybody tells what is hard, in easy words, with or without an account and a name. */
export const challenges = new Routes('/challenges');

/** A person tells a few things a day; a machine that floods is stopped for an hour. */
const byAddress = limit('challenges', 10, 3600);
const lookups = limit('challenge-codes', 30, 3600);

challenges.get('/', signedIn, (_req, res) => res.redirect(303, '/cards?kind=challenge'));

challenges.get('/new', anyone, (req, res) =>
  renderNew(req, res, { id: randomUUID(), organisation: req.visitor?.organisation_id, place: req.query.to }),
);

challenges.post('/', anyone, async (req, res) => {
  const form = readForm(AnybodysForm, req.body);
  if (!form.ok) return renderNew(req, res.status(422), form.values, form.errors);
  const hosts = await selectHosts();
  const { id, organisation, what, stops, theme, website } = form.value;
  if (!hosts.some((host) => host.id === organisation))
    return renderNew(req, res.status(422), req.body, { organisation: 'cards.missing' });
  if (isForbidden(`${what} ${stops}`)) return renderNew(req, res.status(422), req.body, { what: 'cards.holdsCode' });
  await byAddress.count(req.ip ?? '');
  // What fills in the field that nobody sees is no person: it is told that all is well.
  if (website) return res.redirect(303, '/challenges/sent');
  const title = what.split('\n')[0]?.slice(0, 120) ?? what.slice(0, 120);
  const made_by =
    req.visitor && req.visitor.organisation_id === organisation && req.body.anonymous !== 'yes' ? req.visitor.id : null;
  const code = await keepAnybodys(organisation, made_by, {
    id,
    title,
    theme,
    language: res.locals.lang,
    body: { what, ...(stops && { stops }) },
  });
  res.render('cards/sent', { code, organisation: hosts.find((host) => host.id === organisation) });
});

challenges.get('/sent', anyone, (_req, res) => res.render('cards/sent', { code: undefined, organisation: undefined }));

challenges.get('/look', anyone, async (req, res) => renderLook(req, res, {}));

challenges.post('/look', anyone, async (req, res) => {
  const form = readForm(ReceiptForm, req.body);
  await lookups.count(req.ip ?? '');
  const hash = form.ok ? receiptHash(form.value.code) : '';
  for (const { id } of await selectHosts()) {
    const found = await withScope({ organisationId: id, personId: null }, async () => {
      const card = await findByReceipt(id, hash);
      return card && { card, ...(await readCardPage({ organisation_id: id }, card)) };
    });
    if (found) return renderLook(req, res, { found });
  }
  renderLook(req, res.status(422), { errors: { code: 'cards.codeUnknown' }, values: req.body });
});

const renderLook = (_req: Request, res: Response, page: object) =>
  res.render('cards/look', { found: undefined, errors: {}, values: {}, ...page });

async function renderNew(req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  const hosts = await selectHosts();
  const to = hosts.find(({ slug }) => slug === (values as { place?: string }).place);
  res.render('cards/new-challenge', {
    ...{
      values: { ...(to && { organisation: to.id }), ...values },
      errors,
      hosts,
      themes: THEMES,
      isSignedIn: req.visitor !== undefined,
    },
  });
}
