import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setImmediate as breathe } from 'node:timers/promises';
import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { log } from '../../lib/log';
import { withScope } from '../../lib/scope';
import { storage } from '../../lib/storage';
import { recordAudit } from '../audit/audit.model';
import { type Draft, findDraft } from '../authoring/drafts.model';
import type { StoredFile } from '../files/files.model';
import { storePicture } from '../files/files.service';
import type { Actor } from '../organisations/organisations.model';
import { selectKnown } from './bank.model';
import { copyToDraft, keepInBank } from './bank.service';
import {
  deleteExpired,
  deleteImport,
  deleteItems,
  findImport,
  insertImport,
  insertItems,
  lockItems,
  markTaken,
  type QuestionImport,
  updateImport,
} from './imports.model';
import type { Reading } from './reading/building';
import { countQuestions, openFile, readFile } from './reading/file';
import { pictureAddress } from './reading/html-reader';
import { FileRefused, type Item } from './reading/item';
import { fingerprint, type Written } from './written';

export const READ_JOB = 'bank.imports.read';
export const EXPIRE_JOB = 'bank.imports.expire';

/** More questions than this are read in the background, and so are files with many pictures. */
const AT_ONCE = 200;
const BYTES_AT_ONCE = 3_000_000;
/** No file that people teach with has more. */
export const MOST_QUESTIONS = 5000;
const LARGEST_PICTURE = 14_000_000;

export interface SentFile {
  /** Made with the form: the same form sent twice is one import. */
  id: string;
  bytes: Buffer;
  fileName: string;
  reading: Reading;
  draftId: string | null;
}

/** Reads a sent file, at once or by a job when it is long. Nothing of it is in the bank before somebody takes it. */
export async function sendFile(actor: Actor, sent: SentFile): Promise<{ refused?: string }> {
  const file = fileOf(sent.bytes);
  if ('refused' in file) return file;
  const expected = countQuestions(file);
  if (expected > MOST_QUESTIONS) return { refused: 'manyQuestions' };
  const row = {
    ...{ id: sent.id, organisation_id: actor.organisation_id, draft_id: sent.draftId, kind: file.kind, expected },
    ...{ file_name: sent.fileName, reading: sent.reading },
  };
  const isLong = expected > AT_ONCE || sent.bytes.length > BYTES_AT_ONCE;
  if (isLong) await storage().write(keyOf(row), sent.bytes, 'application/octet-stream');
  return atomically(async () => {
    if (!(await insertImport(row))) return {};
    await recordAudit(actor, 'bank.file-sent', { type: 'question_import', id: sent.id }, { kind: file.kind, expected });
    const { id, organisation_id } = row;
    if (isLong) await enqueue(READ_JOB, { id, organisation_id, person_id: actor.id }, { key: `bank import ${id}` });
    else await readInto({ ...row }, file);
    return {};
  });
}

const keyOf = ({ id, organisation_id }: Pick<QuestionImport, 'id' | 'organisation_id'>) =>
  `question-imports/${organisation_id}/${id}`;

function fileOf(bytes: Buffer): ReturnType<typeof openFile> | { refused: string } {
  try {
    const file = openFile(bytes);
    // The first question is not needed, but a file with a document type is refused where its questions begin.
    readFile(file, { language: 'fi', competence: '', level: 1 }).next();
    return file;
  } catch (error) {
    if (error instanceof FileRefused) return { refused: error.key };
    throw error;
  }
}

type Started = Pick<QuestionImport, 'id' | 'organisation_id' | 'reading'>;

/** Reads every question of the file; `tell` hears how many were read so far. */
async function readInto(
  row: Started,
  file: ReturnType<typeof openFile>,
  tell?: (done: number) => Promise<void>,
): Promise<void> {
  let [categories, done] = [0, 0];
  let batch: (Item & { files: string[] })[] = [];
  for (const item of readFile(file, row.reading)) {
    if (item === 'category') {
      categories += 1;
      continue;
    }
    batch.push(await withPictures(row.organisation_id, item));
    done += 1;
    if (batch.length < 50) continue;
    await insertItems(row.id, batch);
    batch = [];
    await tell?.(done);
    // A long file leaves time for everybody else.
    await breathe();
  }
  await insertItems(row.id, batch);
  await updateImport(row, { state: 'ready', done, categories });
}

