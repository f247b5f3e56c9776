import type { BrowserContext, Page } from 'playwright-core';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { lookUp } from '../support/demo-database';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practice-uudi');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key), exact: true })
    .first()
    .click();
const tick = (page: Page, name: string, value: string) => page.locator(`input[name=${name}][value="${value}"]`).check();
async function open(device: BrowserContext, address: string): Promise<Page> {
  const page = await device.newPage();
  await page.goto(address);
  return page;
}
/** The address of what has just been made, once its page is there. */
async function made(page: Page, under: string): Promise<string> {
  expect(await page.locator('.govuk-error-summary li').allTextContents()).toEqual([]);
  await page.waitForURL(new RegExp(`${under}/[0-9a-f-]{36}`));
  return new URL(page.url()).pathname;
}

it.each([true, false])(
  'goes from a place of support and an unmet need to a published picture, an open meeting and an article: JavaScript %s',
  async (javaScriptEnabled) => {
    const with_ = { javaScriptEnabled };
    const mark = javaScriptEnabled ? 'yksi' : 'kaksi';
    const visitor = await open(await site.device({ ...with_, viewport: { width: 360, height: 800 } }), '/find-support');

    // A member of the network adds where support is given; anybody finds it.
    const lead = await open(await site.deviceOf('coordinator', with_), '/places/new');
    await press(lead, 'places.save');
    expect(await lead.locator('.govuk-error-summary li').count()).toBeGreaterThan(0);
    if (javaScriptEnabled) expect(await axeFaults(lead)).toEqual([]);
    await lead.fill('#name', `Kyläkirjaston digituki ${mark}`);
    await lead.selectOption('#area_code', '491');
    await lead.fill('#address', 'Kylätie 1');
    await lead.fill('#day2', '10-14');
    await lead.getByLabel(words('spaces.visibility.public'), { exact: true }).check();
    await press(lead, 'places.save');
    await made(lead, '/places');
    await visitor.fill('#place', 'Mikkeli');
    await press(visitor, 'places.find.search');
    expect(await visitor.textContent('.places')).toContain(`Kyläkirjaston digituki ${mark}`);

    // Somebody asks for what nobody near can give: it is told as unmet, and how to reach them is forgotten.
    await visitor.goto('/visits/ask');
    await visitor.selectOption('#organisation', { label: 'Polkutupa ry' });
    await tick(visitor, 'theme', 'health-services');
    await tick(visitor, 'form', 'home');
    await visitor.selectOption('#area_code', '491');
    await visitor.fill('#body', `Ajanvaraus jää kesken, ${mark}`);
    await visitor.fill('#reach', 'kaisa@example.org');
    await press(visitor, 'visits.ask.action');
    const [asked] = await lookUp<{ id: string }>(site.database, 'select id from support_requests where body = ?', [
      `Ajanvaraus jää kesken, ${mark}`,
    ]);
    await lead.goto(`/visits/requests/${asked?.id}`);
    expect(await lead.textContent('main')).toContain('kaisa@example.org');
    await lead
      .locator('summary')
      .filter({ hasText: words('visits.end.heading') })
      .click();
    await tick(lead, 'end', 'unmet-too-far');
    await press(lead, 'visits.end.action');
    expect(await lead.textContent('main')).not.toContain('kaisa@example.org');

    // The picture of the day is kept and published; anybody reads where each figure comes from.
    const admin = await open(await site.deviceOf('admin', with_), '/situation/new');
    await admin.getByLabel(words('situation.field.title')).fill(`Alueen tilannekuva ${mark}`);
    await admin.getByLabel(words('spaces.visibility.public'), { exact: true }).check();
    await press(admin, 'situation.keepButton');
    const picture = await made(admin, '/situation/published');
    await visitor.goto(picture);
    expect(await visitor.textContent('h1')).toBe(`Alueen tilannekuva ${mark}`);
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);

    // The network talks of it in an open meeting, to which the picture leads.
    await lead.goto('/events/new');
    await lead.getByLabel(words('events.kind.public-event'), { exact: true }).check();
    await lead.fill('#title', `Tilannekuvan kahvit ${mark}`);
    await lead.fill('#day', addCalendarDays(dayOf(new Date()), 6));
    // An hour of its own for each way, or the keeper would be told that they are in two places at once.
    await lead.fill('#starts', javaScriptEnabled ? '7.00' : '8.00');
    await lead.fill('#ends', javaScriptEnabled ? '7.45' : '8.45');
    await lead.getByLabel(words('spaces.visibility.public'), { exact: true }).check();
    await press(lead, 'events.save');
    const event = await made(lead, '/events');
    await visitor.goto('/events');
    expect(await visitor.textContent('main')).toContain(`Tilannekuvan kahvit ${mark}`);
    const staff = await open(await site.deviceOf('professional', with_), event);
    await press(staff, 'events.signMeUp');

    // What was learned is told in an article that anybody reads.
    await lead.goto('/publications/new');
    await lead.selectOption('#kind', 'article');
    await lead.fill('#title', `Kolme kylää, yksi numero ${mark}`);
    await lead.fill('#summary', 'Tukinumero palvelee nyt koko aluetta.');
    await lead.getByLabel(words('spaces.visibility.public'), { exact: true }).check();
    await press(lead, 'publications.begin');
    const article = (await made(lead, '/publications')).split('/').slice(0, 3).join('/');
    await lead.goto(article);
    await press(lead, 'publications.to.publish');
    expect(await lead.textContent('.notice')).toContain(words('publications.saved.published'));
    await visitor.goto(article);
    expect(await visitor.textContent('h1')).toContain('Kolme kylää');
  },
  120_000,
);
