import type { Page } from 'playwright-core';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('recording');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const RECORD = '/write/media/record?kind=video';
const state = (page: Page) => page.locator('.recorder__state [role=status]');
const press = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
};

it('records a video by keyboard, keeps it through a lost connection and a closed page, and writes what is said in it', async () => {
  const device = await site.deviceOf('expert');
  let page = await device.newPage();
  await page.goto(RECORD);
  expect(await axeFaults(page)).toEqual([]);
  await press(page, words('media.record.start'));
  await state(page)
    .filter({ hasText: words('media.record.state.on') })
    .waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(words('media.record.stop'));
  expect(await axeFaults(page)).toEqual([]);
  await page.locator('[data-time]').filter({ hasText: '0:02' }).waitFor();
  await press(page, words('media.record.stop'));
  await state(page)
    .filter({ hasText: words('media.record.state.done') })
    .waitFor();
  expect(await axeFaults(page)).toEqual([]);

  await page.getByLabel(words('media.name.label')).fill('Pekka näyttää');
  await device.setOffline(true);
  await press(page, words('media.record.keep'));
  await page
    .locator('[data-sent]')
    .filter({ hasText: words('media.send.waiting') })
    .waitFor();
  await page.close();
  await device.setOffline(false);
  page = await device.newPage();
  await page.goto(RECORD);
  await state(page)
    .filter({ hasText: words('media.record.state.kept') })
    .waitFor();
  expect(await page.getByLabel(words('media.name.label')).inputValue()).toBe('Pekka näyttää');
  await press(page, words('media.record.keep'));
  await page.waitForURL(/\/write\/media\/[0-9a-f-]{36}/);
  expect(await page.locator('h1').textContent()).toBe('Pekka näyttää');
  const seconds = await page.evaluate(async () => {
    const film = document.querySelector('video') as HTMLVideoElement;
    if (film.readyState < 1) await new Promise((done) => film.addEventListener('loadedmetadata', done));
    return film.duration;
  });
  expect(seconds).toBeGreaterThan(1);
  expect(seconds).toBeLessThan(10);

  await page.getByRole('link', { name: words('media.captions.write') }).click();
  await page.getByLabel(words('media.captions.text'), { exact: true }).fill('Näin se tehdään.');
  await page.locator('.cue-now').nth(1).click();
  await page.getByLabel(words('media.captions.end'), { exact: true }).fill('0:01,5');
  await press(page, words('media.captions.save'));
  await page
    .locator('.notice')
    .filter({ hasText: words('media.captions.saved') })
    .waitFor();
  expect(await axeFaults(page)).toEqual([]);
  const said = await page.evaluate(async () => {
    const film = document.querySelector('video') as HTMLVideoElement;
    const [track] = film.textTracks;
    if (!track?.cues?.length)
      await new Promise((done) => document.querySelector('track')?.addEventListener('load', done));
    return (track?.cues?.[0] as VTTCue | undefined)?.text;
  });
  expect(said).toBe('Näin se tehdään.');
  await device.close();
});

it('takes a file without scripts, and says why it takes none of another kind', async () => {
  const device = await site.deviceOf('expert', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await device.newPage();
  await page.goto('/write/media');
  await page
    .getByLabel(words('media.add.label'))
    .setInputFiles({ name: 'kuva.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') });
  await page.getByRole('button', { name: words('media.add.go'), exact: true }).click();
  await page.getByRole('link', { name: words('media.fault.kind') }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel(words('media.add.label')).setInputFiles('test/support/h5p-toy/content/images/viesti.png');
  await page.getByRole('button', { name: words('media.add.go'), exact: true }).click();
  await page.getByLabel(words('authoring.languageName.fi'), { exact: true }).fill('Outo viesti puhelimessa');
  await page.getByRole('button', { name: words('media.save') }).click();
  await page
    .locator('.notice')
    .filter({ hasText: words('media.done.saved') })
    .waitFor();
  expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);
  await device.close();
});
