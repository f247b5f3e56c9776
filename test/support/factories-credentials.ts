import { randomUUID } from 'node:crypto';
import type { Course } from '../../src/features/courses/courses.model';
import { type Achievement, insertAchievement } from '../../src/features/credentials/achievements.model';
import type { IssuedCredential } from '../../src/features/credentials/credentials.model';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { completeLesson } from '../../src/features/progress/progress.service';
import { db } from '../../src/lib/db';
import { as } from './browser';
import { asOwner, inScope } from './factories';
import { aCourse, aLesson } from './factories-courses';
import { runJobs } from './jobs';

/** A badge of the actor's organisation, attached to a course when one is given. */
export async function anAchievement(actor: Actor, values: Partial<Achievement> = {}): Promise<string> {
  const id = values.id ?? randomUUID();
  const text = { name: 'Turvallinen kirjautuja', criteria: 'Käy kurssi ja vastaa visaan.', words: 'Lukko ja avain' };
  await inScope(actor, async () => {
    await insertAchievement({
      id,
      organisation_id: actor.organisation_id,
      course_id: null,
      path_id: null,
      texts: { fi: text, en: { name: 'Safe signer-in', criteria: 'Finish the course.', words: 'A lock and a key' } },
      template: 'lock',
      competences: [{ code: '4.2', level: 3 }],
      valid_months: null,
      created_by: actor.id,
      ...values,
    });
  });
  return id;
}

/** A course of one lesson that the person has finished; what that started has been done. */
export async function aFinishedCourse(
  person: Actor,
  values: { title?: string; badge?: boolean } = {},
): Promise<Course> {
  const course = await aCourse(
    { id: person.organisation_id },
    { minutes: 100, title: values.title ?? 'Turvallinen salasana' },
  );
  const lesson = await aLesson(course);
  if (values.badge) await anAchievement(person, { course_id: course.id });
  await inScope(person, () => completeLesson(person, lesson));
  await runJobs();
  return course;
}

export const credentialsOf = (person: { id: string }): Promise<IssuedCredential[]> =>
  asOwner(() => db()('issued_credentials').where({ person_id: person.id }).orderBy('kind')) as never;

/** A badge that the person has accepted: the row, and the signed credential. */
export async function anAcceptedBadge(person: Actor, form: object = {}) {
  await aFinishedCourse(person, { badge: true });
  const badge = (await credentialsOf(person)).find(({ kind }) => kind === 'badge') as IssuedCredential;
  const values = { shown_name: 'Aino K.', is_public: 'yes', language: 'en', evidence: '', ...form };
  await as(person).post(`/credentials/${badge.id}/accept`).type('form').send(values).expect(303);
  const row = (await credentialsOf(person)).find(({ id }) => id === badge.id) as IssuedCredential;
  return { row, credential: JSON.parse(row.document ?? '{}') as Record<string, never> };
}
