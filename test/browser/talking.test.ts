import type { BrowserContext, Page } from 'playwright-core';
import { aMailServer, type MailServer, textOf } from '../support/mail-server';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
let mail: MailServer;
beforeAll(async () => {
  mail = await aMailServer();
  site = await openSite('talking', { MAIL_URL: mail.url });
});
afterAll(async () => {
  await site?.close();
  await mail?.close();
});
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A page of the account at the open talk of the demo's learner with her supervisor. */
async function atTalk(account: string): Promise<Page> {
  const device: BrowserContext = await site.device({ javaScriptEnabled: false });
  await signIn(device, account);
  const page = await device.newPage();
  await page.goto('/talks');
  const link = account === 'learner' ? page.locator('.next-step a') : page.getByRole('link', { name: 'Aino Koski' });
  await link.click();
  return page;
}

/** The account's own choice: mail as things happen, not collected once a day. */
async function choosesMailsAtOnce(account: string): Promise<void> {
  const device: BrowserContext = await site.device({ javaScriptEnabled: false });
  await signIn(device, account);
  const page = await device.newPage();
  await page.goto('/notifications/settings');
  await page.getByLabel(words('notifications.rhythm.at_once'), { exact: true }).check();
  await page.locator('main form[action="/notifications/settings"] button.govuk-button').click();
  expect(await page.textContent('.notice')).toContain(words('notifications.choice.saved'));
  await device.close();
}

it('mails the other when the day changes, from a job of the running server', async () => {
  await choosesMailsAtOnce('supervisor');
  const page = await atTalk('learner');
  await page.getByText(words('talks.day.change')).click();
  await page.fill('#planned_on', new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
  await page.locator('form[action$="/day"] button').click();
  expect(await page.textContent('.notice')).toContain(words('talks.saved.day'));

  const arrived = () => mail.received.filter(({ to }) => to[0]?.startsWith('supervisor@'));
  for (let tries = 0; tries < 150 && arrived().length === 0; tries += 1) await new Promise((go) => setTimeout(go, 200));
  expect(arrived().map(textOf).join('\n')).toMatch(/\/talks\/[0-9a-f-]{36}/);
}, 60_000);

it('brings two from their own notes to what both confirm, and forgets the notes', async () => {
  const [aino, helena] = [await atTalk('learner'), await atTalk('supervisor')];
  await aino.fill('#learn', 'MERKKI: kartat');
  await press(aino, words('talks.preparation.save'));
  await helena.reload();
  expect(await helena.textContent('main')).toContain('MERKKI: kartat');

  await helena.locator('#add-goal summary').click();
  await helena.fill('#words', 'Osaan näyttää kartan asiakkaalle');
  await press(helena, words('talks.goal.add'));

  // Both write at once: nobody's words are lost.
  await aino.reload();
  await aino.fill('#agreement', 'Harjoittelen perjantaisin.');
  await helena.fill('#agreement', 'Katsotaan yhdessä keväällä.');
  await press(aino, words('talks.agreement.save'));
  await press(helena, words('talks.agreement.save'));
  expect(await helena.textContent('main')).toContain('Harjoittelen perjantaisin.');
  expect(await helena.inputValue('#agreement')).toBe('Katsotaan yhdessä keväällä.');
  await helena.fill('#agreement', 'Harjoittelen perjantaisin. Katsotaan yhdessä keväällä.');
  await press(helena, words('talks.agreement.save'));

  await press(helena, words('talks.confirm.yes'));
  await aino.reload();
  await press(aino, words('talks.confirm.last'));
  for (const page of [aino, helena]) {
    await page.reload();
    const shown = await page.textContent('main');
    expect(shown).toContain('Katsotaan yhdessä keväällä.');
    expect(shown).not.toContain('MERKKI: kartat');
    expect(shown).toContain('Osaan näyttää kartan asiakkaalle');
  }
}, 120_000);
