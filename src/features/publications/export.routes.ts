import { buffer } from 'node:stream/consumers';
import type { Request } from 'express';
import { found } from '../../lib/guards';
import { originOf } from '../../lib/origin';
import { pdfPieces } from '../../lib/pdf/tagged-pdf';
import { qrPath } from '../../lib/qr';
import { anyone, Routes } from '../../lib/routes';
import { withScope } from '../../lib/scope';
import { attachment, sendPieces } from '../../lib/send-file';
import { sendStored } from '../../lib/send-stored';
import { storage } from '../../lib/storage';
import { findFile, type StoredFile, storageKey } from '../files/files.model';
import { readObject } from '../loop/loop.service';
import { selectApprovals, selectPictures } from './publications.model';
import { cached } from './publications.page';
import { writePdf } from './publications.pdf';
import { openPublication, partsOf } from './reading';
import { wordsIn } from './texts';

/** A publication as files that stand by themselves, its pictures, and posters with a code to point a phone at. */
export const publicationExports = new Routes('/publications');

const NOTHING_RUNS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

publicationExports.get('/poster', anyone, async (req, res) => {
  const object = found(await readObject(req.query.of));
  const address = `${originOf(req)}${object.href}`;
  cached(req, res).render('publications/poster', { object, address, qr: qrPath(address) });
});

publicationExports.get('/:id/poster', anyone, async (req, res) => {
  const { publication, version, language } = await openPublication(req, res);
  const words = wordsIn(version.texts, publication.language, language);
  const address = `${originOf(req)}/publications/${publication.id}`;
  const parts = partsOf(version.texts, language, []);
  cached(req, res).render('publications/poster-own', {
    publication,
    words,
    language,
    parts,
    address,
    qr: qrPath(address),
  });
});

publicationExports.get('/:id/pdf', anyone, async (req, res) => {
  const opened = await openPublication(req, res);
  const { publication, version, language } = opened;
  const words = wordsIn(version.texts, publication.language, language);
  const { t, fmt } = res.locals;
  const approvals = (await selectApprovals(publication.id)).filter((one) => one.number === version.number);
  const parts = partsOf(version.texts, language, await selectPictures(publication.id));
  const about = {
    title: words.title,
    language,
    isWide: false,
    pageWords: (page: number) => t('publications.pdf.page', { page }),
  };
  const pieces = pdfPieces(about, (pdf) => writePdf(pdf, { opened, words, parts, approvals, t, fmt }));
  await sendPieces(res, { name: words.title, ending: 'pdf', mime: 'application/pdf' }, pieces);
});

publicationExports.get('/:id/html', anyone, async (req, res) => {
  const opened = await openPublication(req, res);
  const { publication, version, language } = opened;
  const words = wordsIn(version.texts, publication.language, language);
  const parts = partsOf(version.texts, language, await selectPictures(publication.id));
  const pictures = new Map<string, string>();
  for (const { picture } of parts) if (picture) pictures.set(picture.id, await dataOf(publication, picture.id));
  res.set('Content-Disposition', attachment(words.title, 'html')).set(NOTHING_RUNS);
  res.render('publications/file', {
    publication,
    version,
    language,
    words,
    parts,
    pictures,
    address: `${originOf(req)}/publications/${publication.id}`,
  });
});

publicationExports.get('/:id/pictures/:picture', anyone, async (req, res) => {
  const { publication } = await openPublication(req, res);
  const file = found(await fileOf(publication, String(req.params.picture)));
  const name = copyNameOf(file);
  const copy = file.sizes.find((one) => one.name === name);
  await sendStored(req, res, {
    key: storageKey(file, copy?.name),
    ...{
      size: copy?.bytes ?? file.bytes - file.sizes.reduce((sum, one) => sum + one.bytes, 0),
      name: copy?.name ?? `full.${file.ending}`,
    },
    headers: {
      ...NOTHING_RUNS,
      'Content-Disposition': 'inline',
      'Cache-Control': cacheOf(req, publication.visibility),
    },
  });
});

const cacheOf = (req: Request, visibility: string) =>
  visibility === 'public' && !req.visitor ? 'public, max-age=300' : 'private, max-age=300';

/** The file of a picture that is shown; the publication has said that this reader may see it. */
async function fileOf(
  publication: { id: string; organisation_id: string },
  pictureId: string,
): Promise<StoredFile | undefined> {
  const row = (await selectPictures(publication.id)).find(({ id, withdrawn_at }) => id === pictureId && !withdrawn_at);
  const { organisation_id: organisationId } = publication;
  return row && withScope({ organisationId, personId: null }, () => findFile(organisationId, row.file_id));
}

/** A WebP copy that is wide enough for a page, where there is one. */
const copyNameOf = (file: StoredFile): string | undefined =>
  file.sizes.find(({ name, width }) => name.endsWith('.webp') && width >= 1000)?.name;

async function dataOf(publication: { id: string; organisation_id: string }, pictureId: string): Promise<string> {
  const file = await fileOf(publication, pictureId);
  const copy = file?.sizes.find((one) => one.name === copyNameOf(file));
  const bytes = file && (await storage().read(storageKey(file, copy?.name)));
  if (!file || !bytes) return '';
  const mime = copy ? `image/${copy.name.split('.').pop()}` : file.mime;
  return `data:${mime};base64,${(await buffer(bytes)).toString('base64')}`;
}
