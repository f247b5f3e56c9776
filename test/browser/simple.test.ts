import type { BrowserContext, Page } from 'playwright-core';
import { toString as drawCode } from 'qrcode';
import { lookUp } from '../support/demo-database';
import { axeFaults, sideways } from './support/axe';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('simple');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const COURSE = '/learn/recognise-scam-messages';

/** Each kind of page that a learner meets. */
const PAGES = [
  '/',
  '/something-else',
  '/stop',
  '/learn',
  COURSE,
  `${COURSE}/l3`,
  `${COURSE}/l3?at=try`,
  `${COURSE}/l3/words`,
  `${COURSE}/l3/help-level`,
  `${COURSE}/l3/leaflet`,
  `${COURSE}/l1/finished`,
  `${COURSE}/quiz/questions/1`,
  '/paths',
  '/skills',
  '/skills/practice',
  '/skills/self-assessment',
  '/skills/tasks/new',
  '/help',
  '/notifications',
  '/account',
  '/account/look',
];

async function aSimpleDevice(
  options: Parameters<Site['device']>[0] = {},
  look?: Record<string, string>,
): Promise<BrowserContext> {
  const device = await site.device({ viewport: { width: 360, height: 740 }, ...options });
  await signIn(device, 'learner');
  await device.request.post('/account/simple', { form: { simple: 'on', back: '/' }, maxRedirects: 0 });
  const plain = { text_size: '0', contrast: 'device', theme: 'device', explains_words: 'yes' };
  await device.request.post('/account/look', { form: { ...plain, ...look }, maxRedirects: 0 });
  return device;
}

/** Runs in the page: what stands where, and what is smaller than a thumb in a hurry needs. */
function looked() {
  const box = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left, top, width, height].map(Math.round).join(' ');
  };
  const seen = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().height > 1;
  // A box to tick is pressed by its words too; a link or word in a sentence is exempt.
  const inSentence = (element: Element) =>
    element.matches('.word') ||
    (element.matches('p a, li a, dd a') &&
      (element.parentElement?.textContent ?? '').trim() !== (element.textContent ?? '').trim());
  const small = [
    ...document.querySelectorAll(
      'main :is(a, button, summary, select, textarea, input:not([type=radio], [type=checkbox], [type=hidden])), .simple__bar :is(a, button)',
    ),
  ]
    .filter((element) => seen(element) && !inSentence(element))
    .filter((element) => element.getBoundingClientRect().height < 68)
    .map(
      (element) =>
        `${element.localName}.${element.className}: ${element.textContent?.trim().slice(0, 40)} ${box(element)}`,
    );
  const yellow = [...document.querySelectorAll('.govuk-button:not(.govuk-button--secondary)')].filter(seen).length;
  return {
    three: [...document.querySelectorAll('.three li')].map((place) => `${place.textContent?.trim()} ${box(place)}`),
    small,
    yellow,
    menus: document.querySelectorAll('.main-nav, .site-footer, .site-header').length,
  };
}

describe.each([true, false])('JavaScript %s', (javaScriptEnabled) => {
  it('has help, back and stop in the same place on every page, one yellow button, and large targets', async () => {
    const device = await aSimpleDevice({ javaScriptEnabled });
    const page = await device.newPage();
    const found: unknown[] = [];
    let places: string[] | undefined;
    for (const address of PAGES) {
      await page.goto(address);
      const { three, small, yellow, menus } = await page.evaluate(looked);
      places ??= three;
      if (three.join() !== places.join() || three.length !== 3) found.push([address, three]);
      if (menus > 0 || yellow > 1 || small.length > 0) found.push([address, { menus, yellow, small }]);
      for (const fault of await sideways(page)) found.push([address, fault]);
    }
    expect(found).toEqual([]);
    await device.close();
  });

  it('leads through a whole lesson by keyboard, remembers the thought, and stops kindly', async () => {
    const device = await aSimpleDevice({ javaScriptEnabled });
    const page = await device.newPage();
    await page.goto('/learn/strong-auth-passwords/l2');
    const keyboard = new Keyboard(page);
    const said: string[] = [];
    const forward = words('common.forwards');
    for (let thoughts = 0; ; thoughts += 1) {
      expect(thoughts).toBeLessThan(20);
      said.push(((await page.textContent('.say')) ?? '').trim());
      if ((await page.locator('a.fwd').count()) === 0) break;
      await keyboard.press(forward);
    }
    expect(new Set(said).size).toBe(said.length);
    expect(said.length).toBeGreaterThan(3);

    await keyboard.press(words('common.backwards'));
    const left = (await page.textContent('.say'))?.trim();
    expect(left).toBe(said.at(-2));
    await keyboard.press(words('common.stopToday'));
    expect(await page.textContent('h1')).toBe(words('home.stop.heading'));
    await keyboard.press(words('home.stop.signOut'));

    const other = await aSimpleDevice({ javaScriptEnabled });
    const again = await other.newPage();
    await again.goto('/learn/strong-auth-passwords/l2');
    expect((await again.textContent('.say'))?.trim()).toBe(left);
    await new Keyboard(again).press(forward);
    await again.click('.fwd .govuk-button');
    expect(new URL(again.url()).pathname).toMatch(/^\/learn\/strong-auth-passwords\/(l2\/finished|l3)$/);
    await Promise.all([device.close(), other.close()]);
  });

  it('explains a hard word by one press, and folds it away by Escape', async () => {
    const device = await site.device({ javaScriptEnabled });
    await signIn(device, 'professional');
    const page = await device.newPage();
    await page.goto(`${COURSE}/l2`);
    const about = page.locator('.word__about').first();
    expect(await about.isVisible()).toBe(false);
    const keyboard = new Keyboard(page);
    await keyboard.open('tunnuslukuja');
    expect(await about.textContent()).toContain('Numerosarja');
    expect(await about.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await about.isVisible()).toBe(false);
    await device.close();
  });
});

