import { randomUUID } from 'node:crypto';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

async function aPlace() {
  const organisation = await anOrganisation();
  const course = await aCourse(organisation, { slug: 'course' });
  await aLesson(course, { slug: 'one', title: 'Hyvä salasana' });
  await aLesson(course, { slug: 'staff', audience: ['staff'] });
  return { organisation, course, person: await aPerson({ organisation }) };
}

it('keeps a note once however often its form is sent, and lists it with its lesson', async () => {
  const { person } = await aPlace();
  const browser = as(person);
  const note = { id: randomUUID(), body: 'Kysy\nHelenalta', spot: 'spot-2' };
  for (const _ of [1, 2]) {
    const saved = await browser.post('/learn/course/one/note', note);
    expect(saved.headers.location).toBe('/learn/course/one?note=saved#spot-2');
  }
  const $ = page(await browser.get('/notes?q=helena'));
  expect($('.note-words').text()).toBe('Kysy\nHelenalta');
  expect($('.find a').first().attr('href')).toBe('/learn/course/one#spot-2');
});

it('refuses an empty note and a huge one, and keeps what was typed', async () => {
  const { person } = await aPlace();
  const browser = as(person);
  expect((await browser.post('/learn/course/one/note', { id: randomUUID(), body: '  ' })).status).toBe(422);
  const huge = await browser.post('/learn/course/one/note', { id: randomUUID(), body: 'x'.repeat(10_001) });
  expect(huge.status).toBe(422);
  expect(page(huge)('textarea').text().trim()).toHaveLength(10_001);
});

it('shows notes and bookmarks to their owner only, whatever the role of another', async () => {
  const { organisation, person } = await aPlace();
  const id = randomUUID();
  await as(person).post('/learn/course/one/note', { id, body: 'Oma' });
  await as(person).post('/bookmarks', { course: 'course', lesson: 'one' });
  for (const other of [await aPerson({ organisation, roles: ['administrator'] }), await aPerson()]) {
    const browser = as(other);
    for (const address of [`/notes/${id}`, `/notes/${id}/removal`])
      expect((await browser.post(address, { body: 'x' })).status).toBe(404);
    expect((await browser.get(`/notes/${id}`)).status).toBe(404);
    expect(page(await browser.get('/bookmarks'))('.find')).toHaveLength(0);
    expect(await inScope(other, () => db().table('notes'))).toEqual([]);
    expect(await inScope(other, () => db().table('bookmarks'))).toEqual([]);
  }
});

it('keeps only what the person may open, and lists it only while they may', async () => {
  const { organisation, course, person } = await aPlace();
  const client = await aPerson({ organisation, relation: 'client' });
  expect((await as(client).post('/bookmarks', { course: 'course', lesson: 'staff' })).status).toBe(404);
  expect((await as(client).post('/learn/course/staff/note', { id: randomUUID(), body: 'x' })).status).toBe(404);
  expect((await as(await aPerson()).post('/bookmarks', { course: 'course' })).status).toBe(404);
  for (const place of [{ lesson: 'one' }, {}]) await as(person).post('/bookmarks', { course: 'course', ...place });
  await as(person).post('/bookmarks', { course: 'course' });
  expect(page(await as(person).get('/bookmarks'))('.find')).toHaveLength(2);
  await asOwner(() =>
    db().table('lessons').where({ course_id: course.id, slug: 'one' }).update({ published_at: null }),
  );
  expect(page(await as(person).get('/bookmarks'))('.find')).toHaveLength(1);
});

it('keeps a note whose lesson is gone', async () => {
  const { course, person } = await aPlace();
  await as(person).post('/learn/course/one/note', { id: randomUUID(), body: 'Tärkeä' });
  await asOwner(() => db().table('lessons').where({ course_id: course.id, slug: 'one' }).delete());
  const $ = page(await as(person).get('/notes'));
  expect($('.find').text()).toContain('Tärkeä');
  expect($('.find h2 a')).toHaveLength(0);
});
