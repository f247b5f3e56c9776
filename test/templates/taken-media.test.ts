import { randomUUID } from 'node:crypto';
import { findDraft } from '../../src/features/authoring/drafts.model';
import { createCourse, publishLesson } from '../../src/features/courses/publication.service';
import { findFile, storageKey } from '../../src/features/files/files.model';
import { removeCopies, storePicture } from '../../src/features/files/files.service';
import { contentKey, fileKey, findOwnContent, insertContent } from '../../src/features/h5p/contents.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { as } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';

let tidy: () => void;
beforeAll(() => {
  tidy = temporaryStorage();
});
afterAll(() => tidy());

/** A published lesson with a picture, a task and the id of a file that belongs to a third organisation. */
async function aLessonWithMedia(author: Actor, sharedWith: { id: string }, strange: string) {
  return inScope(author, async () => {
    const { organisation_id } = author;
    const file = await storePicture(organisation_id, PICTURE);
    if (!file) throw new Error('no picture');
    const task = randomUUID();
    await insertContent({
      ...{ id: task, organisation_id, title: 'Tehtävä', main_library: 'H5P.Toy-1.0', dependencies: [], warnings: [] },
      ...{ h5p_json: {} as never, content_json: {}, uploaded_by: null, completion_rule: { kind: 'self' } as never },
      files: [{ path: 'images/a.png', size: 1, sha256: 'a'.repeat(64) }],
    });
    const courseId = await createCourse(organisation_id, 'fi', 'Kurssi');
    const lessonId = await publishLesson({
      ...{ organisation_id, course_id: courseId, lesson_id: null, kind: 'h5p', minutes: 3, level: 2 },
      ...{ competences: [], h5p_content_id: task, credits: [], questions: [] },
      texts: [
        {
          ...{ language: 'fi', title: 'Kuvia', practice: '', follows_version: 1 },
          body: `![Kuva](/files/${file.id})\n\n![Toisten](/files/${strange})`,
        },
      ],
    });
    await db().table('course_shares').insert({ course_id: courseId, organisation_id: sharedWith.id });
    return { file, task, courseId, lessonId };
  });
}

it('a copy of another organisation’s lesson has files and tasks of its own, whose bytes are the same and stay while anyone names them', async () => {
  const [maker, partner, third] = [await anOrganisation(), await anOrganisation(), await anOrganisation()];
  const author = await aPerson({ organisation: maker, roles: ['learner', 'author'] });
  const copier = await aPerson({ organisation: partner, roles: ['learner', 'author'] });
  const outsider = await aPerson({ organisation: third, roles: ['learner', 'author'] });
  const strange = await inScope(outsider, () => storePicture(third.id, 'public/images/tasks/browser-address.webp'));
  const { file, task, lessonId } = await aLessonWithMedia(author, partner, strange?.id ?? '');

  const id = randomUUID();
  const form = { id, title: 'Kopio', course: 'new', course_title: 'Meidän' };
  for (let time = 0; time < 2; time += 1) await as(copier).post(`/write/start/lesson/${lessonId}`, form).expect(303);
  const draft = await inScope(copier, () => findDraft(partner.id, id));
  const text = JSON.stringify(draft?.content);
  expect(text).not.toContain(file.id);
  expect(text).not.toContain(task);
  const [, copied = ''] = /\/files\/([0-9a-f-]{36})/.exec(text) ?? [];

  const own = await asOwner(() => findFile(partner.id, copied));
  expect(own && storageKey(own)).toBe(storageKey(file));
  expect(await asOwner(() => db()('files').where({ organisation_id: partner.id }))).toHaveLength(1);
  const content = await asOwner(() => findOwnContent(partner.id, draft?.content.h5p_content_id ?? ''));
  expect(content?.files.map((one) => fileKey(content.id, content.version, one))).toEqual([
    contentKey(task, 1, 'a'.repeat(64)),
  ]);
  // The third organisation's file was never the maker's to give.
  expect(text).toContain(strange?.id);
  await as(copier).get(`/files/${strange?.id}`).expect(404);
  await as(copier).get(`/files/${copied}`).expect(200);

  // The maker's row goes, the bytes stay; with the last row they go.
  await asOwner(async () => {
    await db().table('lesson_files').where({ file_id: file.id }).delete();
    await db()('files').where({ id: file.id }).delete();
    await removeCopies(file);
  });
  expect(await storage().read(storageKey(file))).toBeDefined();
  await asOwner(async () => {
    await db()('files').where({ id: copied }).delete();
    await removeCopies(file);
  });
  expect(await storage().read(storageKey(file))).toBeUndefined();
});