it('is for everybody in three languages, in large letters, in the dark and with strong contrast', async () => {
  const found: string[] = [];
  const looks = [
    ['fi', { text_size: '3', contrast: 'strong', theme: 'light' }],
    ['sv', { text_size: '1', contrast: 'strong', theme: 'dark' }],
    ['en', { text_size: '0', contrast: 'ordinary', theme: 'dark' }],
  ] as const;
  for (const [language, look] of looks) {
    const device = await aSimpleDevice({ bypassCSP: true, viewport: { width: 320, height: 740 } }, look);
    await device.request.post('/language', { form: { lang: language, back: '/' }, maxRedirects: 0 });
    const page = await device.newPage();
    for (const address of PAGES) {
      await page.goto(address);
      const faults = [...(await axeFaults(page)), ...(await sideways(page))];
      found.push(...faults.map((fault) => `${language} ${address}: ${fault}`));
    }
    await device.request.post('/language', { form: { lang: 'fi', back: '/' }, maxRedirects: 0 });
    await device.close();
  }
  expect(found).toEqual([]);
});

it('looks as the device asks, unless the person chose otherwise, and shows a choice before it is saved', async () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const device = await aSimpleDevice({ colorScheme: 'dark', contrast: 'more' });
  const page = await device.newPage();
  await page.goto('/account/look');
  const asDevice = await ground(page);
  expect(asDevice).toBe('rgb(7, 6, 26)');
  await page.getByLabel(words('look.theme.light'), { exact: true }).check();
  expect(await ground(page)).toBe('rgb(255, 255, 255)');
  await page.check('#contrast-2');
  expect(await ground(page)).toBe('rgb(250, 248, 243)');
  await page.getByLabel(words('look.size.3'), { exact: true }).check();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  await page.goto('/account/look');
  expect(await ground(page)).toBe(asDevice);
  await device.close();
});

