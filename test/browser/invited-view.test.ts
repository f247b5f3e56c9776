import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('invited_view');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const forward = 'main button.govuk-button:not(.govuk-button--secondary)';

it.each([true, false])(
  'goes from a link to an answer that the learner reads first and takes into their profile: JavaScript %s',
  async (javaScriptEnabled) => {
    const home = await site.device({ javaScriptEnabled });
    await signIn(home, 'learner');
    const page = await home.newPage();
    await page.goto('/skills/views/new?skill=2.5');
    await page.getByLabel(words('views.invite.whom.link'), { exact: true }).check();
    await page.click(forward);
    const link = (await page.getAttribute('.link-to-give a', 'href')) ?? '';
    const invitation = page.url();

    const phone = await site.device({ javaScriptEnabled, viewport: { width: 360, height: 800 } });
    const outside = await phone.newPage();
    const told: string[] = [];
    outside.on('request', (request) => {
      if (request.headers().referer?.includes('/view/')) told.push(new URL(request.url()).origin);
    });
    await outside.goto(link);
    await outside.click(forward);
    expect(await outside.textContent('.govuk-error-summary')).toContain(words('views.answer.nothing'));
    await outside.getByRole('checkbox').first().check();
    await outside.getByLabel(words('views.answer.name'), { exact: true }).fill('Ulla');
    await outside.getByLabel(words('views.answer.source.peer')).check();
    await outside.click(forward);
    expect(await outside.textContent('h1')).toBe(words('views.open.thanks.heading'));
    expect(await phone.cookies()).toEqual([]);
    // Nobody but our own server, which knows it, learns the address.
    expect(told.filter((origin) => origin !== new URL(link, site.url).origin)).toEqual([]);
    expect((await outside.goto(link))?.status()).toBe(404);

    await page.goto(invitation);
    expect(await page.textContent('main')).toContain('Ulla');
    await page.click(forward);
    await page.goto('/skills/2.5');
    expect(await page.textContent('main')).toContain('Ulla');
    await Promise.all([home.close(), phone.close()]);
  },
);

it.each([
  ['fi', 360],
  ['sv', 1280],
  ['en', 320],
] as const)('can be read and answered by everybody, also with faults in it: %s, %i px', async (language, width) => {
  const home = await site.device();
  await signIn(home, 'learner');
  const page = await home.newPage();
  await page.goto('/skills/views/new?skill=1.2');
  await page.getByLabel(words('views.invite.whom.link'), { exact: true }).check();
  await page.click(forward);
  const link = (await page.getAttribute('.link-to-give a', 'href')) ?? '';
  await home.close();

  const device = await site.device({ viewport: { width, height: 800 }, bypassCSP: true });
  await device.addCookies([{ name: 'language', value: language, url: site.url }]);
  const outside = await device.newPage();
  const found: string[] = [];
  const look = async () => found.push(...(await axeFaults(outside)), ...(await sideways(outside)));
  await outside.goto(link);
  await look();
  await outside.click(forward);
  expect(await outside.locator('.govuk-error-summary').count()).toBe(1);
  await look();
  for (const address of ['/view', '/view/thanks', '/view/none']) {
    await outside.goto(address);
    await look();
  }
  expect(found).toEqual([]);
  await device.close();
});
