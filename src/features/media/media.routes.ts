import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { together } from '../../lib/db';
import { type FieldErrors, readForm } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { LANGUAGES } from '../../lib/i18n';
import { Routes } from '../../lib/routes';
import { playRecordings } from '../../lib/security-headers';
import { withUploads } from '../../lib/upload';
import { selectCaptions } from '../files/captions.model';
import { bytesKept, FILE_KINDS, findFile, type StoredFile } from '../files/files.model';
import { MOST_MEGABYTES, mostBytes } from '../files/files.service';
import { trackAddress } from '../files/played';
import { transcriptOf } from '../files/webvtt';
import { authors, isAuthor } from '../organisations/organisations.policy';
import { formerToShow, takeBack } from './former.service';
import { canChangeFile, libraryReaders } from './media.policy';
import { type LibraryRow, PER_PAGE, selectLibrary, selectUses, type Use } from './media.queries';
import { DetailsForm, LICENCES, LibraryQuery } from './media.schema';
import {
  addFile,
  binFile,
  DAYS_IN_BIN,
  RECORDING_MINUTES,
  replaceFile,
  restoreFile,
  saveDetails,
} from './media.service';
import { shownFile } from './shown-file';

export const media = new Routes('/write/media');

const UPLOAD = { megabytes: MOST_MEGABYTES.video, keepsForm: true };

media.get('/', libraryReaders, (req, res) => renderLibrary(req, res));

media.post('/', authors, async (req, res) => {
  await withUploads(req, res, UPLOAD, async ({ file: upload }, tooLarge) => {
    const kept = upload && !tooLarge ? await addFile(req.actor, upload, FILE_KINDS) : undefined;
    if (kept?.ok) return res.redirect(303, `/write/media/${kept.file.id}?done=${kept.isNew ? 'added' : 'known'}`);
    const fault = tooLarge ? 'large' : (kept?.fault ?? 'missing');
    await renderLibrary(req, res.status(422), { file: `media.fault.${fault}` });
  });
});

/** For the blocks of a lesson: what may be chosen, as data. */
media.get('/choices', authors, async (req, res) => {
  const rows: LibraryRow[] = await selectLibrary(req.actor.organisation_id, LibraryQuery.parse(req.query));
  res.json({ files: rows.map((row) => shownFile(row, req.actor.language)), total: rows[0]?.total ?? 0 });
});

media.get('/record', authors, (req, res) => {
  playRecordings(res);
  const kind = req.query.kind === 'video' ? 'video' : 'audio';
  res.render('media/record', { kind, megabytes: MOST_MEGABYTES[kind], minutes: RECORDING_MINUTES[kind], errors: {} });
});

media.get('/:file', libraryReaders, async (req, res) => renderFile(req, res, await libraryFile(req)));

media.post('/:file', authors, async (req, res) => {
  const file = await changedFile(req);
  const form = readForm(DetailsForm, req.body);
  if (!form.ok) return renderFile(req, res.status(422), file, form.errors, form.values);
  await saveDetails(req.actor, file, form.value);
  res.redirect(303, `/write/media/${file.id}?done=saved`);
});

/** Changes the file everywhere; where it is shown to learners already, only after a yes. */
media.post('/:file/replacement', authors, async (req, res) => {
  const file = await changedFile(req);
  await withUploads(req, res, UPLOAD, async ({ replacement }, tooLarge) => {
    const uses = await usesOf(req, file);
    const errors: FieldErrors = {};
    if (tooLarge || !replacement) errors.replacement = tooLarge ? 'media.fault.large' : 'media.fault.missing';
    if (uses.length > 0 && req.body.everywhere !== 'yes') errors.everywhere = 'media.replace.yes.missing';
    if (replacement && Object.keys(errors).length === 0) {
      const fault = await replaceFile(req.actor, file, replacement);
      if (fault) errors.replacement = `media.fault.${fault}`;
    }
    if (Object.keys(errors).length > 0) return renderFile(req, res.status(422), file, errors);
    res.redirect(303, `/write/media/${file.id}?done=replaced`);
  });
});

