import type { BrowserContext, Page } from 'playwright-core';
import { translator } from '../../src/lib/i18n';
import { axeFaults, sideways } from './support/axe';
import { gatherStates } from './support/gathered';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

/** The demo's course with a question of each type, in this order. */
const QUIZ = '/learn/try-tasks/quiz/questions';
const ORDER = ['matching', 'ordering', 'cloze', 'numeric', 'hotspot', 'shorttext', 'scenario'];

let site: Site;
beforeAll(async () => {
  site = await openSite('question_types');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const heading = (page: Page) => page.textContent('.feedback h2');
const right = () => words('quizzes.feedback.right');

async function open(device: BrowserContext, number: number): Promise<Page> {
  const page = await device.newPage();
  await page.goto(`${QUIZ}/${number}`);
  return page;
}

const answer = (page: Page) => page.getByRole('button', { name: words('quizzes.answer'), exact: true }).click();

const PAIRS: [left: string, right: string][] = [
  ['Tietojenkalastelu', 'Viestillä yritetään saada sinulta tunnuksia tai korttitietoja.'],
  ['Vahva tunnistautuminen', 'Todistat palvelulle kahdella eri tavalla, kuka olet.'],
  ['Kaksivaiheinen kirjautuminen', 'Salasanan lisäksi tarvitset esimerkiksi koodin puhelimesta.'],
  ['Salasanojen hallintaohjelma', 'Ohjelma, joka tekee ja muistaa salasanat puolestasi.'],
];
const STEPS = [/kela\.fi/, /OmaKelaan/, /oman pankkini/, /käyttäjätunnukseni/, /ja vahvistan/];

describe('with a mouse, without JavaScript', () => {
  let device: BrowserContext;
  beforeAll(async () => {
    device = await site.device({ javaScriptEnabled: false });
    await signIn(device, 'learner');
  });
  afterAll(() => device?.close());

  it('matches pairs by lists; what is not all right keeps its part', async () => {
    const page = await open(device, 1);
    for (const [left, pair] of PAIRS.slice(0, 2)) await page.getByLabel(left).selectOption({ label: pair });
    await answer(page);
    expect(await heading(page)).toBe(words('quizzes.feedback.partly'));
    await page.goto(`${QUIZ}/1`);
    for (const [left, pair] of PAIRS) await page.getByLabel(left).selectOption({ label: pair });
    await answer(page);
    expect(await heading(page)).toBe(right());
  });

  it('orders by presses of up, each of which shows the page again as it then stands', async () => {
    const page = await open(device, 2);
    for (const [place, step] of STEPS.entries()) {
      const at = async () => (await page.locator('.order li').allTextContents()).findIndex((text) => step.test(text));
      for (let now = await at(); now > place; now = await at()) {
        await page
          .locator('.order li')
          .nth(now)
          .getByRole('button', { name: words('authoring.up') })
          .click();
        expect(await at()).toBe(now - 1);
      }
    }
    await answer(page);
    expect(await heading(page)).toBe(right());
  });

  it('fills gaps, and tells of a slip', async () => {
    const page = await open(device, 3);
    await page.locator('#gap_1').fill('Pankkitunuksia');
    await page.locator('#gap_2').fill(' LOPETA ');
    await page.locator('#gap_3').fill('numeroon');
    await answer(page);
    expect(await heading(page)).toBe(right());
    expect(await page.textContent('main')).toContain(words('quizzes.spelling'));
  });

  it('asks again kindly for a number, and takes one with its unit', async () => {
    const page = await open(device, 4);
    await page.locator('#number').fill('kaksikymmentä');
    await answer(page);
    expect(await page.textContent('.govuk-error-summary')).toContain(words('quizzes.numeric.notNumber'));
    expect(await page.inputValue('#number')).toBe('kaksikymmentä');
    await page.locator('#number').fill('29 merkkiä');
    await answer(page);
    expect(await heading(page)).toBe(right());
  });

  it('takes a press on a place of the picture, on a narrow screen too', async () => {
    const page = await open(device, 5);
    await page.setViewportSize({ width: 320, height: 640 });
    const number = (await page.locator('label', { hasText: 'Osoite ylärivillä' }).textContent())?.trim()[0];
    await page.locator(`[data-spot="${number}"] .spot__press`).click({ force: true });
    expect(await page.getByLabel('Osoite ylärivillä').isChecked()).toBe(true);
    await answer(page);
    expect(await heading(page)).toBe(right());
  });

  it('shows a model answer and lets one say whether it was the same', async () => {
    const page = await open(device, 6);
    await page.locator('#text').fill('Sanon, ettei kannata avata linkkiä.');
    await answer(page);
    expect(await heading(page)).toBe(words('quizzes.feedback.unjudged'));
    await page.getByLabel(words('quizzes.shorttext.same.yes'), { exact: true }).check();
    await page.getByRole('button', { name: words('common.save') }).click();
    expect(await heading(page)).toBe(right());
  });

  it('goes through a story, back a step, and to another end', async () => {
    const page = await open(device, 7);
    const goOn = async (choice: RegExp) => {
      await page.getByLabel(choice).check();
      await page.getByRole('button', { name: words('quizzes.goOn'), exact: true }).click();
    };
    await goOn(/^Kuuntelen/);
    await goOn(/^Luen, mitä/);
    await page.getByRole('link', { name: words('quizzes.scenario.back') }).click();
    await goOn(/^Hyväksyn pyynnön/);
    expect(await heading(page)).toBe(words('quizzes.feedback.missed'));
    expect(await page.locator('.way li').count()).toBe(2);
    await page.getByRole('link', { name: words('quizzes.scenario.another') }).click();
    await goOn(/^Sanon, että soitan/);
    expect(await heading(page)).toBe(right());
  });
});

describe('with a keyboard only, with JavaScript', () => {
  let device: BrowserContext;
  beforeAll(async () => {
    device = await site.device();
    await signIn(device, 'expert');
  });
  afterAll(() => device?.close());

  const at = async (number: number) => new Keyboard(await open(device, number));

  it('matches pairs', async () => {
    const keyboard = await at(1);
    const lefts = await keyboard.page.locator('.pairs__left').allTextContents();
    for (const left of lefts) {
      await keyboard.tabTo(left);
      await keyboard.page.keyboard.type(PAIRS.find(([name]) => name === left)?.[1].slice(0, 12) ?? '');
    }
    await keyboard.press(words('quizzes.answer'));
    expect(await heading(keyboard.page)).toBe(right());
  });

  it('orders without a page between; the focus stays and the move is said', async () => {
    const keyboard = await at(2);
    const { page } = keyboard;
    const address = page.url();
    for (const [place, step] of STEPS.entries()) {
      const now = (await page.locator('.order li').allTextContents()).findIndex((text) => step.test(text));
      const select = page.locator('.order li').nth(now).locator('select');
      if (now === place) continue;
      const id = (await select.getAttribute('id')) as string;
      await select.focus();
      await page.keyboard.type(String(place + 1));
      await page.waitForFunction(
        ([index, moved]) => document.querySelectorAll('.order select')[index as number]?.id === moved,
        [place, id] as const,
        { timeout: 3000 },
      );
      expect(await page.textContent('[data-order-said]')).toMatch(`${place + 1} / 5`);
    }
    await page.locator('.order li').first().locator('button').last().focus();
    await page.keyboard.press('Enter');
    expect((await page.locator('.order li').allTextContents())[1]).toMatch(STEPS[0] as RegExp);
    await page.locator('.order li').nth(1).locator('button').first().focus();
    await page.keyboard.press('Enter');
    expect(await keyboard.focused()).toMatchObject({ name: expect.stringMatching(/^Ylös.*kela\.fi/), hidden: '' });
    expect(page.url()).toBe(address);
    await keyboard.press(words('quizzes.answer'));
    expect(await heading(page)).toBe(right());
  });

  it('fills gaps, writes a number and an answer of its own', async () => {
    let keyboard = await at(3);
    for (const [gap, text] of ['tunnuksia', 'katkaise', 'numeroon'].entries()) {
      await keyboard.fill(new RegExp(`${words('quizzes.cloze.gap')} ?${gap + 1}$`), text);
    }
    await keyboard.press(words('quizzes.answer'));
    expect(await heading(keyboard.page)).toBe(right());

    keyboard = await at(4);
    await keyboard.fill(/^Salasana on tehty/, '29');
    await keyboard.press(words('quizzes.answer'));
    expect(await heading(keyboard.page)).toBe(right());

    keyboard = await at(6);
    await keyboard.fill(/^Ystäväsi saa viestin/, 'Poista viesti.');
    await keyboard.press(words('quizzes.answer'));
    await keyboard.mark(words('quizzes.shorttext.same.partly'));
    await keyboard.press(words('common.save'));
    expect(await heading(keyboard.page)).toBe(words('quizzes.feedback.partly'));
  });

  it('chooses a place by its name, and a way through a story', async () => {
    let keyboard = await at(5);
    await keyboard.mark(/Osoite ylärivillä/);
    await keyboard.press(words('quizzes.answer'));
    expect(await heading(keyboard.page)).toBe(right());

    keyboard = await at(7);
    await keyboard.mark(/^Kysyn hänen/);
    await keyboard.press(words('quizzes.goOn'));
    await keyboard.mark(/^Lopetan silti/);
    await keyboard.press(words('quizzes.goOn'));
    expect(await heading(keyboard.page)).toBe(right());
  });

  it('shows the answer to who does not know', async () => {
    const keyboard = await at(2);
    await keyboard.press(words('quizzes.dontKnow'));
    expect(await heading(keyboard.page)).toBe(words('quizzes.feedback.unknown'));
  });
});

describe('with a mouse, with JavaScript', () => {
  let device: BrowserContext;
  beforeAll(async () => {
    // Tall: a drag goes from card to place without scrolling.
    device = await site.device({ viewport: { width: 1280, height: 1600 } });
    await signIn(device, 'coordinator');
  });
  afterAll(() => device?.close());

  it('drags pairs to their places; the lists hold them, and what was dragged may be changed', async () => {
    const page = await open(device, 1);
    const place = (left: string) => page.locator('[data-pairs] > li', { hasText: left });
    const card = (text: string) => page.locator('.pairs-tray li', { hasText: text });
    const [first, second] = PAIRS;
    await card(second?.[1] ?? '').dragTo(place(first?.[0] ?? ''));
    expect(
      await place(first?.[0] ?? '')
        .locator('select option:checked')
        .textContent(),
    ).toBe(second?.[1]);
    await card(first?.[1] ?? '').dragTo(page.locator('h1'));
    for (const [left, right] of PAIRS) await card(right).dragTo(place(left));
    expect(await page.locator('.pairs-tray .is-used').count()).toBe(PAIRS.length);
    await answer(page);
    expect(await heading(page)).toBe(right());
    await page.goto(`${QUIZ}/1`);
    expect(await page.locator('.pairs-tray .is-used').count()).toBe(PAIRS.length);
  });

  it('drags steps into their order', async () => {
    const page = await open(device, 2);
    for (const [at, step] of STEPS.entries()) {
      const from = page.locator('.order li', { hasText: step });
      const onto = page.locator('.order li').nth(at);
      if (!step.test((await onto.textContent()) ?? '')) await from.dragTo(onto);
    }
    const order = await page.locator('.order li').allTextContents();
    expect(order.map((text) => STEPS.findIndex((step) => step.test(text)))).toEqual([0, 1, 2, 3, 4]);
    expect(
      await page.locator('.order select').evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value)),
    ).toEqual(['1', '2', '3', '4', '5']);
    await answer(page);
    expect(await heading(page)).toBe(right());
  });
});

