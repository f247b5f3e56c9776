import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { generate } from 'otplib';
import { mailCode } from '../../src/features/accounts/codes.service';
import { givePhone } from '../../src/features/accounts/ways.service';
import { db } from '../../src/lib/db';
import { useSmsGateway } from '../../src/lib/sms';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';
import { PASSWORD, signedInBrowser, withMail, withPassword } from '../support/factories-sign-in';
import { queuedJobs, runJobs } from '../support/jobs';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';
import { aBrowser } from '../support/real-browser';

let mails: MailServer;
beforeEach(async () => {
  mails = await aMailServer();
});
afterEach(() => mails.close());

const lastCode = () => (textOf(mails.received.at(-1) as never).match(/\d{3} \d{3}/)?.[0] ?? '').replace(' ', '');
const ask = async (browser: ReturnType<typeof aBrowser>, username = 'aino') => {
  const answer = await browser.post('/sign-in/code', { username, to: 'mail' });
  await runJobs();
  return answer;
};

async function withMailCodes() {
  const aino = await aPerson({ username: 'aino', email: 'aino@example.org' });
  await withMail(aino);
  await runJobs();
  mails.received.length = 0;
  return aino;
}

describe('a code by mail', () => {
  it('comes through a mail server, opens the door of the browser that asked, and once', async () => {
    await withMailCodes();
    const [browser, thief] = [aBrowser(), aBrowser()];
    expect((await ask(browser)).headers.location).toBe('/sign-in/code/mail?next=');
    expect(mails.received.map(({ to }) => to)).toEqual([['aino@example.org']]);
    const code = lastCode();
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(await asOwner(() => db()('sign_in_challenges' as never)))).not.toContain(code);

    expect((await thief.post('/sign-in/code/mail', { code })).status).toBe(422);
    expect((await browser.post('/sign-in/code/mail', { code: '12' })).status).toBe(422);
    const opened = await browser.post('/sign-in/code/mail', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
      next: '/skills',
    });
    expect(opened.headers.location).toBe('/skills');
    expect((await browser.get('/skills')).status).toBe(200);
    const again = await browser.post('/sign-in/code/mail', { code });
    expect(page(again)('#code-error').text()).toMatch(/voimassa|good no more/);
  });

  it('is good for five tries and ten minutes', async () => {
    await withMailCodes();
    const browser = aBrowser();
    await ask(browser);
    const wrong = lastCode() === '000000' ? '111111' : '000000';
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.post('/sign-in/code/mail', { code: wrong })).status).toBe(422);
    expect((await browser.post('/sign-in/code/mail', { code: lastCode() })).status).toBe(422);

    await ask(browser);
    await asOwner(() => db().raw("update sign_in_challenges set expires_at = now() - interval '1 second'"));
    expect((await browser.post('/sign-in/code/mail', { code: lastCode() })).status).toBe(422);
  });

  it('looks the same for one who has no such way and for nobody, and sends them nothing', async () => {
    await withMailCodes();
    await aPerson({ username: 'pekka', email: 'pekka@example.org' });
    const looks = [];
    for (const name of ['aino', 'pekka', 'nobody']) {
      const browser = aBrowser();
      const answer = await ask(browser, name);
      const shown = await browser.get('/sign-in/code/mail');
      const wrong = await browser.post('/sign-in/code/mail', { code: '000001' });
      const cookie = String(answer.headers['set-cookie']).replace(/=[^;]+/g, '');
      looks.push([answer.status, answer.headers.location, cookie, shown.text, wrong.status, wrong.text].join());
    }
    expect(new Set(looks).size).toBe(1);
    expect(mails.received).toHaveLength(1);
  });

  it('is sent to one name five times in a quarter of an hour', async () => {
    await withMailCodes();
    for (let times = 0; times < 5; times += 1) expect((await ask(aBrowser())).status).toBe(303);
    expect((await ask(aBrowser())).status).toBe(429);
  });
});

