import { giveOneTimePassword } from '../../src/features/accounts/accounts.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope, reload } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';
import { aBrowser } from '../support/real-browser';

const OWN = 'mansikka mustikka puolukka';

async function onPaper(username: string, values: object = {}) {
  const person = await aPerson({ username, ...values });
  return { person, password: await inScope(person, () => giveOneTimePassword(person.id)) };
}

it('leads every page to a password of one’s own, once', async () => {
  const { password } = await onPaper('aino');
  const browser = aBrowser();
  await browser.signIn('aino', password);

  for (const address of ['/account', '/account/information', '/organisation', '/nothing-here'])
    expect([address, (await browser.get(address)).headers.location]).toEqual([address, '/account/first-password']);
  expect((await browser.post('/account/shown-role', { shown: 'yes' })).headers.location).toBe(
    '/account/first-password',
  );
  expect((await browser.get('/account/first-password')).status).toBe(200);
  for (const [tried, key] of [
    ['short', 'at least 10'],
    [password, 'on the paper'],
  ] as const) {
    const response = await browser.post('/account/first-password', { password: tried });
    expect(response.status).toBe(422);
    expect(page(response)('#password-error').text()).toContain(key);
  }

  expect((await browser.post('/account/first-password', { password: OWN })).headers.location).toBe('/');
  expect((await browser.get('/account')).status).toBe(200);
  expect((await aBrowser().signIn('aino', password)).status).toBe(422);
  expect((await aBrowser().signIn('aino', OWN)).status).toBe(303);
});

it('changes no password without the old one once the first is chosen', async () => {
  const aino = await aPerson();
  expect((await as(aino).get('/account/first-password')).headers.location).toBe('/account');
  expect((await as(aino).post('/account/first-password', { password: OWN })).status).toBe(422);
});

it('forgets a password on paper after two weeks', async () => {
  const { password } = await onPaper('aino');
  await asOwner(() => db().raw("update credentials set changed_at = now() - interval '15 days'"));
  expect((await aBrowser().signIn('aino', password)).status).toBe(422);
});

it('ends a suspended person’s session at once, and opens the door again after the return', async () => {
  const { organisation, admin } = await anAdministrator();
  const { person, password } = await onPaper('aino', { organisation });
  const browser = aBrowser();
  await browser.signIn('aino', password);
  await browser.post('/account/first-password', { password: OWN });
  expect((await browser.get('/account')).status).toBe(200);

  await as(admin).post(`/organisation/people/${person.id}/suspension`);
  expect((await browser.get('/account')).headers.location).toMatch(/^\/sign-in/);
  expect((await aBrowser().signIn('aino', OWN)).status).toBe(422);
  await as(admin).post(`/organisation/people/${person.id}/return`);
  expect((await aBrowser().signIn('aino', OWN)).status).toBe(303);
});

it('loses a role at the next request, in the same session', async () => {
  const { organisation, admin } = await anAdministrator();
  const { person, password } = await onPaper('helper', { organisation, roles: ['administrator'] });
  const browser = aBrowser();
  await browser.signIn('helper', password);
  await browser.post('/account/first-password', { password: OWN });
  expect((await browser.get('/organisation/people')).status).toBe(200);

  const terms = { roles: ['learner'], relation: 'employee' };
  await as(admin).post(`/organisation/people/${person.id}/terms`, terms);
  expect((await browser.get('/organisation/people')).status).toBe(403);
});

it('goes to another organisation that the person belongs to, and to no other', async () => {
  const { person, password } = await onPaper('aino');
  const { organisation } = await anAdministrator();
  const { organisation: foreign } = await anAdministrator();
  await asOwner(() => db()('memberships').insert({ organisation_id: organisation.id, person_id: person.id }));
  const browser = aBrowser();
  await browser.signIn('aino', password);
  await browser.post('/account/first-password', { password: OWN });

  expect((await browser.post('/account/organisation', { organisation: foreign.id })).status).toBe(404);
  expect((await browser.post('/account/organisation', { organisation: organisation.id })).status).toBe(303);
  expect(page(await browser.get('/account'))('.facts').text()).toContain(organisation.name);
});

it('takes from a form of one’s own settings nothing but what it asks', async () => {
  const aino = await aPerson({ roles: ['expert'] });
  const extra = {
    roles: ['administrator'],
    organisation_id: 'x',
    suspended_at: '',
    must_change: 'false',
    relation: 'peer',
  };
  await as(aino).post('/account/shown-role', { shown: 'yes', ...extra });
  await as(aino).post('/language', { lang: 'sv', name: 'Eve', username: 'eve', ...extra });
  expect(await reload(aino)).toMatchObject({ ...aino, shows_role: true, language: 'sv', content_language: 'sv' });
});
