import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { Routes } from '../../lib/routes';
import { sendPieces } from '../../lib/send-file';
import { surely } from '../accounts/sure.policy';
import { administrators, signedIn } from '../organisations/organisations.policy';
import type { Reader } from '../reports/documents/document-cells';
import { pdfOf } from '../reports/files/document-pdf';
import { RETENTION, RETENTION_KINDS } from './kinds';
import { ownDataDocument, ownDataFile } from './own-data.document';
import { readOwnData } from './own-data.page';
import { ownRows } from './own-data.queries';
import { selectRetention } from './privacy.model';
import { ErasureForm, RetentionForm } from './privacy.schema';
import { askErasure, changeRetention, ERASURE_DAYS, takeBackErasure } from './privacy.service';

/** What is known of the person who asks; for nobody else. */
export const ownData = new Routes('/account/data');

ownData.get('/', signedIn, (req, res) => renderOwnData(req, res));

ownData.get(
  '/file.json',
  signedIn,
  surely('/account/data', async (req, res) => {
    const file = ownDataFile(req.actor, await ownRows(req.actor));
    res
      .attachment(`${res.locals.t('privacy.file')}.json`)
      .type('json')
      .send(JSON.stringify(file, null, 2));
  }),
);

ownData.get(
  '/file.pdf',
  signedIn,
  surely('/account/data', async (req, res) => {
    const { t, fmt, lang } = res.locals as Reader;
    const document = ownDataDocument(req.actor, await readOwnData(req.actor, t, fmt), t);
    const file = { name: document.slug, ending: 'pdf', mime: 'application/pdf' };
    await sendPieces(res, file, pdfOf(document, { t, fmt, lang }));
  }),
);

ownData.post(
  '/erasure',
  signedIn,
  surely('/account/data', async (req, res) => {
    const form = readForm(ErasureForm, req.body);
    if (!form.ok) return renderOwnData(req, res.status(422), form.errors);
    if (!(await askErasure(req.actor))) return renderOwnData(req, res.status(422), { sure: 'privacy.erasure.last' });
    res.redirect(303, '/account/data?saved=erasure');
  }),
);

ownData.post('/erasure/back', signedIn, async (req, res) => {
  await takeBackErasure(req.actor);
  res.redirect(303, '/account/data?saved=back');
});

async function renderOwnData(req: Request, res: Response, errors: FieldErrors = {}) {
  const page = await readOwnData(req.actor, res.locals.t, res.locals.fmt);
  res.render('privacy/own-data', { ...page, days: ERASURE_DAYS, saved: req.query.saved, errors });
}

/** How long the organisation keeps what it knows. Everyone may read it on their own page; administrators decide. */
export const retention = new Routes('/organisation/retention');

retention.get('/', administrators, async (req, res) => {
  const values = await selectRetention(req.actor.organisation_id);
  res.render('privacy/retention', {
    kinds: RETENTION_KINDS,
    usual: RETENTION,
    values,
    saved: req.query.saved,
    errors: {},
  });
});

retention.post('/', administrators, async (req, res) => {
  const form = readForm(RetentionForm, req.body);
  if (!form.ok) {
    const { values, errors } = form;
    return res.status(422).render('privacy/retention', { kinds: RETENTION_KINDS, usual: RETENTION, values, errors });
  }
  await changeRetention(req.actor, form.value);
  res.redirect(303, '/organisation/retention?saved=yes');
});
