import { translator } from '../../src/lib/i18n';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('task-rubric');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

it('without scripts a judge chooses by the rubric and the learner reads it; no record button is shown', async () => {
  const judge = await site.device({ javaScriptEnabled: false });
  await signIn(judge, 'professional');
  const page = await judge.newPage();
  await page.goto('/skills/tasks/to-judge');
  await page.locator('main .people a').first().click();
  await page.check('#rubric_own-3');
  await page.check('#rubric_safe');
  await page.fill('#feedback', 'Hyvin kysytty.');
  await page.locator('button[value=not_yet]').click();

  const learner = await site.device({ javaScriptEnabled: false });
  await signIn(learner, 'learner');
  const own = await learner.newPage();
  await own.goto('/skills/tasks');
  await own.locator('main .people a, main li a[href^="/skills/tasks/"]').first().click();
  const told = await own.textContent('main');
  expect(told).toContain('Asiakas teki itse, sinä kysyit ja odotit.');
  expect(await axeFaults(own)).toEqual([]);
  expect(told).toContain('Mietit koodia asiakkaan kanssa.');
  await own.goto('/skills/tasks/new?skill=4.1');
  await own.locator('main form button.govuk-button').last().click();
  expect(await own.locator('[data-record-into]').isVisible()).toBe(false);
}, 60_000);

it('with scripts a sound is recorded into the form, and stands on the task after saving', async () => {
  const device = await site.device({ permissions: ['microphone'] });
  await signIn(device, 'learner');
  const page = await device.newPage();
  // The machine of the test has no microphone: a silent one stands for it.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream;
  });
  await page.goto('/skills/tasks/new?skill=4.1');
  await page.locator('main form button.govuk-button').last().click();
  await page.getByRole('button', { name: words('evidence.record.start') }).click();
  await page.getByText(words('evidence.record.on')).waitFor();
  await page.waitForTimeout(400);
  await page.getByRole('button', { name: words('evidence.record.stop') }).click();
  await page.getByText(words('evidence.record.ready')).waitFor();
  await page.locator('button[value=keep]').click();
  await page.getByText(`${words('evidence.record.name')}.webm`).waitFor();
}, 60_000);

it.each([true, false])(
  'a writer sees in words and bars how questions work, with scripts: %s',
  async (javaScriptEnabled) => {
    const device = await site.device({ javaScriptEnabled });
    await signIn(device, 'expert');
    const page = await device.newPage();
    await page.goto('/write/questions');
    const addresses = await page
      .locator('main .draft-list a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    let bars = 0;
    for (const address of addresses) {
      await page.goto(String(address));
      bars = await page.locator('.answer-bars').count();
      if (bars > 0) break;
    }
    expect(bars).toBeGreaterThan(0);
    expect(await page.textContent('main')).toContain(words('authoring.figures.answers'));
    expect(await axeFaults(page)).toEqual([]);
  },
  60_000,
);

it.each(['fi', 'sv', 'en'] as const)(
  'the editor with added rows, its rules and what to mend, in %s, is fine to axe and leads to the very fields',
  async (language) => {
    const device = await site.device({ viewport: { width: 320, height: 640 }, javaScriptEnabled: language !== 'sv' });
    await signIn(device, 'expert');
    await device.request.post('/language', { form: { lang: language } });
    const page = await device.newPage();
    await page.goto('/write/new');
    await page.locator('input[name=kind][value=quiz]').check();
    await page.locator('#title').fill('Kysymyksiä');
    await page.locator('select[name=course]').selectOption({ index: 1 });
    await page.locator('main form button.govuk-button').click();
    await page.locator('#rules_attempts').selectOption('3');
    for (let number = 0; number < 5; number += 1) await page.locator('button[value=add-criterion]').click();
    expect(await page.locator('button[value=add-criterion]').count()).toBe(0);
    await page.locator('[id^=r_][id$=_0_fi]').first().fill('Sinä näytit.');
    await page.locator('button[value=submit]').click();
    expect(await page.inputValue('#rules_attempts')).toBe('3');
    const links = page.locator('.govuk-error-summary a');
    const places = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(places.length).toBeGreaterThan(2);
    expect(await page.locator(places.join(',')).count()).toBe(places.length);
    const say = translator(language);
    const told = (await links.allTextContents()).at(-1) ?? '';
    expect(told).toContain(say('authoring.rubric.criterion', { number: 1 }));
    expect(await links.first().textContent()).toContain(say('authoring.question', { number: 1 }));
    await links.last().click();
    expect(await page.evaluate(() => `#${document.activeElement?.id}`)).toBe(places.at(-1));
    expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);
    await device.close();
  },
  60_000,
);