it.each(['fi', 'sv', 'en'] as const)(
  'looked at by axe at 320 pixels in %s, each as a question, a fault and a feedback to who does not know',
  async (language) => {
    const device = await site.device({ viewport: { width: 320, height: 640 } });
    await signIn(device, 'supervisor');
    await device.request.post('/language', { form: { lang: language } });
    const page = await open(device, 1);
    const states = await page.evaluate(gatherStates, { quiz: QUIZ, count: ORDER.length });
    const say = translator(language);
    for (const [index, [question, fault, feedback]] of states.entries()) {
      expect([index, question]).toEqual([index, expect.objectContaining({ faults: 0 })]);
      // An order is always an answer.
      expect([index, fault?.faults]).toEqual([index, ORDER[index] === 'ordering' ? 0 : 1]);
      expect([index, feedback?.heading]).toEqual([index, say('quizzes.feedback.unknown')]);
    }
    // The choice of language is a landmark of each page, and so many of them stand on this one.
    const found = (await axeFaults(page)).filter((fault) => !fault.startsWith('landmark-unique '));
    expect([...found, ...(await sideways(page))]).toEqual([]);
    await device.close();
  },
);

it('are written without JavaScript: each type is added, named what it lacks, and tried as a learner would', async () => {
  const device = await site.device({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  await signIn(device, 'professional');
  const page = await device.newPage();
  await page.goto('/write');
  await page
    .getByRole('link', { name: words('authoring.new') })
    .first()
    .click();
  await page.locator('input[name=kind][value=quiz]').check();
  await page.locator('#title').fill('Kaikki lajit');
  await page.locator('select[name=course]').selectOption({ index: 1 });
  await page.locator('main form button.govuk-button').click();
  const editor = page.url();
  for (const type of ORDER) {
    await page.locator('#question_type').selectOption(type);
    await page.locator('button[value=add-question]').click();
  }
  await page.locator('input[type=file]').setInputFiles('public/images/tasks/browser-address.webp');
  await page.locator('button[value^="picture:"]').click();
  expect(await page.locator('.spots img').getAttribute('src')).toMatch(/^\/files\//);
  await page.locator('button[value$=":steps"]').click();
  expect(await page.locator('button[value*=":steps/"][value^="remove-row"]').count()).toBe(4);
  await page.locator('textarea[name$="_text_fi"]').first().fill('Soita [pankkiin].');
  await page.locator('button[value=submit]').click();
  const faults = await page
    .locator('.govuk-error-summary a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(faults.length).toBeGreaterThan(15);
  expect(await page.locator(faults.join(',')).count()).toBe(faults.length);
  expect(await sideways(page)).toEqual([]);
  expect(await page.inputValue('textarea[name$="_text_fi"] >> nth=0')).toBe('Soita [pankkiin].');

  const looked = await site.device({ viewport: { width: 320, height: 640 } });
  await signIn(looked, 'professional');
  const seen = await looked.newPage();
  await seen.goto(editor);
  expect(await axeFaults(seen)).toEqual([]);
  await seen.goto(`${editor}/preview`);
  expect([...(await axeFaults(seen)), ...(await sideways(seen))]).toEqual([]);

  await page.goto(editor);
  await page
    .getByRole('link', { name: words('authoring.tryQuestion') })
    .nth(ORDER.indexOf('cloze') + 1)
    .click();
  await page.locator('#gap_1').fill('pankkiin');
  await answer(page);
  expect(await heading(page)).toBe(right());
  await Promise.all([device.close(), looked.close()]);
});
