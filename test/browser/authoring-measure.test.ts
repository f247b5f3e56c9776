import type { BrowserContext, Page } from 'playwright-core';
import { axeFaults, sideways } from './support/axe';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('authoring-measure');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';
const TITLE = 'Outo viesti puhelimessa';
const COURSE = 'Puhelin tutuksi';
const ALT = 'Puhelimen ruudulla on viesti, jossa on outo linkki.';
const editor = words('blocks.editor.title');
const selko = (text: string) => `${text} Selkosuomeksi.`;
const tongue = (language: string) => words(`authoring.languageName.${language}`);

class Writer extends Keyboard {
  /** Goes on with the Tab key to a text of the page, and types. */
  async write(label: string, text: string): Promise<void> {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      if ((await this.caret()) === label) return this.page.keyboard.insertText(text);
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to the text “${label}”`);
  }

  /** What the empty text is called in which the caret stands. */
  caret(): Promise<string> {
    return this.page.evaluate(() => {
      const { anchorNode } = getSelection() as Selection;
      const at = anchorNode instanceof Element ? anchorNode : anchorNode?.parentElement;
      const part = at?.closest<HTMLElement>('.part');
      return document.activeElement?.classList.contains('page-text') && part?.dataset.empty === ''
        ? (part.dataset.label ?? '')
        : '';
    });
  }

  /** Out of a player, whose buttons all have its name. */
  async leavePlayer(name: string): Promise<void> {
    for (let tabs = 0; tabs < 12 && (await this.focused()).name !== name; tabs += 1)
      await this.page.keyboard.press('Tab');
    await this.expectFocus(name);
  }

  async expectFocus(name: string | RegExp): Promise<void> {
    let now = '';
    const isThere = async () => {
      now = (await this.focused()).name;
      return typeof name === 'string' ? now === name : name.test(now);
    };
    await waitFor(isThere, () => `focus on ${name}, but on ${now}`);
  }

  /** Adds a block after the one where the focus is. */
  async add(kind: string): Promise<void> {
    await this.tabTo(new RegExp(`^${words('blocks.editor.addHere')}`));
    await this.page.keyboard.press('Enter');
    await this.choose(kind);
  }

  async choose(kind: string): Promise<void> {
    const name = words(`blocks.kind.${kind}`);
    // A key that comes before the menu has the focus would move the page, or be lost.
    const isOpen = () => this.page.evaluate(() => Boolean(document.activeElement?.closest('[role=menu]')));
    await waitFor(isOpen, () => `the menu of blocks is open for ${name}`);
    for (let steps = 0; steps < 14 && (await this.focused()).name !== name; steps += 1)
      await this.page.keyboard.press('ArrowDown');
    await this.expectFocus(name);
    await this.page.keyboard.press('Enter');
  }

  /** Adds a question of a type and writes its prompt. */
  async ask(type: string, downs: number, prompt: string): Promise<void> {
    await this.add('question');
    await this.expectFocus(words('authoring.type.choose'));
    for (let steps = 0; steps < downs; steps += 1) await this.page.keyboard.press('ArrowDown');
    if (downs > 0) {
      await this.tabTo(new RegExp(`^${words('authoring.type.change')}`));
      await this.page.keyboard.press('Enter');
      await this.expectFocus(`${words('authoring.prompt')}, ${tongue('fi')}`);
      expect(
        await this.page.evaluate(() => document.activeElement?.closest('form')?.querySelector('select')?.value),
      ).toBe(type);
      await this.page.keyboard.insertText(prompt);
    } else await this.fill(`${words('authoring.prompt')}, ${tongue('fi')}`, prompt);
  }

  async saved(): Promise<void> {
    await this.page.locator('[data-page=status]').filter({ hasText: /\d/ }).waitFor();
  }
}

async function waitFor(isSo: () => Promise<boolean>, what: () => string): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error(`Never: ${what()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function at(device: BrowserContext, address: string): Promise<Writer> {
  const page = await device.newPage();
  await page.goto(address);
  return new Writer(page);
}

async function sign(username: string): Promise<Writer> {
  const signer = await at(await site.deviceOf(username), '/write');
  await signer.press(TITLE);
  await signer.mark(words('authoring.shown.full'));
  await signer.press(words('authoring.signNow'));
  return signer;
}

const heard = (page: Page) =>
  page.evaluate(async () => {
    const sound = document.querySelector('article audio') as HTMLAudioElement;
    if (sound.readyState < 1) await new Promise((done) => sound.addEventListener('loadedmetadata', done));
    return sound.duration;
  });

it('makes and publishes a lesson by keyboard alone, in one sitting; a learner reads it', async () => {
  const writer = await at(await site.deviceOf('expert'), '/write');
  const { keyboard } = writer.page;
  await writer.press(words('authoring.new'));
  await writer.fill(words('authoring.title.label'), TITLE);
  await writer.tabTo(words('authoring.course.label'));
  await keyboard.type(words('authoring.course.new'));
  await writer.fill(new RegExp(`^${words('authoring.courseTitle.label')}`), COURSE);
  await writer.press(words('authoring.startWriting'));

  // Text, and a picture below it.
  await writer.page.locator('.has-page').waitFor();
  await writer.tabTo(editor);
  await keyboard.insertText('Älä avaa outoa linkkiä. Kysy ensin.');
  await writer.add('image');
  await writer.expectFocus(words('blocks.editor.device_image'));
  // The keyboard has come to the field; the window that chooses a file is the device's own.
  await writer.page.locator('input[type=file]:focus').setInputFiles(PICTURE);
  await writer.page.locator('.piece--image img').waitFor();

  // Sending too soon tells what is missing, and leads there.
  await writer.tabTo(words('authoring.submit'));
  await keyboard.press('Enter');
  await writer.expectFocus(new RegExp(words('authoring.fault.alt')));
  expect(await axeFaults(writer.page)).toEqual([]);
  await keyboard.press('Enter');
  await writer.write(words('blocks.image.text'), ALT);

  // A voice, recorded on the page.
  await writer.add('audio');
  await writer.tabTo(words('blocks.editor.record_audio'));
  await keyboard.press('Enter');
  await writer.expectFocus(words('media.record.start'));
  await keyboard.press('Enter');
  await writer.page.locator('[data-time]').filter({ hasText: '0:01' }).waitFor();
  expect(await axeFaults(writer.page)).toEqual([]);
  await keyboard.press('Enter');
  await writer.expectFocus(words('media.record.own'));
  await writer.leavePlayer(words('media.name.label'));
  await keyboard.insertText('Pekka kertoo');
  await writer.tabTo(words('media.record.keep'));
  await keyboard.press('Enter');
  await writer.page.locator('.piece--audio audio').waitFor();
  await writer.page.locator('.piece--audio .part').filter({ hasText: 'Pekka kertoo' }).waitFor();
  await writer.write(words('blocks.audio.transcript'), 'Kysy aina ensin.');

  // Three questions of three kinds.
  const [fi, easy] = [tongue('fi'), tongue('fi-x-selko')];
  const option = (letter: string, language: string) => `${words('authoring.option', { letter })}, ${language}`;
  await writer.ask('single', 0, 'Saat oudon viestin. Mitä teet?');
  await writer.mark(words('authoring.option.right', { letter: 'A' }));
  await writer.fill(option('A', fi), 'Kysyn ensin.');
  await writer.fill(option('B', fi), 'Avaan linkin.');
  await writer.ask('truefalse', 2, 'Pankki kysyy salasanaa viestillä.');
  await writer.mark(words('authoring.option.right', { letter: 'B' }));
  await writer.ask('ordering', 4, 'Missä järjestyksessä toimit?');
  for (const [index, step] of ['Pysähdyn.', 'Luen viestin.', 'Kysyn.'].entries())
    await writer.fill(`${words('authoring.ordering.step', { number: index + 1 })}, ${fi}`, step);
  await writer.saved();
  expect(await axeFaults(writer.page)).toEqual([]);
  await writer.page.setViewportSize({ width: 360, height: 800 });
  expect(await sideways(writer.page)).toEqual([]);
  await writer.page.setViewportSize({ width: 1280, height: 900 });

  // Easy Finnish, beside the original.
  await writer.press(easy);
  await writer.page.locator('.has-page').waitFor();
  await writer.fill(words('authoring.title.label'), selko(TITLE));
  await writer.write(words('blocks.text.text'), 'Älä avaa linkkiä.\nKysy ensin.');
  await writer.write(words('blocks.image.text'), selko(ALT));
  await writer.write(words('blocks.audio.text'), 'Pekka kertoo helposti');
  await writer.write(words('blocks.audio.transcript'), 'Kysy ensin.');
  await writer.page.locator('.page-question textarea').nth(2).waitFor();
  for (const prompt of ['Saat viestin. Mitä teet?', 'Pankki kysyy salasanaa.', 'Mitä teet ensin?']) {
    await writer.fill(`${words('authoring.prompt')}, ${easy}`, prompt);
    if (prompt.startsWith('Saat')) {
      await writer.fill(option('A', easy), 'Kysyn.');
      await writer.fill(option('B', easy), 'Avaan.');
    }
  }
  for (const [index, step] of ['Odotan.', 'Luen.', 'Kysyn.'].entries())
    await writer.fill(`${words('authoring.ordering.step', { number: index + 1 })}, ${easy}`, step);
  await writer.saved();
  expect(await axeFaults(writer.page)).toEqual([]);
  expect(await writer.page.locator('.page-missing li').allTextContents()).toEqual([]);
  await writer.press(words('authoring.submit'));
  expect(await writer.page.textContent('main')).toContain(words('authoring.done.submitted'));

  await sign('expert');
  const last = await sign('professional');
  expect(await last.page.textContent('main')).toContain(words('authoring.done.published'));

  const reader = await at(await site.deviceOf('learner'), '/learn');
  await reader.press(new RegExp(COURSE));
  await reader.press(new RegExp(`^(${words('common.start')}|${words('common.continue')})$`));
  expect((await reader.page.textContent('h1'))?.trim()).toBe(TITLE);
  expect(await reader.page.getAttribute('article img', 'alt')).toBe(ALT);
  await waitFor(
    () => reader.page.evaluate(() => (document.querySelector('article img') as HTMLImageElement).naturalWidth > 0),
    () => 'the picture is shown',
  );
  expect(await heard(reader.page)).toBeGreaterThan(0.5);
  expect(await reader.page.locator('.ask-here').count()).toBe(3);
  expect(await axeFaults(reader.page)).toEqual([]);
  await reader.press(words('blocks.question.answer'));
  await reader.mark('Kysyn ensin.');
  await reader.press(words('quizzes.answer'));
  await reader.press(words('blocks.question.goOn'));
  await reader.press(easy);
  expect((await reader.page.textContent('h1'))?.trim()).toBe(selko(TITLE));
  expect(await reader.page.textContent('article')).toContain('Pankki kysyy salasanaa.');
  expect(await reader.page.getAttribute('article img', 'alt')).toBe(selko(ALT));
}, 180_000);
