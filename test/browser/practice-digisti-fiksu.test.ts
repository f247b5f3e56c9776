import type { BrowserContext, Page } from 'playwright-core';
import { connectAsOwner } from '../support/database';
import { inDays } from '../support/days';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practice-digisti-fiksu');
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

/** Somebody of the second school, in its working life. */
async function partner(): Promise<string> {
  const owner = connectAsOwner(site.database);
  try {
    const { rows } = await owner.raw(
      `select p.username from people p join memberships m on m.person_id = p.id join organisations o on o.id = m.organisation_id
       where o.slug = 'hillajoki' and m.relation = 'employee' and m.ended_on is null order by p.username <> 'expert', p.username limit 1`,
    );
    return rows[0].username;
  } finally {
    await owner.destroy();
  }
}

async function linked(page: Page, address: string, to: string) {
  await page.goto(address);
  await page.getByRole('link', { name: words('loop.linkTo') }).click();
  await page.fill('#q', to);
  await press(page, 'loop.searchAction');
  await page.locator('#other option', { hasText: to }).first().waitFor({ state: 'attached' });
  const value = await page.locator('#other option', { hasText: to }).first().getAttribute('value');
  await page.selectOption('#other', value);
  await press(page, 'loop.linkAction');
}

/** One interview: consent, group, and what was said to the first question. Returns the code that is told once. */
async function interview(page: Page, group: string, said: string): Promise<string> {
  await page.getByLabel(words('interviews.consent.given')).check();
  await page.selectOption('#population_group', group);
  await page.fill('#held_on', inDays(0));
  await page.fill('#notes-field', said);
  await press(page, 'interviews.save');
  const code = (await page.textContent('#code')) ?? '';
  await page.getByRole('link', { name: words('interviews.backToRound') }).click();
  return code.trim();
}

