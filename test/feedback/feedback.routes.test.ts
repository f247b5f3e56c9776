import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aSharedLesson() {
  const makers = await anOrganisation();
  const course = await aCourse(makers);
  const lesson = await aLesson(course, { title: 'Salasanat' });
  const users = await anOrganisation();
  await asOwner(() => db().table('course_shares').insert({ course_id: course.id, organisation_id: users.id }));
  const author = await aPerson({ organisation: makers, roles: ['learner', 'author'] });
  return { makers, users, author, here: `/learn/${course.slug}/${lesson.slug}/feedback` };
}

const heard = (text: string) =>
  page({ text } as never)('main')
    .text()
    .replace(/\s+/g, ' ');

it('takes feedback in two presses, and tells it to the makers in another organisation without a name', async () => {
  const { users, author, here } = await aSharedLesson();
  const reader = await aPerson({ organisation: users, name: 'Aino Koski' });
  expect((await as(reader).post(here, { useful: '1' })).headers.location).toBe(here);
  expect((await as(reader).post(`${here}/what`, { what: 'hard', words: 'Liikaa outoja sanoja' })).status).toBe(303);

  const told = heard((await as(author).get('/write/feedback')).text);
  expect(told).toContain('Liikaa outoja sanoja');
  expect(told).not.toContain('Aino');
  // One voice gives no counts.
  expect(told).not.toContain('A little: 1');
  const [voice] = await asOwner(() => db().table('lesson_voices'));
  expect(voice).toMatchObject({ useful: 1, what: ['hard'] });
  expect(Object.keys(voice)).not.toContain('person_id');

  const stranger = await aPerson({ organisation: users, roles: ['learner', 'author'] });
  expect((await as(stranger).get('/write/feedback')).text).not.toContain('outoja');
});

it('counts a person once however often they change their mind, and shows counts from five on', async () => {
  const { makers, author, here } = await aSharedLesson();
  for (let number = 0; number < 5; number++) {
    const reader = as(await aPerson({ organisation: makers }));
    await reader.post(here, { useful: '0' });
    await reader.post(here, { useful: '2' });
  }
  const told = heard((await as(author).get('/write/feedback')).text);
  expect(told).toContain('5 pieces of feedback.');
  expect(told).toContain('Yes, it did: 5');
});

it('lets a person take their feedback back, from the makers too', async () => {
  const { makers, here } = await aSharedLesson();
  const reader = as(await aPerson({ organisation: makers }));
  await reader.post(here, { useful: '2' });
  await reader.post(`${here}/removal`);
  expect(await asOwner(() => db().table('lesson_voices'))).toEqual([]);
  expect(await asOwner(() => db().table('lesson_feedback'))).toEqual([]);
});

it('takes nothing that is not one of the answers', async () => {
  const { makers, here } = await aSharedLesson();
  const reader = as(await aPerson({ organisation: makers }));
  for (const useful of ['3', '-1', 'x', ''])
    expect((await reader.post(here, { useful })).status).toBe(useful === '' ? 303 : 422);
  await reader.post(`${here}/what`, { what: ['hard', '<b>', 'hard'], words: '' });
  const long = await reader.post(`${here}/what`, { what: 'hard', words: 'a'.repeat(1001) });
  expect([long.status, page(long)('#words').text().trim().length]).toEqual([422, 1001]);
  const [kept] = await asOwner(() => db().table('lesson_feedback'));
  expect(kept.what).toEqual(['hard']);
  const other = await aPerson({ organisation: await anOrganisation() });
  expect((await as(other).post(here, { useful: '2' })).status).toBe(404);
});
