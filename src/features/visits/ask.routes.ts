import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { limit } from '../../lib/limits';
import { receiptHash } from '../../lib/receipt';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { selectHosts } from '../cards/cards.model';
import { THEMES } from '../loop/themes';
import { ASKED_LANGUAGES, SUPPORT_FORMS } from './kinds';
import { askSupport, endRequest } from './requests.service';
import { findByReceipt, type SupportRequest } from './visits.model';
import { areaOptions } from './visits.page';
import { AskForm, CodeForm } from './visits.schema';

/** Anybody asks for digital support, in easy words, without an account, and finds the request again by a code. */
export const asking = new Routes('/visits');

/** A person asks a few times a day; a machine that floods is stopped for an hour. */
const byAddress = limit('support-requests', 10, 3600);
const lookups = limit('support-codes', 30, 3600);

asking.get('/ask', anyone, (req, res) =>
  renderAsk(req, res, {
    ...{ id: randomUUID(), organisation: req.visitor?.organisation_id },
    ...{ theme: req.query.theme, area_code: req.query.area },
  }),
);

asking.post('/ask', anyone, async (req, res) => {
  const form = readForm(AskForm, req.body);
  if (!form.ok) return renderAsk(req, res.status(422), form.values, form.errors);
  const { organisation, website, name, reach, address, ...asked } = form.value;
  const host = (await selectHosts()).find(({ id }) => id === organisation);
  if (!host) return renderAsk(req, res.status(422), req.body, { organisation: 'visits.choose' });
  await byAddress.count(req.ip ?? '');
  // What fills in the field that nobody sees is no person: it is told that all is well.
  const code = website ? undefined : await askSupport(organisation, asked, { name, reach, address });
  res.render('visits/asked', { code, organisation: host });
});

asking.get('/look', anyone, (_req, res) => renderLook(res, {}));

asking.post('/look', anyone, async (req, res) => {
  const request = await byCode(req);
  if (!request) return renderLook(res.status(422), { errors: { code: 'visits.codeUnknown' }, values: req.body });
  renderLook(res, { request, values: req.body });
});

asking.post('/look/withdraw', anyone, async (req, res) => {
  const request = await byCode(req);
  if (!request) return renderLook(res.status(422), { errors: { code: 'visits.codeUnknown' }, values: req.body });
  const { organisation_id } = request;
  if (!request.ended_on)
    await withScope({ organisationId: organisation_id, personId: null }, () =>
      endRequest({ id: null, organisation_id }, request, { state: 'withdrawn' }),
    );
  renderLook(res, { request: { ...request, state: request.ended_on ? request.state : 'withdrawn' }, values: req.body });
});

async function byCode(req: Request): Promise<SupportRequest | undefined> {
  const form = readForm(CodeForm, req.body);
  await lookups.count(req.ip ?? '');
  if (!form.ok) return undefined;
  const hash = receiptHash(form.value.code);
  for (const { id } of await selectHosts()) {
    const found = await withScope({ organisationId: id, personId: null }, () => findByReceipt(id, hash));
    if (found) return found;
  }
  return undefined;
}

const renderLook = (res: Response, page: object) =>
  res.render('visits/look', { request: undefined, errors: {}, values: {}, ...page });

async function renderAsk(_req: Request, res: Response, values: object, errors: FieldErrors = {}) {
  res.render('visits/ask', {
    ...{ values, errors, hosts: await selectHosts(), themes: THEMES, forms: SUPPORT_FORMS, languages: ASKED_LANGUAGES },
    areas: areaOptions(String(res.locals.lang), [], res.locals.t('visits.chooseOne')),
  });
}