/** In place of the browser's voices, which a machine without a screen has none of. Each sentence ends when the test says. */
function fakeVoices(languages: string[]) {
  const spoken: { text: string; lang: string; rate: number }[] = [];
  let open: { onend?: () => void } | undefined;
  class Utterance {
    onend?: () => void;
    lang = '';
    rate = 1;
    constructor(readonly text: string) {}
  }
  const speech = {
    getVoices: () => languages.map((lang) => ({ lang, localService: true })),
    speak: (utterance: Utterance) => {
      open = utterance;
      spoken.push({ text: utterance.text, lang: utterance.lang, rate: utterance.rate });
    },
    cancel: () => {
      open = undefined;
    },
    addEventListener: () => undefined,
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  Object.assign(window, { SpeechSynthesisUtterance: Utterance, spoken, endSentence: () => open?.onend?.() });
}

type Voiced = typeof window & { spoken: { text: string; lang: string; rate: number }[]; endSentence(): void };

describe('reading aloud', () => {
  const spoken = (page: Page) => page.evaluate(() => (window as Voiced).spoken);
  const marked = (page: Page) =>
    page.evaluate(() => {
      const ranges = CSS.highlights.get('read-aloud') as unknown as Set<Range> | undefined;
      return [...(ranges ?? [])].map((range) => {
        const part = range.cloneContents();
        for (const about of part.querySelectorAll('.word__about')) about.remove();
        return (part.textContent ?? '').replace(/\s+/g, ' ');
      });
    });

  async function aListener(languages: string[], look?: Record<string, string>) {
    const device = await site.device();
    await device.addInitScript(fakeVoices, languages);
    await signIn(device, 'professional');
    const plain = { text_size: '0', contrast: 'device', theme: 'device', explains_words: 'yes', ...look };
    await device.request.post('/account/look', { form: plain, maxRedirects: 0 });
    const page = await device.newPage();
    await page.goto(`${COURSE}/l2`);
    return { device, page };
  }

  it('begins when asked, says and marks sentence after sentence, waits, slows down and stops', async () => {
    const { device, page } = await aListener(['fi-FI', 'en-US']);
    expect(await spoken(page)).toEqual([]);
    const text = await page.textContent('[data-read]');
    await page.click('[data-read-start]');
    const [first] = await spoken(page);
    expect(first).toMatchObject({ lang: 'fi', text: expect.stringMatching(/^Pysähdy ja mieti/) });
    expect(await marked(page)).toEqual([first?.text]);

    await page.evaluate(() => (window as Voiced).endSentence());
    const second = (await spoken(page)).at(-1);
    expect(second?.text).toMatch(/^kiire tai uhkaus/);
    expect(await marked(page)).toEqual([second?.text]);
    expect(await page.textContent('[data-read]')).toBe(text);

    await page.click('[data-read-pause]');
    await page.evaluate(() => (window as Voiced).endSentence());
    expect(await spoken(page)).toHaveLength(2);
    await page.click('[data-read-slow]');
    await page.click('[data-read-pause]');
    const again = (await spoken(page)).at(-1);
    expect([again?.text, (again?.rate ?? 1) < (second?.rate ?? 0)]).toEqual([second?.text, true]);

    for (let sentences = 0; (await page.locator('[data-read-stop]').isVisible()) && sentences < 40; sentences += 1)
      await page.evaluate(() => (window as Voiced).endSentence());
    const all = (await spoken(page)).map((one) => one.text);
    expect(all.join(' ')).not.toContain('Numerosarja');
    expect(await marked(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-read-start'))).toBe(true);
    expect(await page.locator('[aria-live], [role=status]').filter({ hasText: 'Pysähdy' }).count()).toBe(0);
    await device.close();
  });

  it.each([
    ['no voice speaks the language of the text', ['en-US'], {}],
    ['there is no voice', [], {}],
    ['the person listens by a screen reader', ['fi-FI'], { hears_pages: 'yes' }],
  ] as const)('is not offered when %s', async (_why, languages, look) => {
    const { device, page } = await aListener([...languages], look);
    expect(await page.locator('[data-read-start]').isVisible()).toBe(false);
    await device.close();
  });
});

it('prints each lesson of the demo on at most two A4, with a code that leads back to the step', async () => {
  const lessons = await lookUp<{ course: string; lesson: string; language: string }>(
    site.database,
    `select c.slug as course, l.slug as lesson, t.language from lessons l join courses c on c.id = l.course_id
     join lesson_texts t on t.lesson_id = l.id where l.published_at is not null and l.kind <> 'quiz'
       and t.language in ('fi', 'fi-x-selko') and c.exchange_id is not null order by 1, 2, 3`,
    [],
  );
  expect(lessons.length).toBeGreaterThan(10);
  const device = await site.device();
  await signIn(device, 'learner');
  const page = await device.newPage();
  const long: string[] = [];
  for (const { course, lesson, language } of lessons) {
    const here = `/learn/${course}/${lesson}`;
    const answer = await page.goto(`${here}/leaflet?language=${language}&at=spot-2`);
    if (answer?.status() === 404) continue;
    const address = `${site.url}${here}?at=spot-2`;
    expect(await page.textContent('.leaflet__address')).toBe(address);
    const drawn = await drawCode(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'Q' });
    const [, path] = /stroke="#000000" d="([^"]+)"/.exec(drawn) ?? [];
    expect(await page.getAttribute('.leaflet__code path[stroke]', 'd')).toBe(path);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    if (pages < 1 || pages > 2) long.push(`${here} ${language}: ${pages}`);
  }
  expect(long).toEqual([]);
  await device.close();

  // The code is opened on a phone where nobody has signed in: the step waits behind the sign-in.
  const phone = await site.device({ viewport: { width: 360, height: 740 } });
  const opened = await phone.newPage();
  await opened.goto(`${COURSE}/l2?at=spot-3`);
  await opened.fill('#username', 'professional');
  await opened.fill('#password', 'demo-oppiva');
  await opened.click('main button.govuk-button');
  expect(opened.url()).toBe(`${site.url}${COURSE}/l2#spot-3`);
  await phone.close();
});