/** Takes back what a file was before it was replaced, everywhere. */
media.post('/:file/former', authors, async (req, res) => {
  const file = await changedFile(req);
  if ((await usesOf(req, file)).length > 0 && req.body.back !== 'yes')
    return renderFile(req, res.status(422), file, { back: 'media.former.yes.missing' });
  await takeBack(req.actor, file, Number(req.body.version));
  res.redirect(303, `/write/media/${file.id}?done=takenBack`);
});

media.post('/:file/bin', authors, async (req, res) => {
  const file = await changedFile(req);
  if (await binFile(req.actor, file)) return res.redirect(303, `/write/media?binned=${file.id}`);
  await renderFile(req, res.status(422), file, { form: 'media.bin.used' });
});

media.post('/:file/restoration', authors, async (req, res) => {
  const file = await changedFile(req);
  await restoreFile(req.actor, file);
  res.redirect(303, `/write/media/${file.id}?done=restored`);
});

const libraryFile = async (req: Request): Promise<StoredFile> =>
  found(await findFile(req.actor.organisation_id, String(req.params.file)));

async function changedFile(req: Request): Promise<StoredFile> {
  const file = await libraryFile(req);
  authorize(canChangeFile(req.actor, file));
  return file;
}

async function usesOf(req: Request, file: StoredFile): Promise<Use[]> {
  const { organisation_id, language } = req.actor;
  const [{ rows }] = await together(selectUses(organisation_id, file.id, language));
  return rows as Use[];
}

async function renderLibrary(req: Request, res: Response, errors: FieldErrors = {}): Promise<void> {
  const { organisation_id, language } = req.actor;
  const query = LibraryQuery.parse(req.query);
  const binned = typeof req.query.binned === 'string' ? req.query.binned : undefined;
  const rows: LibraryRow[] = await selectLibrary(organisation_id, query);
  const total = rows[0]?.total ?? 0;
  res.render('media/index', {
    errors,
    query,
    files: rows.map((row) => ({ ...shownFile(row, language), captions: row.captions, binned_at: row.deleted_at })),
    total,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    pageAddress: (page: number) => `/write/media?${new URLSearchParams(filled({ ...query, page: String(page) }))}`,
    isFiltered: Boolean(query.q || query.kind || query.licence || query.lacks),
    room: { kept: await bytesKept(organisation_id), most: mostBytes() },
    limits: MOST_MEGABYTES,
    licences: LICENCES,
    mayAdd: isAuthor(req.actor),
    binned: /^[0-9a-f-]{36}$/.test(binned ?? '') ? binned : undefined,
    days: DAYS_IN_BIN,
    key: randomUUID(),
  });
}

const filled = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Record<string, string>;

async function renderFile(
  req: Request,
  res: Response,
  file: StoredFile,
  errors: FieldErrors = {},
  values: object = file,
): Promise<void> {
  const captions = await selectCaptions(file);
  res.render('media/show', {
    errors,
    values: { ...altsAsFields(file), ...values },
    stored: file,
    former: formerToShow(file),
    file: shownFile(file, req.actor.language),
    tracks: captions.map(({ language }) => ({ language, src: trackAddress(file, language) })),
    transcript: transcriptOf(captions[0]?.cues ?? []),
    transcriptLanguage: captions[0]?.language,
    uses: await usesOf(req, file),
    languages: LANGUAGES,
    licences: LICENCES,
    mayChange: canChangeFile(req.actor, file),
    limit: MOST_MEGABYTES[file.kind],
    days: DAYS_IN_BIN,
    done: req.query.done,
  });
}

const altsAsFields = ({ alts, is_decoration }: StoredFile) => ({
  ...Object.fromEntries(LANGUAGES.map((language) => [`alt_${language}`, alts[language] ?? ''])),
  decoration: is_decoration ? 'yes' : undefined,
});