/** Pictures are read by content and kept as ours; one that cannot be read leaves its place, and that is told. */
async function withPictures(organisationId: string, item: Item): Promise<Item & { files: string[] }> {
  const files: string[] = [];
  let { question } = item;
  const notes = [...item.notes];
  for (const [index, { name, data }] of item.pictures.entries()) {
    const bytes = data.length > LARGEST_PICTURE ? Buffer.alloc(0) : Buffer.from(data, 'base64');
    const picture = question && bytes.length > 0 ? await keepPicture(organisationId, name, bytes) : undefined;
    if (picture) files.push(picture.id);
    else notes.push({ key: 'pictureUnreadable', values: { name: name.startsWith('inline:') ? '–' : name } });
    question = question && placed(question, index, picture?.id);
  }
  return { ...item, ...(question && { question }), notes, files };
}

/** The picture as a file of ours, once it has been read by its content. */
async function keepPicture(organisationId: string, name: string, bytes: Buffer): Promise<StoredFile | undefined> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'oppiva-picture-'));
  try {
    const file = path.join(folder, 'picture');
    await fs.writeFile(file, bytes);
    return await storePicture(organisationId, file, name.startsWith('inline:') ? undefined : name);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** The question with a picture in its place, or without it. */
function placed(question: Written, index: number, id: string | undefined): Written {
  const address = pictureAddress(index);
  const change = (text: string) =>
    id
      ? text.replaceAll(`](${address})`, `](/files/${id})`)
      : text.replace(new RegExp(`!\\[[^\\]]*\\]\\(${address}\\)\\s*`, 'g'), '');
  const texts = Object.entries(question.texts).map(([language, text]) => [
    language,
    { ...text, prompt: change(text.prompt) },
  ]);
  return { ...question, texts: Object.fromEntries(texts) };
}

export interface ReadPayload {
  id: string;
  organisation_id: string;
  person_id: string;
}

/** The job: reads a long file that was put aside. After a stop it begins anew. */
export function readSentFile({ id, organisation_id, person_id }: ReadPayload): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, async () => {
    const row = await findImport(organisation_id, id);
    if (row?.state !== 'waiting') return storage().remove(keyOf({ id, organisation_id }));
    const bytes = await storage().read(keyOf(row));
    try {
      if (!bytes) throw new FileRefused('gone');
      const file = openFile(await buffer(bytes));
      await deleteItems(id);
      await readInto(row, file, (done) => updateImport(row, { done }));
    } catch (error) {
      if (!(error instanceof FileRefused)) log.error({ err: error, import: id }, 'a file of questions was not read');
      await deleteItems(id);
      await updateImport(row, { state: 'failed' });
    }
    await storage().remove(keyOf(row));
  });
}

/** What became of the questions that were chosen. */
export interface Outcome {
  bank: number;
  known: number;
  draft: number;
}

/** Takes questions of a file that was looked at: into the bank, and with a draft into it too. A second press takes nothing. */
export function takeItems(
  actor: Actor,
  row: QuestionImport,
  numbers: readonly number[] | 'all',
  draftId: string | undefined,
): Promise<Outcome> {
  return atomically(async () => {
    const items = await lockItems(row.id, numbers);
    const entries = items.map(({ question, name, category }) => ({
      question: question as Written,
      source: { kind: 'file' as const, title: row.file_name, ...(name && { name }), ...(category && { category }) },
    }));
    const { kept, known } = await keepInBank(actor, entries);
    const draft = draftId ? await findDraft(actor.organisation_id, draftId) : undefined;
    const copied = draft
      ? await copyItems(
          actor,
          draft,
          entries.map(({ question }) => question),
        )
      : 0;
    await markTaken(
      row.id,
      items.map(({ number }) => number),
      draft ? 'draft' : 'bank',
    );
    return { bank: kept, known, draft: copied };
  });
}

async function copyItems(actor: Actor, draft: Draft, questions: readonly Written[]): Promise<number> {
  const there = await selectKnown(actor.organisation_id, questions);
  return copyToDraft(
    actor,
    draft,
    questions.flatMap((question) => there.get(fingerprint(question))?.id ?? []),
  );
}

export async function discardImport(actor: Actor, id: string): Promise<void> {
  await atomically(async () => {
    if (await deleteImport(actor.organisation_id, id))
      await recordAudit(actor, 'bank.file-discarded', { type: 'question_import', id });
  });
}

/** The job of each night. */
export const expireImports = (): Promise<void> => deleteExpired();
