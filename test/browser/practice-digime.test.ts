import type { BrowserContext, Page } from 'playwright-core';
import { addCalendarDays, dayOf } from '../../src/lib/calendar';
import { lookUp } from '../support/demo-database';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practice-digime');
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
const idOf = async (sql: string, values: unknown[]) => {
  const [row] = await lookUp<{ id: string }>(site.database, sql, values as never);
  if (!row) throw new Error(`no row: ${sql}`);
  return row.id;
};

it.each([true, false])(
  'takes support home to somebody without an account, and what stopped it becomes a lesson: JavaScript %s',
  async (javaScriptEnabled) => {
    const with_ = { javaScriptEnabled };
    const mark = javaScriptEnabled ? 'yksi' : 'kaksi';

    // Somebody without an account asks for help at home, in easy words.
    const visitor = await open(await site.device({ ...with_, viewport: { width: 360, height: 800 } }), '/visits/ask');
    await visitor.selectOption('#organisation', { label: 'Polkutupa ry' });
    await tick(visitor, 'theme', 'bank-and-identification');
    await tick(visitor, 'form', 'home');
    await visitor.selectOption('#area_code', '091');
    await visitor.fill('#body', `Pankki kysyy koodia, ${mark}`);
    await press(visitor, 'visits.ask.action');
    expect(await visitor.textContent('.govuk-error-summary')).toContain(words('visits.reachMissing'));
    if (javaScriptEnabled) expect(await axeFaults(visitor)).toEqual([]);
    await visitor.fill('#reach', '040 000 0000');
    await press(visitor, 'visits.ask.action');
    const code = (await visitor.textContent('.big-code'))?.trim() ?? '';
    const request = await idOf('select id from support_requests where body = ?', [`Pankki kysyy koodia, ${mark}`]);

    // The coordinator asks a digital peer; the peer promises, agrees a time and looks through what must be in order.
    const lead = await open(await site.deviceOf('coordinator', with_), `/visits/requests/${request}`);
    await lead.selectOption('#supporter', await idOf("select id from people where username = 'expert'", []));
    await press(lead, 'visits.match.action');
    const peer = await open(await site.deviceOf('expert', with_), `/visits/requests/${request}`);
    expect(await peer.textContent('main')).not.toContain('040 000 0000');
    await press(peer, 'visits.offer.accept');
    expect(await peer.textContent('main')).toContain('040 000 0000');
    await peer.fill('#day', addCalendarDays(dayOf(new Date()), javaScriptEnabled ? 40 : 41));
    await peer.fill('#clock', '9.00');
    await press(peer, 'visits.visit.agreeAction');
    await press(peer, 'visits.safety.action');
    expect(await peer.textContent('.govuk-error-summary')).toContain(words('visits.safetyMissing'));
    for (const box of await peer.locator('input[name=checked]').all()) await box.check();
    await press(peer, 'visits.safety.action');
    await tick(peer, 'follow_up', 'none');
    await press(peer, 'visits.done.action');

    // What was done is told in half a minute, of nobody in particular.
    for (const [field, value] of [
      ...[['minutes', '60'] as const, ['did_self', 'no'] as const, ['help_level', '2'] as const],
      ...[['blocked', 'identification'] as const, ['codes', 'yes'] as const],
    ])
      await tick(peer, field, value);
    await press(peer, 'visits.contact.keep');
    expect(await peer.textContent('.notice')).toContain(words('visits.contact.said.kept'));
    await peer.goto(`/visits/requests/${request}`);
    await peer
      .locator('summary')
      .filter({ hasText: words('visits.end.heading') })
      .click();
    await tick(peer, 'end', 'met');
    await press(peer, 'visits.end.action');
    await visitor.goto('/visits/look');
    await visitor.fill('#code', code);
    await press(visitor, 'visits.look.action');
    expect(await visitor.textContent('main')).toContain(words('visits.look.met'));

    // The picture of the situation suggests the next step; it becomes a need, and the need a lesson.
    const admin = await open(await site.deviceOf('admin', with_), '/situation');
    await admin
      .getByRole('link', { name: words('situation.action.need') })
      .first()
      .click();
    await admin.fill('#title', `Tunnistautuminen pysäyttää ${mark}`);
    await press(admin, 'common.save');
    await admin.waitForURL(/\/cards\/[0-9a-f-]{36}/);
    const card = new URL(admin.url()).pathname;
    const writer = await open(await site.deviceOf('expert', with_), card);
    await press(writer, 'cards.lessonAction');
    await writer.waitForURL(/\/write\/drafts\//);
    const draft = new URL(writer.url()).pathname.split('/').slice(0, 4).join('/');
    await writer.goto(draft);
    await writer.locator('textarea').first().fill('Pysähdy, kun pankki kysyy koodia. Lue viesti kahdesti.');
    // The draft leaves places for the writer's own words, and cannot be sent on with them.
    for (const field of await writer.locator('textarea, main input[type=text]').all())
      if ((await field.inputValue()).includes('✎')) await field.fill('Avaa harjoitusviesti ja etsi siitä pankin nimi.');
    await press(writer, 'authoring.submit');
    expect(await writer.locator('.govuk-error-summary').allTextContents()).toEqual([]);
    for (const username of ['expert', 'professional']) {
      const signer = await open(await site.deviceOf(username, with_), draft);
      await signer.getByLabel(words('authoring.shown.short')).first().check();
      await press(signer, 'authoring.signNow');
    }
    const last = await open(await site.deviceOf('professional', with_), draft);
    expect(await last.textContent('main')).not.toContain(words('authoring.signNow'));

    // The card shows the lesson that answers it, and a learner reads it.
    await admin.goto(card);
    const lesson = admin.locator('#chain a[href^="/learn/"]').first();
    const address = await lesson.getAttribute('href');
    const learner = await open(await site.deviceOf('learner', with_), String(address));
    expect(await learner.textContent('main')).toContain('Lue viesti kahdesti');
    if (javaScriptEnabled) expect(await axeFaults(admin)).toEqual([]);
  },
  120_000,
);