it.each([true, false])(
  'goes from interviews through a workshop to an idea that is funded, and a report: JavaScript %s',
  async (javaScriptEnabled) => {
    const with_ = { javaScriptEnabled };
    const mark = javaScriptEnabled ? 'yksi' : 'kaksi';

    // One school leads: the project goes by service design, and begins with listening.
    const lead = await open(await site.deviceOf('coordinator', with_), '/processes/new');
    await lead.getByRole('link', { name: 'Palvelumuotoilu' }).click();
    await lead.fill('#title_fi', `Digisti fiksu ${mark}`);
    await lead.fill('#question_fi', 'Millaisia palveluja ikäihmiset tarvitsevat?');
    await lead.fill('#target_year', '2030');
    await lead.getByLabel(words('processes.visibility.public'), { exact: true }).check();
    await press(lead, 'processes.start');
    const project = await made(lead);

    // Interviews with consent, without names.
    await lead.goto('/interviews/new');
    const round = `Arjen haastattelut ${mark}`;
    await lead.fill('#title', round);
    await lead.fill('#purpose', 'Suunnittelemme työpajoja yhdessä.');
    await lead.fill('#groups', 'Nuoret\nIkäihmiset');
    await lead.fill('#delete_on', inDays(30));
    await press(lead, 'interviews.make');
    const interviews = await made(lead);
    await press(lead, 'interviews.save');
    expect(await lead.textContent('.govuk-error-summary')).toContain(words('interviews.consent.missing'));
    if (javaScriptEnabled) expect(await axeFaults(lead)).toEqual([]);
    await interview(lead, 'Ikäihmiset', 'Kahvilassa kysyisin, virastossa en.');
    const code = await interview(lead, 'Nuoret', 'Haluaisin neuvoa mummoa.');
    const note = lead.locator('.interview-note').filter({ hasText: 'Ikäihmiset' });
    await note.locator('summary').click();
    await note.getByLabel(words('interviews.passage')).fill('Kahvilassa kysyisin');
    await note.getByLabel(words('interviews.theme'), { exact: true }).selectOption('getting-support');
    await note.getByRole('button', { name: words('interviews.code') }).click();
    // One interview is one person: the table does not tell it.
    expect(await lead.textContent('#matrix')).toBeTruthy();
    expect(await lead.locator('tbody .hidden-note').count()).toBeGreaterThan(0);

    // Who wants to come along stands on a list that is linked to nothing; who changed their mind takes the notes away.
    await lead.goto('/interviews/join');
    await lead.fill('#name', `Aune ${mark}`);
    await lead.fill('#contact', 'aune@example.org');
    await lead.getByLabel(words('interviews.contact.consent')).check();
    await press(lead, 'interviews.contact.save');
    const visitor = await open(await site.device(with_), '/interviews/withdraw');
    await visitor.fill('#code', code);
    await press(visitor, 'interviews.withdraw.send');
    expect(await visitor.textContent('.notice')).toContain(words('interviews.withdrawn'));

    // What was heard becomes a finding that everybody reads; then the notes are gone.
    await lead.goto(interviews);
    expect(await lead.locator('.interview-note').count()).toBe(1);
    await lead.getByRole('link', { name: words('interviews.toFinding') }).click();
    const finding = `Apua kysytään siellä, missä ollaan jo ${mark}`;
    await lead.fill('#title', finding);
    await lead.fill('#summary', 'Moni kysyisi apua kahvilassa.');
    await lead.selectOption('#theme', 'getting-support');
    await lead.selectOption('#population_group', 'older');
    await check(lead, 'spaces.visibility.public');
    await press(lead, 'interviews.findingMake');
    expect(await lead.textContent('#chain')).toContain(round);
    await lead.goto(interviews);
    await lead.getByLabel(words('interviews.delete.sure')).check();
    await press(lead, 'interviews.delete');
    expect(await lead.locator('.interview-note').count()).toBe(0);
    await visitor.goto('/interviews/findings');
    expect(await visitor.textContent('main')).toContain(finding);

    // The workshop, with people of the other school.
    await lead.goto('/events/new');
    await lead.getByLabel(words('events.kind.workshop'), { exact: true }).check();
    const workshop = `Ideapaja ${mark}`;
    await lead.fill('#title', workshop);
    await lead.fill('#day', inDays(javaScriptEnabled ? 10 : 17));
    await lead.fill('#starts', '9.00');
    await lead.fill('#ends', '11.00');
    await lead.getByLabel(words('events.takesSignups')).check();
    await check(lead, 'spaces.visibility.public');
    await press(lead, 'events.save');
    const event = await made(lead);
    await linked(lead, event, finding);
    const student = await open(await site.deviceOf(await partner(), with_), event);
    await press(student, 'events.signMeUp');
    await lead.goto(`${event}/organise`);
    expect(await lead.locator('#people input[type=checkbox]').count()).toBe(1);
    await lead.locator('#people input[type=checkbox]').check();
    await press(lead, 'events.saveAttendance');

    // The other school takes an idea from it, as far as money.
    await student.goto('/cards/new?kind=idea');
    const idea = `Digikahvila ${mark}`;
    await student.fill('#title', idea);
    await student.fill('#body_what', 'Opiskelijat neuvovat kahvilassa torstaisin.');
    await student.selectOption('#theme', 'getting-support');
    await check(student, 'spaces.visibility.public');
    await student.getByRole('button', { name: words('common.save'), exact: true }).click();
    const card = await made(student);
    await linked(student, card, workshop);
    for (const status of ['concept', 'application', 'funded']) {
      await student.goto(card);
      await student.locator(`input[name="status"][value="${status}"]`).check();
      if (status === 'funded') {
        await press(student, 'cards.moveAction');
        expect(await student.textContent('.govuk-error-summary')).toContain(words('cards.needsLearned'));
        if (javaScriptEnabled) expect(await axeFaults(student)).toEqual([]);
        await student.locator('input[name="status"][value="funded"]').check();
        await student.fill('#note', 'Rahoittaja halusi nähdä, keitä kuultiin.');
      }
      await press(student, 'cards.moveAction');
    }
    expect(await student.textContent('#learned ~ p, .card--moss')).toContain('Rahoittaja halusi nähdä');
    expect(await student.textContent('#chain')).toContain(workshop);

    // The project tells its numbers; what they are is counted or says who told it.
    await lead.goto(`${project}/targets`);
    const byHand = lead.locator('li.card').filter({ hasText: 'Palvelukonsepteja' });
    await byHand.locator('input[name="actual"]').fill('1');
    await byHand.locator('input[name="actual_source"]').fill('Ideapajan muistio');
    await byHand.getByRole('button').click();
    await lead.goto(`${project}/phases`);
    const phase = lead.locator('.phases > li').first();
    await phase.locator('summary').click();
    await phase.locator('textarea[name="learned"]').fill('Kuuntelu ennen ideoita säästi työtä.');
    await phase.getByRole('button').click();
    expect(await lead.textContent('.phases')).toContain('Kuuntelu ennen ideoita säästi työtä.');
    await lead.goto(`${project}/report`);
    expect(await lead.textContent('main')).toContain('Palvelukonsepteja');
    if (javaScriptEnabled) expect(await axeFaults(lead)).toEqual([]);
  },
  120_000,
);
