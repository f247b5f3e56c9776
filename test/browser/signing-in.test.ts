import type { Page } from 'playwright-core';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts';
import { DEMO_PICTURES } from '../../src/demo/ways';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';
import { axeFaults, sideways } from './support/axe';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
let mails: MailServer;
beforeAll(async () => {
  mails = await aMailServer();
  site = await openSite('signing-in', { MAIL_URL: mails.url });
});
afterAll(async () => {
  await site?.close();
  await mails?.close();
});
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

/** Of states that no address shows by itself; the addresses are looked at in pages.test. */
const looksRight = async (page: Page) => expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);

it('comes in by pictures with the keyboard and no scripts; wrong ones are told kindly', async () => {
  const device = await site.device({ javaScriptEnabled: false, viewport: { width: 360, height: 760 } });
  const page = await device.newPage();
  const keyboard = new Keyboard(page);
  await page.goto('/sign-in?next=%2Fskills');
  await keyboard.press(words('ways.door.picture'));
  await keyboard.press(words('ways.pictures.go'));
  expect(await page.locator('.govuk-error-summary a').count()).toBe(1);
  await keyboard.fill(words('accounts.username.label'), 'learner');
  await keyboard.press(words('ways.pictures.go'));
  for (const picture of ['sun', 'sun', 'sun', 'sun']) await keyboard.press(words(`ways.picture.${picture}`));
  expect(await page.textContent('.govuk-error-summary')).toContain(words('ways.pictures.wrong'));
  for (const [index, picture] of DEMO_PICTURES.entries()) {
    expect(await page.textContent('h1')).toBe(words('ways.pictures.now', { number: index + 1, total: 4 }));
    await keyboard.press(words(`ways.picture.${picture}`));
  }
  expect(new URL(page.url()).pathname).toBe('/');
  await page.goto('/account/ways');
  expect(await page.textContent('main')).toContain(words('ways.own.by'));
  await device.close();
});

/** A browser whose device keeps passkeys, as a phone does. */
async function aDeviceWithPasskeys(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

it('takes a passkey, and comes in by it as what one is; a question to a passkey is answered once', async () => {
  const device = await site.device();
  await signIn(device, 'supervisor');
  const page = await device.newPage();
  await aDeviceWithPasskeys(page);
  await page.goto('/account/ways');
  await page.fill('#passkey-name', 'Oma puhelin');
  await page.click('[data-new-passkey] button');
  await page.waitForURL(/saved=passkey/);
  expect(await page.textContent('main')).toContain('Oma puhelin');
  await looksRight(page);
  await page.locator('form[action="/sign-out"] button').first().click();
  await page.waitForURL(/\/sign-in/);

  const sent: { body: string; cookie: string }[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/sign-in/passkey')) return;
    void request.allHeaders().then(({ cookie = '' }) => sent.push({ body: request.postData() ?? '', cookie }));
  });
  await page.goto('/sign-in?next=%2Fteam');
  // A virtual device answers the field's own offer at once; else the button asks.
  await page.waitForURL(/\/team/, { timeout: 4000 }).catch(async () => {
    await page.click('[data-passkey] button');
    await page.waitForURL(/\/team/);
  });
  expect(await page.locator('.lowered').count()).toBe(0);
  expect(sent.length).toBeGreaterThan(0);
  const [first] = sent;
  const replay = await (await site.device()).request.post('/sign-in/passkey', {
    data: JSON.parse(first?.body ?? '{}'),
    headers: { Cookie: first?.cookie ?? '' },
  });
  expect(replay.status()).toBe(422);
  await device.close();
});

