import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('situation');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

describe.each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
  it('from a gap to a need, and from the picture of a day to a page that anybody reads in Swedish', async () => {
    const viewport = { width: javaScriptEnabled ? 1280 : 360, height: 900 };
    const device = await site.deviceOf('admin', { javaScriptEnabled, viewport });
    const page = await device.newPage();
    await page.goto('/situation');
    const gap = page.locator('.lack').first();
    expect(await gap.textContent()).toMatch(/\d+ tukikertaa pysähtyi tunnistautumiseen/);
    await gap.getByRole('link', { name: words('situation.action.need') }).click();
    await page.waitForURL(/\/cards\/new/);
    expect(await page.locator('#body_what').inputValue()).toContain('pysähtyi tunnistautumiseen');

    await page.goto('/situation/new');
    await page.getByRole('button', { name: words('situation.keepButton') }).click();
    await page.getByText(words('situation.fault.title')).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel(words('situation.field.title')).fill('Syksyn tilannekuva');
    await page.getByLabel(words('spaces.visibility.public'), { exact: true }).check();
    await page.getByRole('button', { name: words('situation.keepButton') }).click();
    await page.waitForURL(/\/situation\/published\//);
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);

    const anybody = await site.device({ javaScriptEnabled, locale: 'sv-FI', viewport });
    const read = await anybody.newPage();
    await read.goto(new URL(page.url()).pathname);
    expect(await read.locator('h1').textContent()).toBe('Syksyn tilannekuva');
    expect(await read.locator('main').textContent()).toContain('Källa: registret över stödplatser');
    expect(await axeFaults(read)).toEqual([]);
    await Promise.all([device.close(), anybody.close()]);
  });
});
