import request from 'supertest';
import { insertCredential } from '../../src/features/accounts/accounts.model';
import { giveOneTimePassword } from '../../src/features/accounts/accounts.service';
import { db } from '../../src/lib/db';
import { hashPassword } from '../../src/lib/passwords';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aBrowser as openBrowser } from '../support/real-browser';

const PASSWORD = 'mansikka mustikka puolukka';

async function anAccount(username: string, values: object = {}) {
  const person = await aPerson({ username, ...values });
  const hash = await hashPassword(PASSWORD);
  await inScope(person, () => insertCredential(person.id, hash, false));
  return person;
}

function aBrowser() {
  const browser = openBrowser();
  return { ...browser, signIn: (username: string, password = PASSWORD) => browser.signIn(username, password) };
}

describe('POST /sign-in', () => {
  it('opens the account by user name or by e-mail, in any case, and goes where the person was going', async () => {
    await anAccount('aino', { email: 'aino@example.org' });
    const browser = aBrowser();

    const response = await browser.post('/sign-in', { username: ' Aino ', password: PASSWORD, next: '/account' });

    expect([response.status, response.headers.location]).toEqual([303, '/account']);
    expect((await browser.get('/account')).status).toBe(200);
    expect((await aBrowser().signIn('AINO@example.org')).status).toBe(303);
    expect(await asOwner(() => db()('audit_events').where({ action: 'account.signed-in' }))).toHaveLength(2);
  });

  it('answers the same for a wrong password, an absent user and a suspended one, and keeps the name typed', async () => {
    await anAccount('aino');
    const gone = await anAccount('gone');
    await asOwner(() => db()('people').where({ id: gone.id }).update({ suspended_at: new Date() }));

    const answers = [];
    for (const name of ['aino', 'nobody', 'gone']) {
      const response = await aBrowser().signIn(name, 'not the password');
      const $ = page(response);
      expect($('#username').val()).toBe(name);
      expect($('#password').val() ?? '').toBe('');
      answers.push([response.status, $('#username-error').text().trim()]);
    }

    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]?.[0]).toBe(422);
  });

  it('never sends anyone to another site', async () => {
    await anAccount('aino');
    for (const next of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
    ]) {
      const response = await aBrowser().post('/sign-in', { username: 'aino', password: PASSWORD, next });
      expect([next, response.headers.location]).toEqual([next, '/']);
    }
  });

  it('stops guessing after ten tries of one name, also for the right password', async () => {
    await anAccount('aino');
    for (let tries = 0; tries < 10; tries += 1) expect((await aBrowser().signIn('aino', 'guess')).status).toBe(422);
    expect((await aBrowser().signIn('aino')).status).toBe(429);
  });

  it('lets the person in from their own place while somebody guesses elsewhere', async () => {
    await anAccount('aino');
    const { app } = as(undefined);
    app.set('trust proxy', 1);
    const from = (place: string, password: string) =>
      request(app).post('/sign-in').set('X-Forwarded-For', place).type('form').send({ username: 'aino', password });
    for (let tries = 0; tries < 11; tries += 1) await from('192.0.2.1', 'guess');
    expect((await from('192.0.2.1', 'guess')).status).toBe(429);
    expect((await from('192.0.2.2', 'guess')).status).toBe(422);
  });

  it('refuses a form on another site', async () => {
    await anAccount('aino');
    const response = await request(as(undefined).app)
      .post('/sign-in')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ username: 'aino', password: PASSWORD });
    expect(response.status).toBe(403);
  });
});

it('sends a visitor to sign in first, and a signed-out browser back there', async () => {
  await anAccount('aino');
  const browser = aBrowser();
  expect((await browser.get('/account')).headers.location).toBe('/sign-in?next=%2Faccount');
  await browser.signIn('aino');
  expect((await browser.post('/sign-out', {})).status).toBe(303);
  expect((await browser.get('/account')).status).toBe(303);
});

it('changes the password, ends other sessions and keeps this one', async () => {
  await anAccount('aino');
  const [here, elsewhere] = [aBrowser(), aBrowser()];
  await here.signIn('aino');
  await elsewhere.signIn('aino');

  expect((await here.post('/account/password', { current: 'wrong', password: 'uusi pitkä salasana' })).status).toBe(
    422,
  );
  const changed = await here.post('/account/password', { current: PASSWORD, password: 'uusi pitkä salasana' });

  expect(changed.status).toBe(303);
  expect((await here.get('/account')).status).toBe(200);
  expect((await elsewhere.get('/account')).status).toBe(303);
  expect((await aBrowser().signIn('aino', 'uusi pitkä salasana')).status).toBe(303);
});

it('lets no session back in that a new password had ended, also when a slow request saves it again', async () => {
  const person = await anAccount('aino');
  const browser = aBrowser();
  await browser.signIn('aino');
  const sessions = await db().table('sessions').select('sid', 'sess', 'expire');
  await inScope(person, () => giveOneTimePassword(person.id));
  expect((await browser.get('/account')).status).toBe(303);
  expect(await db().table('sessions')).toHaveLength(0);

  for (const { sid, sess, expire } of sessions)
    await db()
      .table('sessions')
      .insert({ sid, sess: JSON.stringify(sess), expire });

  expect((await browser.get('/account')).headers.location).toBe('/sign-in?next=%2Faccount');
});
