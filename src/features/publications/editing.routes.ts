import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { FieldErrors } from '../../lib/forms';
import { readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { Routes } from '../../lib/routes';
import { withUploads } from '../../lib/upload';
import { difference } from '../authoring/difference';
import { signedIn } from '../organisations/organisations.policy';
import { addItems } from './items.service';
import { countReceivers, selectNews, selectSends, sendNewsletter, testSend } from './newsletter.service';
import { addPicture, takeBackPicture } from './pictures.service';
import { findVersion, selectPictures, selectVersions } from './publications.model';
import { renderPublication } from './publications.page';
import { canPublish } from './publications.policy';
import { PictureForm, readTexts } from './publications.schema';
import { saveTexts } from './publications.service';
import { type Opened, openPublication } from './reading';
import { isTongue, PART_KINDS, plainOf, TONGUES, type Tongue, wordsIn } from './texts';

/** Writing a publication: its words in each language, its pictures, what changed, and a letter's way to its readers. */
export const publicationEditing = new Routes('/publications');

publicationEditing.get('/:id/edit', signedIn, async (req, res) => renderEdit(req, res, await openToWrite(req, res)));

publicationEditing.post('/:id/edit', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const { publication, version } = opened;
  const language = writtenIn(req.body?.language, publication.language);
  const number = publication.latest_number + 1;
  const read = readTexts(req.body ?? {}, version.texts, publication.language, language, number);
  if (!read.ok) return renderEdit(req, res.status(422), opened, read.errors, req.body);
  const isKept = await saveTexts(req.actor, publication, Number(req.body.seen), read.texts, read.note);
  if (!isKept) return renderEdit(req, res.status(422), opened, { form: 'publications.fault.meanwhile' }, req.body);
  res.redirect(303, `/publications/${publication.id}/edit?lang=${language}&saved=yes`);
});

publicationEditing.post('/:id/pictures', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  await withUploads(req, res, { megabytes: 25, keepsForm: true }, async (files, tooLarge) => {
    const form = readForm(PictureForm, req.body);
    const errors: FieldErrors = form.ok ? {} : form.errors;
    if (tooLarge || !files.picture)
      errors.picture = tooLarge ? 'publications.fault.picture' : 'publications.fault.noPicture';
    if (!form.ok || !files.picture || errors.picture) return renderEdit(req, res.status(422), opened, errors, req.body);
    const isKept = await addPicture(req.actor, opened, files.picture, form.value);
    if (!isKept) return renderEdit(req, res.status(422), opened, { picture: 'publications.fault.picture' }, req.body);
    res.redirect(303, `/publications/${opened.publication.id}/edit?lang=${opened.language}&saved=yes`);
  });
});

publicationEditing.post('/:id/pictures/:picture/removal', signedIn, async (req, res) => {
  const { publication } = await openToWrite(req, res);
  found((await takeBackPicture(req.actor, publication, String(req.params.picture))) || undefined);
  res.redirect(303, `/publications/${publication.id}?saved=picture`);
});

publicationEditing.get('/:id/versions', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const { publication } = opened;
  const versions = await selectVersions(publication.id);
  res.render('publications/versions', { publication, versions, title: titleOf(opened) });
});

publicationEditing.get('/:id/versions/:number', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const { publication } = opened;
  const number = Number(req.params.number) || 0;
  const now = found(await findVersion(publication.id, number));
  const before = await findVersion(publication.id, Number(req.query.with) || number - 1);
  const pieces = TONGUES.filter((one) => now.texts.words[one] ?? before?.texts.words[one]).map((one) => ({
    language: one,
    pieces: difference(before ? plainOf(before.texts, one) : '', plainOf(now.texts, one)),
  }));
  res.render('publications/version', { publication, now, before, pieces, title: titleOf(opened) });
});

publicationEditing.post('/:id/items', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const isKept = await addItems(req.actor, opened, [req.body?.items ?? []].flat().map(String));
  if (!isKept) return renderEdit(req, res.status(422), opened, { form: 'publications.fault.meanwhile' });
  res.redirect(303, `/publications/${opened.publication.id}/letter`);
});

publicationEditing.get('/:id/letter', signedIn, async (req, res) =>
  renderLetter(req, res, await openToWrite(req, res)),
);

publicationEditing.post('/:id/letter/test', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const isSent = await testSend(req.actor, opened.publication);
  if (!isSent) return renderLetter(req, res.status(422), opened, { form: 'publications.fault.noMail' });
  res.redirect(303, `/publications/${opened.publication.id}/letter?saved=test`);
});

publicationEditing.post('/:id/letter', signedIn, async (req, res) => {
  const opened = await openToWrite(req, res);
  const { publication } = opened;
  authorize(canPublish(req.actor, publication));
  const isReady = publication.state === 'published' && /^[0-9a-f-]{36}$/.test(String(req.body?.key));
  if (!isReady) return renderLetter(req, res.status(422), opened, { form: 'publications.fault.notPublished' });
  await sendNewsletter(req.actor, publication, String(req.body.key));
  res.redirect(303, `/publications/${publication.id}/letter?saved=sent`);
});

/** The latest version, for those who write it. */
async function openToWrite(req: Request, res: Response): Promise<Opened> {
  const opened = await openPublication(req, res);
  authorize(opened.isWriter);
  const version = found(await findVersion(opened.publication.id, opened.publication.latest_number));
  return { ...opened, version };
}

const writtenIn = (wanted: unknown, original: Tongue): Tongue => (isTongue(wanted) ? wanted : original);
const titleOf = ({ version, publication }: Opened) =>
  wordsIn(version.texts, publication.language, publication.language).title;

async function renderEdit(
  req: Request,
  res: Response,
  opened: Opened,
  errors: FieldErrors = {},
  typed?: Record<string, string>,
) {
  const { publication, version } = opened;
  const language = writtenIn(typed?.language ?? req.query.lang, publication.language);
  const pictures = await selectPictures(publication.id);
  res.render('publications/edit', {
    ...{ publication, version, language, errors, values: typed ?? {}, pictures, tongues: TONGUES },
    ...{ words: version.texts.words[language], original: version.texts.words[publication.language] },
    addable: PART_KINDS.filter((kind) => kind !== 'picture' && kind !== 'item'),
    news: publication.kind === 'newsletter' ? await selectNews(publication.organisation_id) : [],
    saved: String(req.query.saved ?? ''),
  });
}

async function renderLetter(req: Request, res: Response, opened: Opened, errors: FieldErrors = {}) {
  const { publication } = opened;
  if (publication.kind !== 'newsletter') return renderPublication(req, res, opened);
  const { sends, opened: counts } = await selectSends(publication.id);
  res.render('publications/letter', {
    ...{ publication, sends, errors, key: randomUUID(), title: titleOf(opened), saved: String(req.query.saved ?? '') },
    receivers: await countReceivers(publication.organisation_id),
    items: opened.version.texts.parts
      .filter(({ href }) => href)
      .map(({ id, href }) => ({
        id,
        href,
        count: counts.get(id) ?? 0,
        heading: opened.version.texts.words[publication.language]?.parts[id]?.heading,
      })),
  });
}