describe('a code by phone', () => {
  interface Posted {
    to: string;
    text: string;
    authorization: string | undefined;
  }
  let posted: Posted[];
  let gateway: http.Server;
  /** What the gateway answers, one after the other; 200 after that. */
  let answers: number[];
  let address: string;
  beforeEach(async () => {
    [posted, answers] = [[], []];
    gateway = http.createServer((req, res) => {
      let body = '';
      req.on('data', (part) => (body += part));
      req.on('end', () => {
        posted.push({ ...JSON.parse(body), authorization: req.headers.authorization });
        res.writeHead(answers.shift() ?? 200, { Location: '/elsewhere' }).end('no such number +358401234567');
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    address = `http://user:word@127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
    useSmsGateway(address);
  });
  afterEach(async () => {
    useSmsGateway(undefined);
    gateway.closeAllConnections();
    await new Promise((resolve) => gateway.close(resolve));
  });

  const codeOf = (message: Posted | undefined) => message?.text.match(/\d{3} \d{3}/)?.[0] ?? '';
  const another = (code: string) => (code === '000 000' ? '111111' : '000000');
  const phonesOf = async () =>
    (await asOwner(() => db()('sign_in_ways').where({ kind: 'phone' }))).map(({ details }) => details.phone);
  async function withPhone() {
    const aino = await aPerson({ username: 'aino' });
    await inScope(aino, () => givePhone(aino, aino.id, '+358401234567'));
    await runJobs();
    return aino;
  }

  it('goes through the gateway of the setting, and is offered only with one', async () => {
    const aino = await withPhone();
    useSmsGateway(undefined);
    expect(page(await aBrowser().get('/sign-in/code'))('input[name=to]')).toHaveLength(0);
    for (const path of ['/account/ways/phone', '/account/ways/phone/code'])
      expect((await as(aino).get(path)).status).toBe(404);

    useSmsGateway(address);
    const browser = aBrowser();
    await browser.post('/sign-in/code', { username: 'aino', to: 'phone' });
    await runJobs();
    expect(posted).toEqual([
      { to: '+358401234567', text: expect.stringMatching(/\d{3} \d{3}/), authorization: `Basic ${btoa('user:word')}` },
    ]);
    expect((await browser.post('/sign-in/code/phone', { code: codeOf(posted[0]) })).headers.location).toBe('/');
  });

  it.each([500, 429, 302])('is sent anew when the gateway answered %s, and the last one counts', async (fault) => {
    await withPhone();
    answers = [fault];
    const browser = aBrowser();
    await browser.post('/sign-in/code', { username: 'aino', to: 'phone' });
    const [job] = await queuedJobs();
    // What is written down of a fault names nobody.
    const silent = { message: expect.not.stringContaining('358401234567') };
    await expect(mailCode(job?.payload as never)).rejects.toMatchObject(silent);
    expect(posted.map(({ to }) => to)).toEqual(['+358401234567']);

    await runJobs();
    expect(posted).toHaveLength(2);
    const [first, last] = posted.map(codeOf);
    if (first !== last) expect((await browser.post('/sign-in/code/phone', { code: first })).status).toBe(422);
    expect((await browser.post('/sign-in/code/phone', { code: last })).status).toBe(303);
  });

  it('is not sent once its time is over, however often the job is tried, nor to somebody suspended', async () => {
    const aino = await withPhone();
    await aBrowser().post('/sign-in/code', { username: 'aino', to: 'phone' });
    const [job] = await queuedJobs();
    await asOwner(() => db()('people').where({ id: aino.id }).update({ suspended_at: new Date() }));
    await mailCode(job?.payload as never);
    await asOwner(() => db()('people').where({ id: aino.id }).update({ suspended_at: null }));
    await asOwner(() => db().raw("update sign_in_challenges set expires_at = now() - interval '1 second'"));
    await runJobs();
    expect(posted).toEqual([]);
  });

  it('comes to a number only after its owner typed a code that was sent to it', async () => {
    const browser = await signedInBrowser(await withPassword({ username: 'aino' }));
    const give = (phone: string) => browser.post('/account/ways/phone', { phone });
    const take = (code: string) => browser.post('/account/ways/phone/code', { code });
    expect((await give('soita minulle')).status).toBe(422);
    expect((await take('123456')).status).toBe(422);
    expect((await browser.get('/account/ways/phone/code')).headers.location).toBe('/account/ways/phone');

    expect((await give('040 123 4567')).headers.location).toBe('/account/ways/phone/code');
    await runJobs();
    expect(posted.map(({ to }) => to)).toEqual(['+358401234567']);
    expect(await phonesOf()).toEqual([]);
    const code = codeOf(posted[0]);
    expect(page(await browser.get('/account/ways/phone/code'))('main').text()).toContain('+358401234567');
    const wrong = await take(another(code));
    expect([wrong.status, page(wrong)('main').text().includes('+358401234567')]).toEqual([422, true]);
    // The same code opens nothing by itself.
    expect((await aBrowser().post('/sign-in/code/phone', { code })).status).toBe(422);
    expect((await take(code)).headers.location).toBe('/account/ways?saved=phone');
    expect(await phonesOf()).toEqual(['+358401234567']);
    expect((await take(code)).status).toBe(422);
  });

  it('keeps the number that was until the new one is shown to be theirs', async () => {
    const aino = await withPassword({ username: 'aino' });
    await inScope(aino, () => givePhone(aino, aino.id, '+358401234567'));
    const browser = await signedInBrowser(aino);
    await browser.post('/account/ways/phone', { phone: '+46701234567' });
    await runJobs();
    const code = codeOf(posted[0]);
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.post('/account/ways/phone/code', { code: another(code) })).status).toBe(422);
    expect((await browser.post('/account/ways/phone/code', { code })).status).toBe(422);
    expect(await phonesOf()).toEqual(['+358401234567']);
  });

  it('is set by an administrator with the person beside them, for that person only', async () => {
    const organisation = await anOrganisation();
    const admin = await withPassword({ organisation, username: 'paivi', roles: ['administrator'] });
    const [aino, pekka] = [await aPerson({ organisation, name: 'Aino' }), await aPerson({ organisation })];
    const browser = await signedInBrowser(admin);
    const at = ({ id }: { id: string }) => `/sign-in-help/people/${id}/phone`;
    expect((await browser.post(at(aino), { phone: '0401234567' })).headers.location).toBe(`${at(aino)}/code`);
    await runJobs();
    expect(page(await browser.get(`${at(aino)}/code`))('main').text()).toContain('Aino');
    const code = codeOf(posted[0]);
    expect((await browser.post(`${at(pekka)}/code`, { code })).status).toBe(422);
    expect((await browser.post('/account/ways/phone/code', { code })).status).toBe(422);
    expect(await phonesOf()).toEqual([]);
    expect((await browser.post(`${at(aino)}/code`, { code })).status).toBe(303);
    const [way] = await asOwner(() => db()('sign_in_ways').where({ kind: 'phone' }));
    expect(way).toMatchObject({ person_id: aino.id, made_by: admin.id });
  });

  it('fills nobody’s phone: three messages an hour to a number that is not in use', async () => {
    const browser = await signedInBrowser(await withPassword({ username: 'aino' }));
    const other = await signedInBrowser(await withPassword({ username: 'pekka' }));
    const give = (by: typeof browser) => by.post('/account/ways/phone', { phone: '0401234567' });
    const statuses = [await give(browser), await give(browser), await give(other), await give(other)];
    expect(statuses.map(({ status }) => status)).toEqual([303, 303, 303, 429]);
  });
});

describe('a second factor', () => {
  const keyOf = (html: { text: string }) => page(html)('.as-typed').first().text().replaceAll(' ', '');
  const at = (epoch: number, secret: string) => generate({ secret, epoch });
  const soon = () => Math.floor(Date.now() / 1000);

  /** Takes an app into use in this browser. Returns its key and the codes on paper. */
  async function takeApp(browser: ReturnType<typeof aBrowser>) {
    const form = await browser.get('/account/ways/app');
    const [secret, sealed] = [keyOf(form), page(form)('[name=sealed]').val()];
    expect((await browser.post('/account/ways/app', { sealed, code: '000000' })).status).toBe(422);
    const taken = await browser.post('/account/ways/app', { sealed, code: await at(soon() - 30, secret) });
    expect(taken.status).toBe(201);
    const paper = page(taken)('.paper-codes li')
      .toArray()
      .map((one) => page(taken)(one).text());
    return { secret, paper };
  }

  async function anAdministratorOfTwo() {
    const { organisation, admin } = await anAdministrator();
    await as(admin).post('/sign-in-help/rules', { second: 'yes' });
    const paivi = await withPassword({ organisation, username: 'paivi', roles: ['administrator'] });
    return { organisation, paivi };
  }

  it('is asked of those who see others, when the organisation asks: the app’s code once, then one on paper once', async () => {
    const { paivi } = await anAdministratorOfTwo();
    const first = await signedInBrowser(paivi);
    expect((await first.get('/organisation/people')).status).toBe(403);
    const { secret, paper } = await takeApp(first);
    expect((await first.get('/organisation/people')).status).toBe(200);
    expect(paper).toHaveLength(10);
    const stored = JSON.stringify(await asOwner(() => db()('sign_in_ways').select('secret', 'details')));
    expect(stored).not.toContain(secret);
    expect(stored.toLowerCase()).not.toContain((paper[0] as string).toLowerCase());

    const browser = await signedInBrowser(paivi);
    const code = await at(soon(), secret);
    const next = '/organisation/people';
    expect((await browser.get(next)).status).toBe(403);
    expect((await browser.post('/sign-in/stronger/second', { code, next })).headers.location).toBe(next);
    expect((await browser.get(next)).status).toBe(200);

    const replay = await signedInBrowser(paivi);
    expect((await replay.post('/sign-in/stronger/second', { code, next })).status).toBe(422);
    expect((await replay.post('/sign-in/stronger/second', { code: paper[3], next })).headers.location).toBe(next);
    const again = await signedInBrowser(paivi);
    expect((await again.post('/sign-in/stronger/second', { code: paper[3], next })).status).toBe(422);
  });

  it('is replaced by nobody who knows the password only', async () => {
    const { paivi } = await anAdministratorOfTwo();
    await takeApp(await signedInBrowser(paivi));
    const thief = await signedInBrowser(paivi);
    const asked = '/sign-in/stronger?why=again&next=';
    expect((await thief.get('/account/ways/app')).headers.location).toBe(`${asked}%2Faccount%2Fways%2Fapp`);
    expect((await thief.post('/account/ways/app/codes')).headers.location).toBe(`${asked}%2Faccount%2Fways`);
    const app = await asOwner(() => db()('sign_in_ways').first());
    expect((await thief.post(`/account/ways/${app?.id}/removal`)).headers.location).toBe(`${asked}%2Faccount%2Fways`);
    expect((await thief.post('/account/passkeys/options').set('Content-Type', 'application/json')).body).toEqual({
      to: '/sign-in/stronger?why=again&next=%2Faccount%2Fways',
    });
    expect(await asOwner(() => db()('sign_in_ways'))).toHaveLength(1);
  });

  it('may be a code by mail, and opens nothing without the password', async () => {
    const { paivi } = await anAdministratorOfTwo();
    await asOwner(() => db()('people').where({ id: paivi.id }).update({ email: 'paivi@example.org' }));
    await withMail(paivi);
    await runJobs();
    const browser = await signedInBrowser(paivi);
    expect((await browser.post('/sign-in/stronger/mail', { next: '/organisation' })).status).toBe(303);
    await runJobs();
    const opened = await browser.post('/sign-in/stronger/second', { code: lastCode(), next: '/organisation' });
    expect(opened.headers.location).toBe('/organisation');
    expect((await browser.get('/organisation')).status).toBe(200);

    const light = aBrowser();
    await light.post('/sign-in/code', { username: 'paivi', to: 'mail' });
    await runJobs();
    await light.post('/sign-in/code/mail', { code: lastCode() });
    await light.post('/sign-in/stronger/mail', {});
    await runJobs();
    expect((await light.post('/sign-in/stronger/second', { code: lastCode() })).status).toBe(422);
    expect((await light.get('/organisation')).status).toBe(403);
    expect(PASSWORD.length).toBeGreaterThan(10);
  });

  it('asks nothing more of those who see only their own', async () => {
    const { organisation } = await anAdministratorOfTwo();
    const browser = await signedInBrowser(await withPassword({ organisation, username: 'aino' }));
    expect((await browser.get('/skills')).status).toBe(200);
    expect((await browser.get('/skills')).text).not.toContain('class="lowered');
  });
});
