import fs from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('badges');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const forward = 'main button.govuk-button:not(.govuk-button--secondary)';

async function signedIn(username: string, options: object): Promise<BrowserContext> {
  const device = await site.device(options);
  await signIn(device, username);
  return device;
}

it.each([true, false])(
  'takes a badge from its making to the page that checks it: JavaScript %s',
  async (javaScriptEnabled) => {
    const office = await signedIn('admin', { javaScriptEnabled });
    const admin = await office.newPage();
    const name = `Rauhallinen neuvoja ${javaScriptEnabled ? 1 : 2}`;
    await admin.goto('/organisation/badges/new');
    await admin.fill('#name_fi', name);
    await admin.click(forward);
    expect(await admin.locator('.govuk-error-summary li').count()).toBe(2);
    expect(await axeFaults(admin)).toEqual([]);
    await admin.fill('#criteria_fi', 'Ohjaat niin, että toinen tekee itse.');
    await admin.fill('#words_fi', 'Kaksi ihmistä pöydän ääressä');
    await admin.click(forward);
    await admin.fill('#person', 'admin');
    await admin.fill('#reason', 'Annan tämän itselleni');
    await admin.click(forward);
    expect(await admin.textContent('.govuk-error-summary')).toContain(words('credentials.give.person.self'));
    expect(await axeFaults(admin)).toEqual([]);
    await admin.fill('#person', 'learner');
    await admin.click(forward);
    expect(await admin.textContent('.notice')).toContain(words('credentials.managed.saved.given'));

    const home = await signedIn('learner', { javaScriptEnabled, viewport: { width: 360, height: 800 } });
    const page = await home.newPage();
    await page.goto('/credentials');
    await page.getByRole('link', { name, exact: true }).click();
    await page.fill('#shown_name', '');
    await page.click(forward);
    expect(await page.textContent('.govuk-error-summary')).toContain(words('credentials.name.missing'));
    expect(await axeFaults(page)).toEqual([]);
    expect(await sideways(page)).toEqual([]);
    await page.fill('#shown_name', 'Aino K.');
    await page.click(forward);
    expect(await page.textContent('.notice')).toContain(words('credentials.saved.accepted'));
    expect(await axeFaults(page)).toEqual([]);
    const code = (await page.textContent('.paper .code')) ?? '';
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: words('credentials.files.json') }).click(),
    ]);
    expect(JSON.parse(fs.readFileSync(await file.path(), 'utf8'))).toMatchObject({
      name,
      proof: { cryptosuite: 'eddsa-rdfc-2022' },
    });

    for (const locale of ['fi-FI', 'sv-FI', 'en-GB']) {
      const somebody = await site.device({ javaScriptEnabled, locale });
      const check = await somebody.newPage();
      await check.goto('/check');
      await check.fill('#code', 'ei koodi');
      await check.click(forward);
      expect(await axeFaults(check)).toEqual([]);
      await check.fill('#code', code.toLowerCase());
      await check.click(forward);
      expect(await check.textContent('main')).toContain('Aino K.');
      expect(await axeFaults(check)).toEqual([]);
      expect((await check.goto('/check/7K3D9XWM4T2BQH8N'))?.status()).toBe(404);
      expect(await axeFaults(check)).toEqual([]);
      await somebody.close();
    }
    await page.getByRole('button', { name: words('credentials.share.hide') }).click();
    expect((await page.request.get(`/check/${code}`)).status()).toBe(404);
    await Promise.all([office.close(), home.close()]);
  },
);

it.each([true, false])('takes hours from telling to a checked line: JavaScript %s', async (javaScriptEnabled) => {
  const home = await signedIn('learner', { javaScriptEnabled, viewport: { width: 360, height: 800 } });
  const page = await home.newPage();
  const topic = `Verkkopankki ${javaScriptEnabled ? 1 : 2}`;
  await page.goto('/hours');
  await page.getByLabel(words('ledger.kind.visit')).check();
  await page.fill('#minutes', '90');
  await page.fill('#topic', topic);
  await page.fill('#note', 'Hän on 131052-308T');
  await page.click(forward);
  expect(await page.textContent('.govuk-error-summary')).toContain(words('ledger.identity'));
  expect(await axeFaults(page)).toEqual([]);
  expect(await sideways(page)).toEqual([]);
  await page.fill('#note', '');
  await page.click(forward);
  expect(await page.textContent('.notice')).toContain(words('ledger.saved.told'));

  const office = await signedIn('supervisor', { javaScriptEnabled });
  const check = await office.newPage();
  await check.goto('/hours/check');
  const card = check.locator('article', { hasText: topic });
  await card.locator('summary').click();
  await card.locator('input[name=minutes]').fill('9999');
  await card.getByRole('button').click();
  expect(await axeFaults(check)).toEqual([]);
  await check.locator('article', { hasText: topic }).locator('input[name=minutes]').fill('60');
  await check.locator('article', { hasText: topic }).getByRole('button').click();
  expect(await check.textContent('.notice')).toContain(words('ledger.saved.checked'));

  await page.reload();
  expect(await page.textContent('main')).toContain(
    words('ledger.correctedBy', { name: 'Helena Rantala', kind: words('ledger.kind.visit'), minutes: 60 }),
  );
  await Promise.all([home.close(), office.close()]);
});
