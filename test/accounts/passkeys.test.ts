import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { aPasskey, type Lies } from '../support/a-passkey';
import { asOwner } from '../support/factories';
import { signedInBrowser, withPassword } from '../support/factories-sign-in';
import { aBrowser } from '../support/real-browser';

const HOST = 'oppiva.test';
type Browser = ReturnType<typeof aBrowser>;
type Passkey = ReturnType<typeof aPasskey>;

const asked = async (browser: Browser, path: string) => (await browser.json(`${path}/options`, {}, HOST)).body;
const keep = (browser: Browser, answer: object) => browser.json('/account/passkeys', answer, HOST);
const show = (browser: Browser, answer: object) => browser.json('/sign-in/passkey', answer, HOST);

/** Comes in by the passkey in a browser of its own. Returns the answer's status and whose page opens. */
async function comeIn(passkey: Passkey, lies?: Lies) {
  const browser = aBrowser();
  const answer = await show(browser, passkey.shown(await asked(browser, '/sign-in/passkey'), lies));
  return { status: answer.status, opens: (await browser.get('/account')).status === 200, browser };
}

async function withPasskey(username: string): Promise<{ person: Actor; passkey: Passkey; home: Browser }> {
  const person = await withPassword({ username });
  const home = await signedInBrowser(person);
  const passkey = aPasskey(HOST);
  const kept = await keep(home, passkey.made(await asked(home, '/account/passkeys')));
  expect(kept.body).toEqual({ to: '/account/ways?saved=passkey' });
  return { person, passkey, home };
}

const passkeysOf = ({ id }: Actor) => asOwner(() => db()('sign_in_ways').where({ person_id: id, kind: 'passkey' }));

it('opens its person’s account', async () => {
  const { person, passkey } = await withPasskey('aino');
  const { status, browser } = await comeIn(passkey, { user: person });
  expect(status).toBe(200);
  expect((await browser.get('/account')).text).toContain('aino');
});

describe('opens nothing', () => {
  it.each<[string, Lies]>([
    ['for a page of another origin', { origin: 'http://oppiva.test.evil.example' }],
    ['for another port of the same host', { origin: 'http://oppiva.test:8080' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['made for a part of the name', { rpId: 'test' }],
    ['for a challenge of somebody’s own', { challenge: Buffer.from('mine, not yours').toString('base64url') }],
    ['for the answer to another kind of question', { type: 'webauthn.create' }],
    ['when the device did not ask who holds it', { isKnown: false }],
    ['when it has signed as often before: a copy of the key', { counter: 7 }],
    ['when its counter goes back', { counter: 3 }],
    ['when its counter is none any more', { counter: 0 }],
  ])('%s', async (_, lies) => {
    const { passkey } = await withPasskey('aino');
    expect((await comeIn(passkey, { counter: 7 })).opens).toBe(true);
    expect(await comeIn(passkey, lies)).toMatchObject({ status: 422, opens: false });
    // The true key goes on to work: a lie locks nobody out.
    expect((await comeIn(passkey, { counter: 8 })).opens).toBe(true);
  });

  it('as another person’s: by their key’s name, or under their name', async () => {
    const [aino, pekka] = [await withPasskey('aino'), await withPasskey('pekka')];
    expect(await comeIn(pekka.passkey, { id: aino.passkey.id })).toMatchObject({ status: 422, opens: false });
    expect(await comeIn(pekka.passkey, { user: aino.person })).toMatchObject({ status: 422, opens: false });
    expect(await comeIn(aPasskey(HOST))).toMatchObject({ status: 422, opens: false });
  });

  it('twice by one answer, in another browser, or after five minutes', async () => {
    const { passkey } = await withPasskey('aino');
    const [browser, thief] = [aBrowser(), aBrowser()];
    const answer = passkey.shown(await asked(browser, '/sign-in/passkey'));
    expect((await show(thief, answer)).status).toBe(422);
    expect((await show(browser, answer)).status).toBe(200);
    await browser.post('/sign-out');
    expect((await show(browser, answer)).status).toBe(422);
    // Nor as the answer to a new question.
    await asked(thief, '/sign-in/passkey');
    expect((await show(thief, answer)).status).toBe(422);

    const late = passkey.shown(await asked(browser, '/sign-in/passkey'));
    await asOwner(() => db().raw("update sign_in_challenges set expires_at = now() - interval '1 second'"));
    expect((await show(browser, late)).status).toBe(422);
  });

  it('once it is taken away, and ends what it opened', async () => {
    const { person, passkey, home } = await withPasskey('aino');
    const { browser } = await comeIn(passkey);
    const [way] = await passkeysOf(person);
    const fresh = await comeIn(passkey);
    expect((await fresh.browser.post(`/account/ways/${way?.id}/removal`)).status).toBe(303);
    expect((await browser.get('/account')).headers.location).toMatch(/^\/sign-in\?/);
    expect((await comeIn(passkey)).status).toBe(422);
    expect((await home.get('/account')).status).toBe(200);
  });

  it.each([
    {},
    { response: {} },
    { response: 'x' },
    { response: { id: 'x', rawId: 'x', type: 'password', response: {} } },
  ])('for what is no answer at all: %j', async (nonsense) => {
    const browser = aBrowser();
    await asked(browser, '/sign-in/passkey');
    expect((await show(browser, nonsense)).status).toBe(422);
  });
});

describe('is not kept', () => {
  it.each<[string, Lies]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['for another challenge', { challenge: Buffer.from('another').toString('base64url') }],
    ['when the device did not ask who holds it', { isKnown: false }],
  ])('%s', async (_, lies) => {
    const aino = await withPassword({ username: 'aino' });
    const home = await signedInBrowser(aino);
    const answer = aPasskey(HOST).made(await asked(home, '/account/passkeys'), lies);
    expect((await keep(home, answer)).status).toBe(422);
    expect(await passkeysOf(aino)).toEqual([]);
  });

  it('by another than who was asked, nor twice, nor when it is somebody’s already', async () => {
    const { person: aino, passkey } = await withPasskey('aino');
    const pekka = await withPassword({ username: 'pekka' });
    const [home, other] = [await signedInBrowser(aino), await signedInBrowser(pekka)];
    const answer = aPasskey(HOST).made(await asked(home, '/account/passkeys'));
    expect((await keep(other, answer)).status).toBe(422);
    expect((await keep(home, answer)).status).toBe(200);
    expect((await keep(home, answer)).status).toBe(422);
    const again = passkey.made(await asked(other, '/account/passkeys'));
    expect((await keep(other, again)).status).toBe(422);
    expect([(await passkeysOf(aino)).length, (await passkeysOf(pekka)).length]).toEqual([2, 0]);
  });
});
