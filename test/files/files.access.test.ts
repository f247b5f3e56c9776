import { createHash } from 'node:crypto';
import { publishLesson } from '../../src/features/courses/publication.service';
import { insertFile, type StoredFile, storageKey } from '../../src/features/files/files.model';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { as } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { aCourse } from '../support/factories-courses';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

/** A picture that an author has put into a draft. */
async function aPicture(organisation: { id: string }): Promise<StoredFile> {
  const bytes = Buffer.from(`picture of ${organisation.id}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const values = {
    organisation_id: organisation.id,
    sha256,
    mime: 'image/webp',
    bytes: bytes.length,
    width: 1,
    height: 1,
  };
  const file = await insertFile(values);
  await storage().write(storageKey(file), bytes, file.mime);
  return file;
}

async function publish(organisation: { id: string }, body: string, sharedWith: 'all' | { id: string }[] = []) {
  const course = await aCourse(organisation, { sharedWith });
  const text = { language: 'fi' as const, title: 'Kuva', body, practice: '', follows_version: 1 };
  const owner = await aPerson({ organisation });
  const lesson = { organisation_id: organisation.id, course_id: course.id, lesson_id: null, kind: 'text' as const };
  const rest = {
    minutes: 5,
    level: 1,
    competences: [],
    texts: [text],
    questions: [],
    h5p_content_id: null,
    credits: [],
  };
  await inScope(owner, () => publishLesson({ ...lesson, ...rest }));
}

/** One after another: a test's requests share one transaction. */
async function statuses(people: Parameters<typeof as>[0][], file: StoredFile): Promise<number[]> {
  const told: number[] = [];
  for (const person of people) told.push((await as(person).get(`/files/${file.id}`)).status);
  return told;
}

it('shows a picture of a draft to those who write and sign, and of a published lesson to its readers', async () => {
  const [organisation, other] = [await anOrganisation(), await anOrganisation()];
  const file = await aPicture(organisation);
  const learner = await aPerson({ organisation });
  const administrator = await aPerson({ organisation, roles: ['administrator'] });
  const author = await aPerson({ organisation, roles: ['author'] });
  const reviewer = await aPerson({ organisation, roles: ['reviewer'] });
  const stranger = await aPerson({ organisation: other, roles: ['author', 'administrator'] });
  const everyone = [learner, administrator, author, reviewer, stranger];
  expect(await statuses(everyone, file)).toEqual([404, 404, 200, 200, 404]);

  await publish(organisation, `Katso kuvaa.\n\n![Kuva](/files/${file.id})`);
  expect(await statuses(everyone, file)).toEqual([200, 200, 200, 200, 404]);

  await publish(organisation, `![Kuva](/files/${file.id})`, [other]);
  expect(await statuses(everyone, file)).toEqual([200, 200, 200, 200, 200]);
});

it('opens no picture of another organisation to one who writes its address into a lesson', async () => {
  const [organisation, other] = [await anOrganisation(), await anOrganisation()];
  const file = await aPicture(other);
  const author = await aPerson({ organisation, roles: ['author'] });
  await publish(organisation, `![Kuva](/files/${file.id})`, 'all');
  expect(await db().table('lesson_files').where({ file_id: file.id })).toEqual([]);
  expect((await as(author).get(`/files/${file.id}`)).status).toBe(404);
});
