import { randomUUID } from 'node:crypto';
import { as, page } from '../support/browser';
import { aPerson } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

it('digime-01: an organisation sees which routines of learning live and what was learned, and no other one does', async () => {
  const { admin, organisation } = await anAdministrator();
  const stranger = await aPerson();
  const id = randomUUID();
  const card = {
    id,
    kind: 'challenge',
    title: 'Lomake',
    body_what: 'Tyhjenee',
    theme: 'e-services',
    visibility: 'organisation',
    language: 'fi',
  };
  await as(admin).post('/cards', card);
  await as(admin).post(`/cards/${id}/steps`, { id: randomUUID(), status: 'closed', note: 'Tallenna välillä.' });
  const own = page(await as(admin).get('/loop'));
  expect(own('tbody tr').first().text()).toMatch(/Challenges\s*1$/);
  expect(own('main').text()).toContain('Tallenna välillä.');
  expect(own('.loop-ring__count')).toHaveLength(6);
  expect(own('tbody tr').last().text()).toContain('Too few');
  expect(page(await as(stranger).get('/loop'))('main').text()).not.toContain('Tallenna välillä.');
  expect((await as(stranger).get(`/loop?of=team:${organisation.id}`)).status).toBe(404);
  expect((await as(stranger).get(`/loop?of=space:${randomUUID()}`)).status).toBe(404);
});