it('acts as a learner by a code from the mail, and goes on where it was by the password', async () => {
  const device = await site.device({ viewport: { width: 360, height: 740 } });
  const page = await device.newPage();
  await page.goto('/sign-in/code');
  await page.fill('#username', 'expert');
  await page.locator('main button.govuk-button').click();
  await page.waitForURL(/\/code\/mail/);
  await looksRight(page);
  const started = Date.now();
  while (mails.received.length === 0 && Date.now() - started < 15_000) await page.waitForTimeout(100);
  const code = textOf(mails.received.at(-1) as never).match(/\d{3} \d{3}/)?.[0] ?? '';
  await page.fill('#code', '111 111');
  await page.locator('main button.govuk-button').click();
  expect(await page.textContent('.govuk-error-summary')).toContain(words('ways.code.wrong'));
  await looksRight(page);
  await page.fill('#code', code);
  await page.locator('main button.govuk-button').click();
  expect(new URL(page.url()).pathname).toBe('/');
  const refused = await page.goto('/write');
  expect(refused?.status()).toBe(403);
  await looksRight(page);
  await page.locator('main .message a.govuk-button').click();
  await page.fill('#password', 'arvaus');
  await page.locator('main button.govuk-button').click();
  expect(await page.locator('.govuk-error-summary a').count()).toBe(1);
  await looksRight(page);
  await page.fill('#password', DEMO_ACCOUNTS.password);
  await page.locator('main button.govuk-button').click();
  await page.waitForURL(/\/write/);
  await device.close();
});

it('prints a card that opens lessons on a phone, and marks a browser that several people use', async () => {
  const office = await site.device();
  await signIn(office, 'admin');
  const desk = await office.newPage();
  await desk.goto('/organisation/people?q=Timo');
  await desk
    .locator('main table a[href^="/organisation/people/"], main .people a[href^="/organisation/people/"]')
    .first()
    .click();
  await desk.click(`text=${words('ways.help.link')}`);
  await desk.click('form[action$="/card"] button');
  await desk.waitForSelector('.code-card svg');
  await looksRight(desk);
  const code = (await desk.textContent('.code-card .as-typed')) ?? '';

  const phone = await site.device({ viewport: { width: 360, height: 740 } });
  const hand = await phone.newPage();
  await hand.goto(`/sign-in/card?code=${code}`);
  expect(hand.url()).not.toContain(code.toLowerCase());
  await hand.locator('main button.govuk-button').click();
  await hand.waitForURL(/\/learn/);
  await hand.goto('/skills');
  expect(new URL(hand.url()).pathname).toBe('/sign-in/stronger');

  await desk.goto('/sign-in-help/devices');
  await desk.fill('#name', 'Kahvilan tabletti');
  await desk.locator('input[name=team]').first().check();
  await desk.locator('main form[action="/sign-in-help/devices"] button').click();
  await desk.waitForURL(/saved=trusted/);
  await looksRight(desk);
  await desk.locator('form[action="/sign-out"] button').first().click();
  await desk.waitForURL(/\/sign-in/);
  await looksRight(desk);
  await Promise.all([office.close(), phone.close()]);
});

it('looks right while pictures are pressed, and when they were wrong', async () => {
  const device = await site.device({ viewport: { width: 320, height: 700 } });
  const page = await device.newPage();
  await page.goto('/sign-in/pictures');
  await page.fill('#username', 'nobody.at.all');
  await page.locator('main button.govuk-button').click();
  await page.waitForSelector('.picture-grid');
  await looksRight(page);
  for (let pressed = 0; pressed < 4; pressed += 1) await page.locator('.picture').nth(pressed).click();
  await page.waitForSelector('.govuk-error-summary');
  await looksRight(page);
  await device.close();
});

it('practises each step without consequence', async () => {
  const device = await site.device({ viewport: { width: 360, height: 740 } });
  const page = await device.newPage();
  await page.goto('/sign-in/practice/picture');
  for (const picture of DEMO_PICTURES) await page.click(`button[value="${picture}"]`);
  expect(await page.textContent('.notice')).toContain(words('ways.practice.right'));
  await looksRight(page);
  await page.goto('/sign-in/practice/code');
  await page.fill('#code', '999999');
  await page.locator('main button.govuk-button').click();
  expect(await page.textContent('main')).toContain(words('ways.practice.again'));
  await looksRight(page);
  await device.close();
});
