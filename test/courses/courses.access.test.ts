import type { Actor } from '../../src/features/organisations/organisations.model';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson } from '../support/factories';
import { aCourse, aLesson } from '../support/factories-courses';

/** Our course, theirs in every kind of sharing, a draft of ours; and people of both organisations. */
async function aWorld() {
  const [ours, theirs, third] = [await anOrganisation(), await anOrganisation(), await anOrganisation()];
  const course = await aCourse(ours, { slug: 'own' });
  await aLesson(course, { slug: 'open' });
  await aLesson(course, { slug: 'draft', published_at: null });
  await aLesson(course, { slug: 'staff', audience: ['staff'] });
  const hidden = await aCourse(ours, { slug: 'hidden', published_at: null });
  await aLesson(hidden, { slug: 'open' });
  for (const [slug, sharedWith] of [
    ['foreign', []],
    ['for-third', [third]],
    ['for-us', [ours]],
    ['for-all', 'all'],
  ] as const) {
    await aLesson(await aCourse(theirs, { slug, sharedWith: sharedWith === 'all' ? 'all' : [...sharedWith] }), {
      slug: 'open',
    });
  }
  return {
    client: await aPerson({ organisation: ours, relation: 'client' }),
    employee: await aPerson({ organisation: ours }),
    stranger: await aPerson({ organisation: theirs }),
  };
}

const table: [method: 'get' | 'post', path: string, client: number, employee: number, stranger: number][] = [
  ['get', '/learn', 200, 200, 200],
  ['get', '/learn/own', 200, 200, 404],
  ['get', '/learn/hidden', 404, 404, 404],
  ['get', '/learn/foreign', 404, 404, 200],
  ['get', '/learn/for-third', 404, 404, 200],
  ['get', '/learn/for-us', 200, 200, 200],
  ['get', '/learn/for-all', 200, 200, 200],
  ['get', '/learn/nowhere', 404, 404, 404],
  ['get', '/learn/own/open', 200, 200, 404],
  ['get', '/learn/own/draft', 404, 404, 404],
  ['get', '/learn/own/staff', 404, 200, 404],
  ['get', '/learn/hidden/open', 404, 404, 404],
  ['get', '/learn/foreign/open', 404, 404, 200],
  ['get', '/learn/for-us/open', 200, 200, 200],
  ['get', '/learn/for-all/open', 200, 200, 200],
  ['post', '/learn/own/open/done', 303, 303, 404],
  ['post', '/learn/own/draft/done', 404, 404, 404],
  ['post', '/learn/own/staff/done', 404, 303, 404],
  ['post', '/learn/own/open/language', 303, 303, 404],
  ['post', '/learn/own/open/spot', 422, 422, 404],
  ['post', '/learn/foreign/open/spot', 404, 404, 422],
];

it('opens a course and a lesson to those whose organisation has it, and to whom it is meant', async () => {
  const { client, employee, stranger } = await aWorld();
  const statuses = [];
  for (const [method, path] of table) {
    const answer = async (actor: Actor) => (await as(actor)[method](path)).status;
    statuses.push([method, path, await answer(client), await answer(employee), await answer(stranger)]);
  }
  expect(statuses).toEqual(table);
});

it('shows in the catalogue what can be opened, and nothing else', async () => {
  const { client, stranger } = await aWorld();
  const addresses = async (actor: Actor) => {
    const $ = page(await as(actor).get('/learn'));
    return $('.course h3 a')
      .map((_, link) => $(link).attr('href'))
      .get()
      .sort();
  };
  expect(await addresses(client)).toEqual(['/learn/for-all', '/learn/for-us', '/learn/own']);
  expect(await addresses(stranger)).toEqual(['/learn/for-all', '/learn/for-third', '/learn/for-us', '/learn/foreign']);
});

it('prefers an own course to a shared one at the same address', async () => {
  const [ours, theirs] = [await anOrganisation(), await anOrganisation()];
  await aCourse(theirs, { slug: 'same', title: 'Their course', sharedWith: 'all' });
  await aCourse(ours, { slug: 'same', title: 'Our course' });
  const actor = await aPerson({ organisation: ours });
  expect(page(await as(actor).get('/learn/same'))('h1').text()).toBe('Our course');
  expect(page(await as(actor).get('/learn'))('.course')).toHaveLength(1);
});

it('asks a visitor to sign in', async () => {
  expect((await as(undefined).get('/learn/own')).headers.location).toBe('/sign-in?next=%2Flearn%2Fown');
});
