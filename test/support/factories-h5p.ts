import request from 'supertest';
import { createCourse, publishLesson } from '../../src/features/courses/publication.service';
import { installPackage } from '../../src/features/h5p/installation.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as } from './browser';
import { aPerson, asOwner, inScope } from './factories';
import { onDisk, toyPackage } from './h5p-fixture';

/** The toy package (or another) as a content of the organisation, its library installed by an administrator. */
export async function anH5pContent(
  organisation: { id: string },
  zip?: Buffer,
): Promise<{ id: string; administrator: Actor }> {
  const administrator = await aPerson({ organisation, roles: ['learner', 'administrator'] });
  const result = await inScope(administrator, async () =>
    installPackage(administrator, { path: onDisk(zip ?? (await toyPackage())) }),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return { id: result.contentId, administrator };
}

/** A published lesson with this content, in a course of its own. Returns its address. */
export async function anH5pLesson(
  organisation: { id: string },
  contentId: string,
  { title = 'Kysy ensin', audience = [] as string[], sharedWith = undefined as string | null | undefined } = {},
): Promise<{ id: string; course_id: string; address: string }> {
  return asOwner(async () => {
    const courseId = await createCourse(organisation.id, 'fi', title);
    const id = await publishLesson({
      organisation_id: organisation.id,
      course_id: courseId,
      lesson_id: null,
      kind: 'h5p',
      minutes: 5,
      level: 1,
      competences: [],
      h5p_content_id: contentId,
      texts: [{ language: 'fi', title, body: 'Kokeile.', practice: '', follows_version: 1 }],
      questions: [],
      credits: [],
    });
    await db().table('lessons').where({ id }).update({ audience });
    if (sharedWith !== undefined) {
      await db().table('course_shares').insert({ course_id: courseId, organisation_id: sharedWith });
    }
    const lesson = await db().table('lessons').where({ id }).first('slug');
    const course = await db().table('courses').where({ id: courseId }).first('slug');
    return { id, course_id: courseId, address: `/learn/${course.slug}/${lesson.slug}` };
  });
}

/** What a script in the page sends. */
export function sends(actor: Actor | undefined, path: string, body: object | string) {
  return request(as(actor).app).post(path).type('json').send(body);
}

/** Uploads a package as a form does. Browsers also send the file fields that are `empty`. */
export function uploads(
  actor: Actor | undefined,
  path: string,
  zip: Buffer,
  { fields = {}, empty = [] }: { fields?: Record<string, string>; empty?: string[] } = {},
) {
  const sending = request(as(actor).app).post(path);
  for (const [name, value] of Object.entries(fields)) sending.field(name, value);
  for (const name of empty) sending.attach(name, Buffer.alloc(0), { filename: '' });
  return sending.attach('package', zip, 'paketti.h5p');
}
