import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { enqueue } from '../../lib/jobs';
import { log } from '../../lib/log';
import { withScope } from '../../lib/scope';
import { storage } from '../../lib/storage';
import { recordAudit } from '../audit/audit.model';
import { type Actor, findActor, selectOrganisations } from '../organisations/organisations.model';
import { Archive, Refused } from './archive';
import {
  beginTaking,
  type CourseImport,
  deleteImport,
  findImport,
  insertImport,
  type Outcome,
  selectExpired,
  updateImport,
} from './imports.model';
import { keepParts, letGo } from './parts.service';
import { readCourseFile, readHeads, strangeWords } from './preview.service';
import { writeCourse } from './writing.service';

export const TAKE_JOB = 'exchange.take';
export const EXPIRE_COURSES_JOB = 'exchange.expire';

const subject = (id: string) => ({ type: 'course_import', id });
const keyOf = ({ id, organisation_id }: Pick<CourseImport, 'id' | 'organisation_id'>) =>
  `courses/${organisation_id}/${id}`;

export interface SentFile {
  /** Made with the form: the same form sent twice is one import. */
  id: string;
  path: string;
  size: number;
  fileName: string;
}

/** Reads a sent file and puts it aside; nothing of it is taken yet. Throws Refused, and then nothing of it is kept. */
export async function sendCourse(actor: Actor, { id, path: file, size, fileName }: SentFile): Promise<void> {
  if (await findImport(actor.organisation_id, id)) return;
  const { preview } = await readCourseFile(actor, file);
  const row = { id, organisation_id: actor.organisation_id, file_name: fileName, bytes: size, preview };
  await storage().write(keyOf(row), fs.createReadStream(file), 'application/zip', size);
  const isNew = await atomically(async () => {
    if (!(await insertImport(row))) return false;
    await recordAudit(actor, 'course.file-sent', subject(id), { bytes: size });
    return true;
  });
  // The id of another organisation's import is nobody's to write to.
  if (!isNew && !(await findImport(actor.organisation_id, id))) {
    await storage().remove(keyOf(row));
    throw conflict();
  }
}

/** Takes the course of a file that was looked at. `apart`: as another course, though it is here already. A second press takes nothing. */
export function takeCourse(actor: Actor, row: CourseImport, apart: boolean): Promise<void> {
  return atomically(async () => {
    if (!(await beginTaking(row, row.preview.media.length + row.preview.h5p.length + 1))) return;
    const { id, organisation_id } = row;
    await enqueue(TAKE_JOB, { id, organisation_id, person_id: actor.id, apart }, { key: `course ${id}` });
  });
}

export interface TakePayload {
  id: string;
  organisation_id: string;
  person_id: string;
  apart: boolean;
}

/** The job. After a stop it begins anew: what is there already is found again. */
export function takeSentCourse({ id, organisation_id, person_id, apart }: TakePayload): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: person_id }, async () => {
    const row = await findImport(organisation_id, id);
    const actor = await findActor(organisation_id, person_id);
    if (row?.state !== 'taking') return;
    try {
      if (!actor) throw new Refused('gone');
      const { courseId, outcome } = await inFolder(keyOf(row), (folder, file) => take(actor, row, apart, folder, file));
      await updateImport(row, { state: 'done', course_id: courseId, outcome, done: row.expected });
      await storage().remove(keyOf(row));
    } catch (error) {
      if (!(error instanceof Refused)) log.error({ err: error, import: id }, 'a course was not taken in');
      const { key, values } = error instanceof Refused ? error : new Refused('failed');
      await updateImport(row, { state: 'failed', outcome: { refused: { key, values } } });
    }
  });
}

async function inFolder<T>(key: string, work: (folder: string, file: string) => Promise<T>): Promise<T> {
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'oppiva-course-'));
  try {
    const file = path.join(folder, 'course.zip');
    const bytes = await storage().read(key);
    if (!bytes) throw new Refused('gone');
    await pipeline(bytes, fs.createWriteStream(file));
    return await work(folder, file);
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}

/** Files first, the course last and at once: until it is written nothing points to them, and a fault takes them away again. */
function take(actor: Actor, row: CourseImport, apart: boolean, folder: string, file: string) {
  return Archive.open(file, async (archive) => {
    const { manifest, course } = await readHeads(archive);
    const tell = (done: number) => updateImport(row, { done });
    const parts = await keepParts(actor, { archive, manifest, folder, course: course.id, tell });
    try {
      const words = await strangeWords(actor.language, course);
      const written = await writeCourse(actor, { manifest, course, parts, words, apart, importId: row.id });
      const outcome: Outcome = { ...written.counts, waiting: parts.waiting };
      return { courseId: written.courseId, outcome };
    } catch (error) {
      await letGo(actor, parts);
      throw error;
    }
  });
}

export async function discardCourse(actor: Actor, row: CourseImport): Promise<void> {
  const isGone = await atomically(async () => {
    const gone = await deleteImport(row);
    if (gone) await recordAudit(actor, 'course.file-discarded', subject(row.id));
    return gone;
  });
  if (isGone) await storage().remove(keyOf(row));
}

/** The job of each night: files that nobody took. */
export async function expireCourses(): Promise<void> {
  for (const { id } of await selectOrganisations())
    await withScope({ organisationId: id, personId: null }, async () => {
      for (const row of await selectExpired(id)) if (await deleteImport(row)) await storage().remove(keyOf(row));
    });
}
