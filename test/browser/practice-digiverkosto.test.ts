import type { BrowserContext, Page } from 'playwright-core';
import { connectAsOwner } from '../support/database';
import { inDays } from '../support/days';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practice-digiverkosto');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key) })
    .first()
    .click();
const check = (page: Page, key: string) => page.getByLabel(words(key), { exact: true }).check();
const ID = /\/[0-9a-f]{8}-[0-9a-f-]{27}/;
/** The address of what has just been made, once its page is there. */
async function made(page: Page): Promise<string> {
  await page.waitForURL(ID);
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
}
async function open(device: BrowserContext, address: string): Promise<Page> {
  const page = await device.newPage();
  await page.goto(address);
  return page;
}

/** Who leads the second association. Returns the user name. */
async function leader(): Promise<string> {
  const owner = connectAsOwner(site.database);
  try {
    const { rows } = await owner.raw(
      `select p.username from people p join memberships m on m.person_id = p.id join organisations o on o.id = m.organisation_id
       where o.slug = 'kaislatuuli' and m.ended_on is null and 'administrator' = any (m.roles) order by p.username limit 1`,
    );
    return rows[0].username;
  } finally {
    await owner.destroy();
  }
}

it.each([true, false])(
  'goes from a network through meetings and a survey to a statement that associations sign: JavaScript %s',
  async (javaScriptEnabled) => {
    const with_ = { javaScriptEnabled };
    const mark = javaScriptEnabled ? 'yksi' : 'kaksi';

    // The network is open: another association joins with one press.
    const lead = await open(await site.deviceOf('coordinator', with_), '/spaces/new');
    await check(lead, 'spaces.kind.network');
    await lead.fill('#name', `Järjestöjen digiverkosto ${mark}`);
    await check(lead, 'spaces.visibility.public');
    await check(lead, 'spaces.joining.open');
    await lead.getByRole('button', { name: words('common.save'), exact: true }).click();
    const space = await made(lead);
    const member = await open(await site.deviceOf(await leader(), with_), space);
    await press(member, 'spaces.joinAction');
    expect(await member.textContent('main')).toContain(words('spaces.addTask'));
    await lead.goto(space);
    await lead.locator('select[id^="role-"]').selectOption('core');
    await press(lead, 'spaces.roleAction');
    expect(await lead.textContent('.notice')).toContain(words('spaces.saved.member'));

    // Meetings in a series, with sign-up.
    await lead.goto(`/events/new?space=${space.split('/')[2]}`);
    await check(lead, 'events.kind.meeting');
    const meeting = `Verkostotapaaminen ${mark}`;
    await lead.fill('#title', meeting);
    await lead.fill('#day', inDays(javaScriptEnabled ? 3 : 4));
    await lead.fill('#starts', '8.00');
    await lead.fill('#ends', '9.30');
    await lead.selectOption('#repeat', 'two-weeks');
    await lead.fill('#times', '3');
    await check(lead, 'spaces.visibility.public');
    await press(lead, 'events.save');
    const event = await made(lead);
    await member.goto(event);
    expect(await member.locator(`a[href^="/events/"]:has-text("${meeting}"), main li`).count()).toBeGreaterThan(0);
    await press(member, 'events.signMeUp');

    // A survey in which one may offer to present; the offer stands apart from the answer.
    await lead.goto('/surveys/new');
    await check(lead, 'surveys.kind.presenters');
    const survey_ = `Mitä seuraavaksi ${mark}`;
    await lead.fill('#title', survey_);
    await check(lead, 'surveys.anonymous');
    await check(lead, 'spaces.visibility.public');
    await press(lead, 'surveys.make');
    const survey = await made(lead);
    await lead.selectOption('#kind', 'choice');
    await lead.fill('#label', 'Mikä on tärkeintä?');
    await lead.fill('#options', 'Laitteet\nTunnistautuminen');
    await press(lead, 'surveys.question.add');
    await lead.getByRole('button', { name: words('surveys.open'), exact: true }).click();
    const visitor = await open(await site.device(with_), survey);
    await visitor.getByRole('link', { name: words('surveys.answer') }).click();
    await press(visitor, 'surveys.send');
    expect(await visitor.textContent('.govuk-error-summary')).toContain(words('surveys.answer.empty'));
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);
    await visitor.getByLabel('Tunnistautuminen').press('Space');
    await press(visitor, 'surveys.send');
    await visitor.fill('#topic', 'Kokemuksia pankkitunnuksista');
    await visitor.fill('#name', 'Kaisa Koivu');
    await visitor.fill('#party', 'Digiapu ry');
    await visitor.fill('#contact', '040 0000000');
    await press(visitor, 'surveys.offer.send');
    expect(await visitor.textContent('.notice')).toContain(words('surveys.offer.saved'));

    // The organiser gives a slot; it is on the agenda that everybody sees.
    await lead.goto(`${survey}/offers`);
    await press(lead, 'surveys.offer.accept');
    expect(await lead.textContent('.govuk-error-summary')).toContain(words('surveys.offer.slotMissing'));
    if (javaScriptEnabled) expect(await axeFaults(lead)).toEqual([]);
    const offer = lead.locator('.offer-card');
    await offer.locator('select').selectOption(event.split('/')[2] ?? '');
    await offer.locator('input[name="slot"]').fill('klo 8.30');
    await press(lead, 'surveys.offer.accept');
    expect(await lead.textContent('.offer-card')).toContain(words('surveys.offer.accepted'));
    await visitor.goto(event);
    expect(await visitor.textContent('main')).toContain('Kokemuksia pankkitunnuksista');

    // Results of one answer are told to nobody.
    await lead.goto(survey);
    await press(lead, 'surveys.close');
    await lead.goto(`${survey}/results`);
    expect(await lead.textContent('.empty')).toContain(words('surveys.tooFew', { least: 5 }));

    // What the network wants is said together: commented on, approved, published, signed and answered.
    await lead.goto('/publications/new');
    await lead.selectOption('#kind', 'statement');
    await lead.fill('#title', `Tunnistautuminen kuuluu kaikille ${mark}`);
    await lead.fill('#summary', 'Pankkien pitää tarjota tunnukset myös ilman älypuhelinta.');
    await lead.selectOption('#space_id', space.split('/')[2] ?? '');
    await check(lead, 'spaces.visibility.public');
    await press(lead, 'publications.begin');
    const statement = await made(lead);
    await lead.goto(statement);
    await press(lead, 'publications.to.comments');
    await member.goto(statement);
    await member.getByRole('link', { name: words('publications.comment') }).click();
    await member.fill('#body', 'Lisätään myös ulkomaan passilla asioivat.');
    await member.locator('main form button[type=submit]').last().click();
    expect(await member.textContent('.notice')).toContain(words('publications.commented.shown'));
    await lead.goto(statement);
    await press(lead, 'publications.to.approval');
    await member.goto(statement);
    await press(member, 'publications.approve');
    expect(await member.textContent('.notice')).toContain(words('publications.saved.approved'));
    await lead.goto(statement);
    await press(lead, 'publications.to.publish');
    expect(await lead.textContent('.notice')).toContain(words('publications.saved.published'));
    await member.goto(statement);
    await member.fill('#signatures #title, #title', 'toiminnanjohtaja');
    await press(member, 'publications.sign');
    expect(await member.textContent('#signatures')).toContain('toiminnanjohtaja');
    await lead.goto(statement);
    await lead
      .locator('summary')
      .filter({ hasText: words('publications.addResponse') })
      .click();
    await lead.fill('#from_whom', 'Esimerkkipankki');
    await lead.fill('#answered_on', inDays(0));
    await lead.fill('#answer', 'Otamme tunnuslukulaitteen takaisin.');
    await lead.locator('form[action$="/responses"] button').click();

    // Anybody reads the statement, who signed it and what was answered; the space shows what was done in it.
    await visitor.goto(statement);
    for (const told of ['Tunnistautuminen kuuluu kaikille', 'toiminnanjohtaja', 'Otamme tunnuslukulaitteen takaisin.'])
      expect(await visitor.textContent('main')).toContain(told);
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);
    await member.goto(space);
    expect(await member.textContent('main')).toContain(meeting);
  },
  120_000,
);
