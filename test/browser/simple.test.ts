import type { BrowserContext, Page } from 'playwright-core';
import { lookUp } from '../support/demo-database';
import { readCode } from '../support/read-code';
import { axeFaults, contrastFaults, sideways } from './support/axe';
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

const PLAIN = { text_size: '0', contrast: 'device', theme: 'device', explains_words: 'yes' };

/** Aino's device, in simple mode and with this look. */
async function aSimpleDevice(
  options: Parameters<Site['device']>[0] = {},
  look?: Record<string, string>,
): Promise<BrowserContext> {
  const device = await site.deviceOf('learner', { viewport: { width: 360, height: 740 }, ...options });
  await device.request.post('/account/simple', { form: { simple: 'on', back: '/' }, maxRedirects: 0 });
  await device.request.post('/account/look', { form: { ...PLAIN, ...look }, maxRedirects: 0 });
  return device;
}

/** Does `work` with each address in its turn, in two tabs beside each other. */
async function inTabs(
  device: BrowserContext,
  addresses: string[],
  work: (page: Page, address: string) => Promise<void>,
) {
  const waiting = [...addresses];
  const tab = async () => {
    const page = await device.newPage();
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      await page.goto(address);
      await work(page, address);
    }
    await page.close();
  };
  await Promise.all([tab(), tab()]);
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

/** What is not as it should be on a page of simple mode; `places` holds where help, back and stop stand. */
async function faultsOf(page: Page, address: string, places: Map<string, string>): Promise<unknown[]> {
  const { three, small, yellow, menus } = await page.evaluate(looked);
  const here = three.join();
  if (!places.has('three')) places.set('three', here);
  const isOdd = here !== places.get('three') || three.length !== 3 || menus > 0 || yellow > 1 || small.length > 0;
  return [...(isOdd ? [[address, { three, menus, yellow, small }]] : []), ...(await sideways(page))];
}

const LOOKS = [
  ['fi', { text_size: '3', contrast: 'strong', theme: 'light' }],
  ['sv', { text_size: '1', contrast: 'strong', theme: 'dark' }],
  ['en', { text_size: '0', contrast: 'ordinary', theme: 'dark' }],
] as const;

it.each(LOOKS)(
  'has help, back and stop in the same place on every page, one yellow button and large targets, and is for everybody: %s %j',
  async (language, look) => {
    const device = await aSimpleDevice({ viewport: { width: 320, height: 740 } }, look);
    await device.request.post('/language', { form: { lang: language, back: '/' }, maxRedirects: 0 });
    const places = new Map<string, string>();
    const found: unknown[] = [];
    await inTabs(device, PAGES, async (page, address) => {
      found.push(...(await faultsOf(page, address, places)));
      // What stands on a page is the same in each language and look; its colours are not.
      const faults = language === 'fi' ? await axeFaults(page) : await contrastFaults(page);
      found.push(...faults.map((fault) => `${address}: ${fault}`));
    });
    expect(found).toEqual([]);
    await device.request.post('/language', { form: { lang: 'fi', back: '/' }, maxRedirects: 0 });
    await device.close();
  },
);

it('has them in their places without scripts too', async () => {
  const device = await aSimpleDevice({ javaScriptEnabled: false });
  const places = new Map<string, string>();
  const found: unknown[] = [];
  await inTabs(device, PAGES, async (page, address) => {
    found.push(...(await faultsOf(page, address, places)));
  });
  expect(found).toEqual([]);
  await device.close();
});

describe.each([true, false])('JavaScript %s', (javaScriptEnabled) => {
  it('leads through a whole lesson by keyboard, remembers the thought, and stops kindly', async () => {
    await (await aSimpleDevice()).close();
    // A session of its own: at the end the person signs out.
    const device = await site.device({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
    await signIn(device, 'learner');
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
    const device = await site.deviceOf('professional', { javaScriptEnabled });
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
    const device = await site.deviceOf('professional');
    await device.addInitScript(fakeVoices, languages);
    await device.request.post('/account/look', { form: { ...PLAIN, ...look }, maxRedirects: 0 });
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

/** Runs in the page: puts the leaflets at these addresses in place of this one, and says how tall each is on paper, in pixels. */
async function heightsOf(addresses: string[]): Promise<{ address: string; height: number; said: string }[]> {
  const measured: { address: string; height: number; said: string }[] = [];
  const texts = await Promise.all(addresses.map((address) => fetch(address).then((response) => response.text())));
  for (const [index, text] of texts.entries()) {
    const leaflet = new DOMParser().parseFromString(text, 'text/html').querySelector('.leaflet');
    if (!leaflet) continue;
    document.querySelector('.leaflet')?.replaceWith(leaflet);
    const said = leaflet.querySelector('.leaflet__address')?.textContent ?? '';
    measured.push({ address: addresses[index] ?? '', height: leaflet.getBoundingClientRect().height, said });
  }
  return measured;
}

it('prints each lesson of the demo on at most two A4, with a code that a camera reads and that leads back to the step', async () => {
  const lessons = await lookUp<{ here: string; language: string }>(
    site.database,
    `select '/learn/' || c.slug || '/' || l.slug as here, t.language from lessons l join courses c on c.id = l.course_id
     join lesson_texts t on t.lesson_id = l.id where l.published_at is not null and l.kind <> 'quiz'
       and t.language in ('fi', 'fi-x-selko') and c.exchange_id is not null order by 1, 2`,
    [],
  );
  expect(lessons.length).toBeGreaterThan(10);
  // As wide as the paper is between its margins.
  const device = await site.deviceOf('professional', { viewport: { width: 673, height: 1016 } });
  const page = await device.newPage();
  const leaflet = ({ here, language }: { here: string; language: string }) =>
    `${here}/leaflet?language=${language}&at=spot-2`;
  await page.goto(`${COURSE}/l2/leaflet?at=spot-3`);
  const picture = await page.locator('.leaflet__code').screenshot();

  await page.emulateMedia({ media: 'print' });
  const measured = await page.evaluate(heightsOf, lessons.map(leaflet));
  expect(measured.length).toBeGreaterThan(10);
  for (const { address, said } of measured) expect(said).toBe(`${site.url}${address.split('/leaflet')[0]}?at=spot-2`);
  // The tallest ones are printed: what is shorter has room there too.
  const tallest = measured.toSorted((a, b) => b.height - a.height).slice(0, 3);
  const printed = await device.newPage();
  for (const { address } of tallest) {
    await printed.goto(address);
    const pdf = (await printed.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
    expect([address, pages <= 2, Math.round(Number(width)), Math.round(Number(height))]).toEqual([
      address,
      true,
      595,
      842,
    ]);
  }
  await device.close();

  // The code is read and opened on a phone where nobody has signed in: the step waits behind the sign-in.
  const read = await readCode(picture);
  expect(read).toBe(`${site.url}${COURSE}/l2?at=spot-3`);
  const phone = await site.device({ viewport: { width: 360, height: 740 } });
  const opened = await phone.newPage();
  await opened.goto(read ?? '');
  await opened.fill('#username', 'professional');
  await opened.fill('#password', 'demo-oppiva');
  await opened.click('main button.govuk-button');
  expect(opened.url()).toBe(`${site.url}${COURSE}/l2#spot-3`);
  await phone.close();
});
