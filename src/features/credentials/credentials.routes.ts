import type { Request, Response } from 'express';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { COMPLETE_LANGUAGES, type Language } from '../../lib/i18n';
import { anyone, Routes } from '../../lib/routes';
import { attachment, sendPieces } from '../../lib/send-file';
import { signedIn } from '../organisations/organisations.policy';
import { bakedPng, bakedSvg } from './bake';
import { certificatePdf, checkAddress } from './certificate-pdf';
import { codeOnPaper } from './code';
import { type CredentialContent, hoursOf, inLanguage } from './content';
import { findByKey, findCredential, type IssuedCredential, ownCredentials } from './credentials.model';
import { canAccept, isOwnCredential, standingOf } from './credentials.policy';
import { AcceptForm } from './credentials.schema';
import { acceptCredential, dropCredential, showCredential } from './credentials.service';
import { finishedKey } from './finished.queries';
import { finishedOf } from './finished.service';
import { askFor } from './offers.service';
import { BADGE_SCHEMA } from './open-badge-schema';

/** A person's own certificates and badges. */
export const credentials = new Routes('/credentials');
const HOME = '/credentials';

credentials.get('/', signedIn, async (req, res) => {
  const rows = await ownCredentials(req.actor);
  const known = new Set(rows.map(({ key }) => key));
  const finished = (await finishedOf(req.actor)).filter((one) => !known.has(finishedKey(one)));
  const language = languageOfPage(res);
  res.render('credentials/list', {
    rows: rows.map((row) => ({ ...row, title: inLanguage(row.content.titles, language), standing: standingOf(row) })),
    finished: finished.slice(0, 60).map((one) => ({ ...one, title: inLanguage(one.titles, language) })),
    saved: req.query.saved,
  });
});

credentials.get('/open-badge.schema.json', anyone, (_req, res) => {
  res.type('application/schema+json').send(JSON.stringify(BADGE_SCHEMA, null, 2));
});

credentials.post('/finished', signedIn, async (req, res) => {
  const all = await finishedOf(req.actor);
  const one = found(all.find(({ kind, id }) => kind === req.body.kind && id === req.body.id));
  await askFor(req.actor, one);
  const made = await findByKey(req.actor, finishedKey(one));
  res.redirect(303, made && made.state !== 'declined' ? `${HOME}/${made.id}` : HOME);
});

credentials.get('/:credential', signedIn, async (req, res) => renderOne(req, res, await load(req)));

credentials.post('/:credential/accept', signedIn, async (req, res) => {
  const row = await load(req);
  authorize(canAccept(req.actor, row));
  const form = readForm(AcceptForm, req.body);
  if (!form.ok) return renderOne(req, res.status(422), row, form.values, form.errors);
  await acceptCredential(req.actor, row, form.value);
  res.redirect(303, `${HOME}/${row.id}?saved=accepted`);
});

credentials.post('/:credential/drop', signedIn, async (req, res) => {
  const row = await load(req);
  await dropCredential(req.actor, row);
  res.redirect(303, `${HOME}?saved=${row.state === 'offered' ? 'declined' : 'deleted'}`);
});

credentials.post('/:credential/show', signedIn, async (req, res) => {
  const row = await load(req);
  await showCredential(req.actor, row, req.body.show === 'yes');
  res.redirect(303, `${HOME}/${row.id}?saved=${req.body.show === 'yes' ? 'shown' : 'hidden'}`);
});

credentials.get('/:credential/certificate.pdf', signedIn, async (req, res) => {
  const row = await accepted(req);
  const language = COMPLETE_LANGUAGES.find((one) => one === req.query.language) ?? languageOfPage(res);
  const name = inLanguage(row.content.titles, language);
  await sendPieces(res, { name, ending: 'pdf', mime: 'application/pdf' }, certificatePdf(row, language));
});

credentials.get('/:credential/badge.json', signedIn, async (req, res) => {
  const { document, name } = await signedBadge(req);
  res.type('application/vc+ld+json').set('Content-Disposition', attachment(name, 'json')).send(document);
});

credentials.get('/:credential/badge.svg', signedIn, async (req, res) => {
  const { words, document, name } = await signedBadge(req);
  res.type('image/svg+xml').set('Content-Disposition', attachment(name, 'svg')).send(bakedSvg(words, document));
});

credentials.get('/:credential/badge.png', signedIn, async (req, res) => {
  const { words, document, name } = await signedBadge(req);
  res
    .type('image/png')
    .set('Content-Disposition', attachment(name, 'png'))
    .send(await bakedPng(words, document));
});

/** The reader's own; to others it is not there. What was declined is gone. */
async function load(req: Request): Promise<IssuedCredential> {
  const row = found(await findCredential(req.actor.organisation_id, String(req.params.credential)));
  return found(isOwnCredential(req.actor, row) && row.state !== 'declined' ? row : undefined);
}

async function accepted(req: Request): Promise<IssuedCredential> {
  const row = await load(req);
  return found(row.state === 'accepted' ? row : undefined);
}

async function signedBadge(req: Request) {
  const row = await accepted(req);
  const document = found(row.document);
  const { name } = JSON.parse(document) as { name: string };
  return { document, name, words: pictureWords(row.content, 'fi', name) };
}

const pictureWords = (content: CredentialContent, language: Language, name: string) => ({
  name,
  issuer: content.issuer,
  words: inLanguage(content.picture_words, language),
  template: content.template ?? 'sprout',
});

async function renderOne(
  req: Request,
  res: Response,
  row: IssuedCredential,
  values?: Record<string, unknown>,
  errors: FieldErrors = {},
): Promise<void> {
  const language = languageOfPage(res);
  const { content } = row;
  res.render('credentials/one', {
    row,
    title: inLanguage(content.titles, language),
    criteria: inLanguage(content.criteria, language),
    pictureWords: inLanguage(content.picture_words, language),
    parts: (content.parts ?? []).map((part) => inLanguage(part, language)),
    skills: content.skills.map(({ names }) => inLanguage(names, language)),
    hours: content.minutes ? hoursOf(content.minutes) : undefined,
    standing: standingOf(row),
    paperCode: row.code && codeOnPaper(row.code),
    address: row.code && checkAddress(row.code),
    values: values ?? {
      shown_name: row.shown_name || req.actor.name,
      is_public: row.state === 'offered' || row.is_public ? 'yes' : '',
      language: language === 'fi-x-selko' ? 'fi' : language,
    },
    mayAccept: canAccept(req.actor, row),
    errors,
    saved: req.query.saved,
  });
}

const languageOfPage = (res: Response) => res.locals.lang as Language;
