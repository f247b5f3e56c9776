import fs from 'node:fs/promises';
import type { Request, Response } from 'express';
import { atomically } from '../../lib/db';
import type { FieldErrors } from '../../lib/forms';
import { authorize, found } from '../../lib/guards';
import { isLanguage, LANGUAGES, type Language } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { Routes } from '../../lib/routes';
import { attachment } from '../../lib/send-file';
import { withUploads } from '../../lib/upload';
import { recordAudit } from '../audit/audit.model';
import { type Captions, putCaptions, selectCaptions } from '../files/captions.model';
import { findFile, type StoredFile } from '../files/files.model';
import { trackAddress } from '../files/played';
import { readVtt, transcriptOf, type VttReading, writeVtt } from '../files/webvtt';
import type { Actor } from '../organisations/organisations.model';
import { authors } from '../organisations/organisations.policy';
import { readCues, readRows, type TypedCue, typedCues, withRow } from './captions-form';
import { canChangeFile, libraryReaders } from './media.policy';
import { CHANGED_JOB } from './media.service';
import { shownFile } from './shown-file';

/** What is said in a sound or a video, in rows beside it. */
export const captionPages = new Routes('/write/media');

captionPages.get('/:file/captions', authors, async (req, res) => {
  const file = await heardFile(req);
  const language = languageOf(req.query.language, req.actor);
  const captions = await selectCaptions(file);
  const known = captions.find((one) => one.language === language);
  await renderCaptions(req, res, file, {
    language,
    rows: known ? typedCues(known.cues) : withRow([]),
    version: known?.version ?? 0,
  });
});

captionPages.post('/:file/captions', authors, async (req, res) => {
  const file = await heardFile(req);
  await withUploads(req, res, { megabytes: 1, fields: 6100, keepsForm: true }, async (files, tooLarge) => {
    const body = req.body as Record<string, unknown>;
    const language = languageOf(body.language, req.actor);
    const version = Number(body.version) || 0;
    const press = typeof body.do === 'string' ? body.do : 'save';
    const rows = readRows(body);
    const page = { language, rows, version };
    if (press === 'add') return renderCaptions(req, res, file, { ...page, rows: withRow(rows), focus: rows.length });
    if (press.startsWith('remove:'))
      return renderCaptions(req, res, file, {
        ...page,
        rows: rows.filter((_, index) => index !== Number(press.slice(7))),
      });
    if (press === 'import' || files.vtt || tooLarge) {
      const read = files.vtt && readVtt(await fs.readFile(files.vtt.path, 'utf8'));
      if (!read?.ok)
        return renderCaptions(req, res.status(422), file, {
          ...page,
          errors: { vtt: importFault(read, tooLarge) },
          line: lineOf(read),
        });
      // Rows that were read are shown first; they are kept when their reader has seen them.
      return renderCaptions(req, res, file, { ...page, rows: typedCues(read.cues), imported: read.cues.length });
    }
    const { cues, errors } = readCues(rows);
    if (Object.keys(errors).length > 0) return renderCaptions(req, res.status(422), file, { ...page, errors });
    const isKept = await keepCaptions(req.actor, {
      file_id: file.id,
      organisation_id: file.organisation_id,
      language,
      cues,
      version,
    });
    if (!isKept)
      return renderCaptions(req, res.status(409), file, { ...page, errors: { form: 'media.captions.changed' } });
    res.redirect(303, `/write/media/${file.id}/captions?language=${language}&saved=yes`);
  });
});

/** The rows as a file to keep or to mend elsewhere. */
captionPages.get('/:file/captions/:track', libraryReaders, async (req, res) => {
  const file = await heardFile(req);
  const language = /^(.+)\.vtt$/.exec(String(req.params.track))?.[1];
  const captions = found((await selectCaptions(file)).find((one) => one.language === language));
  res
    .set({
      'Content-Disposition': attachment(`${file.name}-${captions.language}`, 'vtt'),
      'X-Content-Type-Options': 'nosniff',
    })
    .type('text/vtt')
    .send(writeVtt(captions.cues));
});

function keepCaptions(
  actor: Actor,
  captions: Pick<Captions, 'file_id' | 'organisation_id' | 'language' | 'cues' | 'version'>,
): Promise<boolean> {
  return atomically(async () => {
    if (!(await putCaptions(captions))) return false;
    const { file_id: id, language, cues } = captions;
    await recordAudit(actor, 'captions.saved', { type: 'file', id }, { language, cues: cues.length });
    await enqueue(CHANGED_JOB, { organisationId: captions.organisation_id, fileId: id });
    return true;
  });
}

async function heardFile(req: Request): Promise<StoredFile> {
  const file = found(await findFile(req.actor.organisation_id, String(req.params.file)));
  authorize(req.method === 'GET' || canChangeFile(req.actor, file));
  return found(file.kind === 'audio' || file.kind === 'video' ? file : undefined);
}

const languageOf = (given: unknown, { content_language }: Actor): Language =>
  isLanguage(given) ? given : isLanguage(content_language) ? content_language : 'fi';

const importFault = (read: VttReading | undefined, tooLarge?: string) =>
  tooLarge
    ? 'media.captions.import.large'
    : read && !read.ok
      ? `media.captions.import.${read.fault}`
      : 'media.captions.import.missing';
const lineOf = (read: VttReading | undefined) => (read && !read.ok ? read.line : undefined);

interface Page {
  language: Language;
  rows: TypedCue[];
  version: number;
  errors?: FieldErrors;
  line?: number | undefined;
  imported?: number;
  focus?: number;
}

async function renderCaptions(req: Request, res: Response, file: StoredFile, page: Page): Promise<void> {
  const captions = await selectCaptions(file);
  res.render('media/captions', {
    errors: {},
    line: undefined,
    imported: undefined,
    focus: undefined,
    ...page,
    file: shownFile(file, req.actor.language),
    tracks: captions.map(({ language }) => ({ language, src: trackAddress(file, language) })),
    transcript: transcriptOf(readCues(page.rows).cues),
    isKept: captions.some(({ language }) => language === page.language),
    languages: LANGUAGES,
    saved: req.query.saved,
  });
}
