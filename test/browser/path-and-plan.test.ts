import type { BrowserContext, Page } from 'playwright-core';
import { lookUp } from '../support/demo-database';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('path-and-plan');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();
const text = (page: Page) => page.textContent('main');
/** A state that no address shows by itself is looked at here; axe is a script, so where scripts run. */
const look = async (page: Page, javaScript: boolean) =>
  javaScript && expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);

/** Everybody signs in once with scripts and once without: these tests are not about that. */
const devices = new Map<string, Promise<BrowserContext>>();

async function signedIn(account: string, javaScriptEnabled: boolean): Promise<BrowserContext> {
  const device = await site.device({ javaScriptEnabled });
  await signIn(device, account);
  return device;
}

async function at(account: string, address: string, javaScript: boolean): Promise<Page> {
  const key = `${account} ${javaScript}`;
  if (!devices.has(key)) devices.set(key, signedIn(account, javaScript));
  const page = await ((await devices.get(key)) as BrowserContext).newPage();
  await page.goto(address);
  return page;
}

/** Opens the small form of a kind of step or condition. */
const open = (page: Page, name: string) => page.locator('summary', { hasText: name }).first().click();

describe.each([true, false])('with JavaScript %s', (javaScript) => {
  it('a path is built, agreed on by a rule, and comes to a newcomer', async () => {
    const name = javaScript ? 'Uusi polku' : 'Toinen polku';
    const admin = await at('admin', '/paths/manage/new', javaScript);
    await admin.fill('#title_fi', name);
    await press(admin, words('common.save'));
    const builder = admin.url().replace(/\?.*/, '');

    await open(admin, words('paths.kind.course'));
    await admin.locator('#course_id').selectOption({ index: 1 });
    await press(admin, words('paths.steps.addThis'));
    await open(admin, words('paths.kind.outside'));
    await admin.locator('form:has(input[value=outside]) button').click();
    expect(await admin.textContent('#step_title_fi-error')).toContain(words('paths.step.noName'));
    await look(admin, javaScript);
    await admin.fill('#step_title_fi', 'Digikahvila');
    await admin.locator('form:has(input[value=outside]) button').click();
    expect(await text(admin)).toContain('2. Digikahvila');

    // The café waits for the course, and the course can not wait for the café.
    await admin.getByRole('link', { name: '2. Digikahvila' }).click();
    await open(admin, words('paths.conditions.finished'));
    await press(admin, words('common.add'));
    expect(await text(admin)).toContain('Avautuu, kun');
    await admin.goto(builder);
    await admin.locator('.path-build h3 a').first().click();
    await open(admin, words('paths.conditions.finished'));
    await press(admin, words('common.add'));
    expect(await text(admin)).toContain(words('paths.dead.circle'));
    await look(admin, javaScript);

    await admin.goto(builder);
    await admin
      .locator('.path-build li', { hasText: 'Digikahvila' })
      .getByRole('button', { name: words('common.remove') })
      .click();
    await look(admin, javaScript);
    await press(admin, words('paths.steps.undo'));
    expect(await text(admin)).toContain('2. Digikahvila');

    const managed = builder.replace(/\/steps$/, '');
    await admin.goto(managed);
    await admin.selectOption('#who', 'relation:volunteer');
    await admin.check('#standing');
    await admin.fill('#due_days', '30');
    await press(admin, words('paths.assign.preview'));
    expect(await text(admin)).toContain(words('paths.preview.standing'));
    await look(admin, javaScript);
    await press(admin, words('paths.assign.submit'));
    expect(await text(admin)).toContain(words('paths.rule.standing'));

    await admin.goto('/organisation/people');
    const person = admin.locator('a[href^="/organisation/people/"]', { hasText: 'Aino Koski' }).first();
    await person.click();
    await admin.locator('input[name=relation][value=volunteer]').check();
    await admin.locator('form:has(input[name=relation]) button[type=submit]').first().click();

    const aino = await at('learner', '/paths', javaScript);
    for (let tries = 0; tries < 50; tries += 1) {
      const yours = aino.locator('section[aria-labelledby=yours]', { hasText: name });
      if ((await yours.count()) > 0) break;
      await new Promise((go) => setTimeout(go, 200));
      await aino.reload();
    }
    expect(await aino.textContent('section[aria-labelledby=yours]')).toContain(name);
    await aino.getByRole('link', { name }).first().click();
    expect(await text(aino)).toContain(words('paths.locked'));
    await look(aino, javaScript);
  }, 120_000);

  it('a placement test begins, stops and leads back to the path', async () => {
    const aino = await at('learner', '/paths/digitaidot-alkuun', javaScript);
    await aino
      .getByRole('link', { name: words('paths.kind.placement') })
      .first()
      .click();
    for (let skill = 0; skill < 2; skill += 1) {
      const start = aino.locator('.next-step button');
      if ((await start.count()) === 0) break;
      await start.click();
      const stop = aino.getByRole('button', { name: words('practice.stop') });
      if ((await stop.count()) > 0) await stop.click();
      await aino.getByRole('link', { name: words('paths.placement.goOn') }).click();
    }
    expect(await text(aino)).toContain(words('paths.placement.done'));
    await look(aino, javaScript);
    await aino.getByRole('link', { name: words('paths.placement.toPath') }).click();
    expect(await text(aino)).toContain(words('paths.courses'));
  }, 60_000);

  it('a plan is drafted alone, proposed, sent back with words and agreed by two', async () => {
    const aino = await at('learner', '/plans', javaScript);
    await press(aino, words('plans.change'));
    const plan = new URL(aino.url()).pathname;
    await aino.fill('#words', 'Haluan opettaa muita.');
    await press(aino, words('common.save'));
    const helena = await at('supervisor', plan, javaScript);
    expect(await text(helena)).not.toContain('Haluan opettaa muita.');
    await press(aino, words('plans.propose'));
    await look(aino, javaScript);

    await helena.goto(plan);
    await look(helena, javaScript);
    await open(helena, words('plans.return.heading'));
    await helena.fill('#returned_words', 'Lisää päivä, niin sovitaan.');
    await press(helena, words('plans.return'));
    await aino.goto(plan);
    expect(await text(aino)).toContain('Lisää päivä, niin sovitaan.');
    await press(aino, words('plans.propose'));
    await helena.goto(plan);
    await press(helena, words('plans.agree'));
    expect(await helena.locator('.signature.is-signed').count()).toBe(2);
    await look(helena, javaScript);
  }, 60_000);

  it('agreed training that ends soon is renewed, and each time stands in its history', async () => {
    const [member] = await lookUp<{ address: string }>(
      site.database,
      `with her as (
         select e.organisation_id, e.person_id, e.course_id, tm.team_id from enrolments e
         join people p on p.id = e.person_id and p.username = 'professional'
         join courses c on c.id = e.course_id and c.exchange_id = 'recognise-scam-messages'
         join team_members tm on tm.person_id = p.id and tm.left_on is null),
       before as (update enrolments e set completed_at = now() - interval '350 days', started_at = now() - interval '360 days',
           renewed_at = null, counts_from = null
         from her where e.person_id = her.person_id and e.course_id = her.course_id),
       gone as (update course_completions h set completed_at = now() - interval '350 days', is_renewal = false
         from her where h.person_id = her.person_id and h.course_id = her.course_id and not h.is_renewal)
       select '/team/' || team_id || '/people/' || person_id as address from her limit 1`,
    );
    const sanna = await at('professional', '/training', javaScript);
    await look(sanna, javaScript);
    await press(sanna, words('reports.own.renew'));
    expect(await text(sanna)).toContain(words('reports.own.renewed'));
    expect(await sanna.getByRole('button', { name: words('reports.own.renew') }).count()).toBe(0);
    await sanna.locator('main summary').first().click();
    expect(await sanna.locator('main details ol li').count()).toBeGreaterThanOrEqual(2);
    await look(sanna, javaScript);
    const helena = await at('supervisor', member?.address ?? '', javaScript);
    expect(await helena.locator('main details ol li').count()).toBeGreaterThanOrEqual(2);
  }, 60_000);
});
