import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('publishing');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';
const ALT = 'Puhelimen ruudulla on viesti, jossa on outo linkki.';
const inFinnish = (what: string) => new RegExp(`^${what.replace(/[?()]/g, '.')}, Suomi`);

const faultsShown = (writer: Keyboard) => writer.page.locator('.govuk-error-summary li').allTextContents();

async function at(device: BrowserContext, address: string): Promise<Keyboard> {
  const page = await device.newPage();
  await page.goto(address);
  return new Keyboard(page);
}

describe.each([true, false])('with JavaScript %s, by keyboard only', (javaScriptEnabled) => {
  const course = `Turvallinen puhelin ${javaScriptEnabled ? 1 : 2}`;
  let expert: BrowserContext;
  let professional: BrowserContext;
  let learner: BrowserContext;

  beforeAll(async () => {
    [expert, professional, learner] = (await Promise.all([1, 2, 3].map(() => site.device({ javaScriptEnabled })))) as [
      BrowserContext,
      BrowserContext,
      BrowserContext,
    ];
    await Promise.all([signIn(expert, 'expert'), signIn(professional, 'professional'), signIn(learner, 'learner')]);
  });
  afterAll(() => Promise.all([expert, professional, learner].map((device) => device?.close())));

  async function begin(title: string, kind: string, intoCourse: string): Promise<Keyboard> {
    const writer = await at(expert, '/write');
    await writer.press(words('authoring.new'));
    await writer.fill(words('authoring.title.label'), title);
    await writer.mark(new RegExp(`^${words(kind)}$`));
    await writer.tabTo(words('authoring.course.label'));
    await writer.page.keyboard.type(intoCourse);
    return writer;
  }

  /** Nothing of it is to be found before both have signed, not even by its address. */
  async function expectHidden(title: string, address: string): Promise<void> {
    const catalogue = await learner.request.get('/learn');
    expect(await catalogue.text()).not.toContain(title);
    for (const path of [address, `${address}/preview`]) {
      expect((await learner.request.get(path, { maxRedirects: 0 })).status()).toBe(403);
    }
  }

  async function sign(device: BrowserContext, title: string, shown: string): Promise<Keyboard> {
    const signer = await at(device, '/write');
    await signer.press(title);
    await signer.mark(words(shown));
    await signer.press(words('authoring.signNow'));
    return signer;
  }

  it('makes a lesson with a picture, which two sign and a learner then finds', async () => {
    const title = `Outo viesti ${javaScriptEnabled ? 1 : 2}`;
    const writer = await begin(title, 'authoring.kind.text', words('authoring.course.new'));
    await writer.fill(new RegExp(`^${words('authoring.courseTitle.label')}`), course);
    await writer.press(words('authoring.startWriting'));
    // The form does everything, with scripts and without.
    await writer.press(words('blocks.ways.form'));
    await writer.fill(inFinnish(words('blocks.text.text')), 'Älä avaa **outoa linkkiä**.\n\nKysy ensin.');

    await writer.tabTo(words('authoring.picture.label'));
    // The keyboard has come to the field; the window that chooses a file is the device's own and opens only now and then here.
    await writer.page.locator('input[type=file]:focus').setInputFiles(PICTURE);
    await writer.press(words('authoring.addImage'));

    // Without its text the picture cannot be sent on, and nothing typed is lost.
    await writer.press(words('authoring.submit'));
    expect(await writer.page.textContent('.govuk-error-summary')).toContain(words('authoring.fault.alt'));
    await writer.fill(inFinnish(words('blocks.image.text')), ALT);
    await writer.press(words('authoring.savePreview'));
    expect(await writer.page.getAttribute('article img', 'alt')).toBe(ALT);
    expect(await writer.page.textContent('article strong')).toBe('outoa linkkiä');

    await writer.press(words('authoring.submit'));
    expect(await faultsShown(writer)).toEqual([]);
    const draft = new URL(writer.page.url()).pathname.replace(/\/preview$/, '');
    await expectHidden(title, draft);
    await sign(expert, title, 'authoring.shown.full');
    await expectHidden(title, draft);
    const last = await sign(professional, title, 'authoring.shown.short');
    expect(await last.page.textContent('main')).toContain(words('authoring.done.published'));

    const reader = await at(learner, '/learn');
    await reader.press(new RegExp(course));
    await reader.press(new RegExp(`^(${words('common.start')}|${words('common.continue')})$`));
    expect((await reader.page.textContent('h1'))?.trim()).toBe(title);
    expect(await reader.page.getAttribute('article img', 'alt')).toBe(ALT);
    // Asked again from here: a page without scripts has no timers to wait by.
    const width = () =>
      reader.page.evaluate(() => document.querySelector<HTMLImageElement>('article img')?.naturalWidth ?? 0);
    for (let tries = 0; tries < 100 && (await width()) === 0; tries += 1) await delay(100);
    expect(await width()).toBeGreaterThan(0);
    const credits = await reader.page.locator('.credits').textContent();
    expect(credits).toContain('Pekka Mäkinen');
    expect(credits).toContain('Sanna N');
  });

  it('makes a quiz in the same course', async () => {
    const title = `Kysymyksiä viesteistä ${javaScriptEnabled ? 1 : 2}`;
    const writer = await begin(title, 'authoring.kind.quiz', course);
    await writer.press(words('authoring.startWriting'));
    await writer.fill(`${words('authoring.prompt')}, Suomi`, 'Saat oudon viestin. Mitä teet?');
    await writer.mark(words('authoring.option.right', { letter: 'A' }));
    await writer.fill(`${words('authoring.option', { letter: 'A' })}, Suomi`, 'Kysyn ensin.');
    await writer.fill(`${words('authoring.option', { letter: 'B' })}, Suomi`, 'Avaan linkin.');
    await writer.press(words('authoring.savePreview'));
    expect(await writer.page.textContent('article')).toContain('Avaan linkin.');
    await writer.press(words('authoring.submit'));
    expect(await faultsShown(writer)).toEqual([]);
    const draft = new URL(writer.page.url()).pathname.replace(/\/preview$/, '');
    await expectHidden(title, draft);
    await sign(expert, title, 'authoring.shown.full');
    await sign(professional, title, 'authoring.shown.full');

    const reader = await at(learner, '/learn');
    await reader.press(new RegExp(course));
    await reader.press(new RegExp(title));
    await reader.press(words('common.start'));
    expect((await reader.page.textContent('h1'))?.trim()).toBe('Saat oudon viestin. Mitä teet?');
    await reader.mark('Avaan linkin.');
    await reader.press(words('quizzes.answer'));
    expect(await reader.page.textContent('main')).toContain(words('quizzes.feedback.missed'));
  });
});
