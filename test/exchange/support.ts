import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import request from 'supertest';
import { openPromise } from 'yauzl';
import { findCourseRow } from '../../src/features/exchange/export.model';
import { courseFile, packCourse } from '../../src/features/exchange/export.service';
import { findImport } from '../../src/features/exchange/imports.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { as } from '../support/browser';
import { inScope } from '../support/factories';
import { runJobs } from '../support/jobs';

/** The course as a file, with all that is written and the names of its makers. */
export function exported(actor: Actor, courseId: string, choice = { drafts: true, names: true }): Promise<Buffer> {
  return inScope(actor, async () => {
    const row = await findCourseRow(actor.organisation_id, courseId, 'fi');
    if (!row) throw new Error('no such course');
    return buffer(Readable.from(courseFile(await packCourse(actor, row, choice))));
  });
}

/** Sends a file as a form does. */
export const sends = (actor: Actor, bytes: Buffer, id: string = randomUUID()) => ({
  id,
  response: request(as(actor).app)
    .post('/write/course-files')
    .field('id', id)
    .attach('file', bytes, 'kurssi.oppiva.zip'),
});

/** Sends a file and takes its course; returns the import as it ended. */
export async function brought(actor: Actor, bytes: Buffer, how: 'same' | 'apart' = 'same') {
  const { id, response } = sends(actor, bytes);
  const { status, text } = await response;
  if (status !== 303) throw new Error(`${status} ${/notice[\s\S]{0,300}/.exec(text)?.[0]}`);
  await as(actor).post(`/write/course-files/${id}/take`, { how }).expect(303);
  await runJobs();
  const row = await inScope(actor, () => findImport(actor.organisation_id, id));
  if (!row) throw new Error('the import is gone');
  return row;
}

/** Every file of an archive by its name. */
export async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-unzipped-')), 'a.zip');
  fs.writeFileSync(file, bytes);
  const zip = await openPromise(file, { autoClose: false });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  zip.close();
  fs.rmSync(path.dirname(file), { recursive: true });
  return files;
}
