import type { Page } from 'playwright-core';
import { lookUp } from '../support/demo-database';
import { axeFaults, sideways } from './support/axe';
import { aNetwork, type Network } from './support/network';
import { openSite, type Site, words } from './support/site';

let site: Site;
let network: Network;
beforeAll(async () => {
  site = await openSite('contact-record');
  network = await aNetwork(site.url);
});
afterAll(async () => {
  network?.close();
  await site?.close();
});
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const faults = async (page: Page) => [...(await axeFaults(page)), ...(await sideways(page))];

async function fillContact(page: Page, referred: string): Promise<void> {
  for (const [field, value] of [
    ...[['form', 'home'] as const, ['minutes', '30'] as const, ['theme', 'devices'] as const],
    ...[['did_self', 'yes'] as const, ['help_level', '1'] as const, ['blocked', 'identification'] as const],
  ])
    await page.locator(`input[name=${field}][value="${value}"]`).check();
  await page.locator('input[name=codes]').check();
  await page.locator('#area_code').selectOption('091');
  await page.getByText(words('visits.contact.more')).click();
  await page.locator('#referred_to').fill(referred);
}
const keep = (page: Page) => page.getByRole('button', { name: words('visits.contact.keep'), exact: true }).click();
const kept = async (referred: string) =>
  (await lookUp(site.database, 'select id from support_contacts where referred_to = ?', [referred])).length;

it('records two contacts on a phone without a network; each arrives once when it is back', async () => {
  const viewport = { width: 360, height: 780 };
  const device = await site.deviceOf('expert', { serviceWorkers: 'allow', baseURL: network.url, viewport });
  const page = await device.newPage();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto('/visits/contacts/new');
  await page.waitForFunction(async () => {
    const pages = await (await caches.open('oppiva-pages')).keys();
    return pages.some(({ url }) => new URL(url).pathname === '/visits/contacts/new');
  });
  expect(await faults(page)).toEqual([]);
  await network.cut(device);
  for (const [index, referred] of ['Kirjaston neuvonta', 'Kelan neuvonta'].entries()) {
    await page.goto('/visits/contacts/new');
    await fillContact(page, referred);
    await keep(page);
    const waiting = words('keeping.waiting', { count: index + 1 }).replace('[count]', String(index + 1));
    await page.locator('.offline-line', { hasText: waiting }).waitFor();
  }
  expect(await kept('Kelan neuvonta')).toBe(0);
  await network.mend(device);
  await page.goto('/visits/contacts');
  for (const referred of ['Kirjaston neuvonta', 'Kelan neuvonta'])
    while ((await kept(referred)) === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  // Nothing waits on the device any more, so the next page sends nothing again.
  await page.goto('/visits/contacts/new');
  expect([await kept('Kirjaston neuvonta'), await kept('Kelan neuvonta')]).toEqual([1, 1]);
  await device.close();
});

it.each([true, false])(
  'with JavaScript %s: a text that tells too much, a shift, and a goal under a code',
  async (javaScriptEnabled) => {
    const viewport = { width: javaScriptEnabled ? 1280 : 360, height: 900 };
    const device = await site.deviceOf('expert', { javaScriptEnabled, viewport });
    const page = await device.newPage();
    await page.goto('/visits/contacts/new');
    const referred = `Neuvonta ${javaScriptEnabled}`;
    await fillContact(page, referred);
    await page.locator('#note').fill('Lääkityksestä oli kysymys');
    await keep(page);
    await page.getByText(words('visits.contact.hits')).waitFor();
    expect(await faults(page)).toEqual([]);
    await keep(page);
    await page.getByText(words('visits.contact.said.kept')).waitFor();
    expect(await kept(referred)).toBe(1);

    await page.goto('/visits/shifts');
    await page
      .getByRole('button', { name: words('visits.shift.join') })
      .first()
      .click();
    await page.getByText(words('visits.shift.said.joined')).waitFor();
    expect(await faults(page)).toEqual([]);

    await page.goto('/visits/follow-ups/new');
    await page.getByRole('button', { name: words('visits.follow.beginAction') }).click();
    await page.locator('.govuk-error-summary').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.locator('#goal').fill('Haluan varata ajan itse');
    await page.locator('#theme').selectOption('e-services');
    await page.getByLabel(words('visits.follow.agreed')).check();
    await page.getByRole('button', { name: words('visits.follow.beginAction') }).click();
    await page.locator('input[name=ability][value=alone]').check();
    await page.getByRole('button', { name: words('visits.follow.keep'), exact: true }).click();
    await page.getByText(words('visits.follow.said.kept')).waitFor();
    expect(await page.locator('ol .tag').textContent()).toBe(words('visits.follow.ability.alone'));
    expect(await faults(page)).toEqual([]);
    await device.close();
  },
);
