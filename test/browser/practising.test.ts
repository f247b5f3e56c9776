import type { BrowserContext, Page } from 'playwright-core';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('practising');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

/** A page of the demo's learner in a browser without JavaScript. */
async function arrive(address: string): Promise<Page> {
  const device: BrowserContext = await site.device({ javaScriptEnabled: false });
  await signIn(device, 'learner');
  const page = await device.newPage();
  await page.goto(address);
  return page;
}

it('practises by keyboard from the choice of a skill to what it told, and tells it in words only', async () => {
  const page = await arrive('/skills/practice');
  const keyboard = new Keyboard(page);

  await keyboard.press(words('practice.start'));
  expect(await page.textContent('.govuk-error-summary')).toContain(words('practice.code.missing'));
  const first = (await page.locator('main .govuk-radios__label').first().textContent()) ?? '';
  await page.goto('/skills/practice');
  await keyboard.mark(first.trim());
  await keyboard.press(words('practice.start'));

  // An answer that was left out is asked for kindly; what was answered is told of at once.
  await keyboard.press(words('quizzes.answer'));
  expect(await page.locator('.govuk-error-summary a').count()).toBe(1);
  const here = page.url();
  let answers = 0;
  for (; !(await page.locator('main a[href="/skills/practice"].govuk-button').count()); answers += 1) {
    expect(answers).toBeLessThan(12);
    expect(await page.textContent('main')).toContain(words('practice.question', { number: answers + 1 }));
    // A choice among the others where one chooses, a button of its own where one writes or puts in order.
    const isButton = (await page.getByRole('button', { name: words('quizzes.dontKnow') }).count()) > 0;
    if (!isButton) await keyboard.mark(words('quizzes.dontKnow'));
    await keyboard.press(words(isButton ? 'quizzes.dontKnow' : 'quizzes.answer'));
    expect(page.url()).toMatch(/\/answers\//);
    await keyboard.press(new RegExp(`^(${words('quizzes.next')}|${words('practice.toResult')})$`));
    expect(page.url()).toBe(here);
  }
  expect(answers).toBeGreaterThan(0);

  const told = await page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true) as HTMLElement;
    for (const asked of copy.querySelectorAll(
      '[aria-labelledby=went-well], [aria-labelledby=practise], [aria-labelledby=lessons]',
    ))
      asked.remove();
    return copy.textContent ?? '';
  });
  expect(told).toContain(words('practice.result.start'));
  expect(told).not.toMatch(/\d\s*%|\d\s*\/\s*\d|pistet/i);

  // Back at an answered question nothing changes.
  await page.goBack();
  await page.goto(here);
  expect(await page.locator('main form[action$="/end"]').count()).toBe(0);
  await page.context().close();
});

it('asks to be forgotten and takes it back, by keyboard', async () => {
  const page = await arrive('/account/data');
  const keyboard = new Keyboard(page);
  await keyboard.open(words('privacy.erasure.open'));
  await keyboard.press(words('privacy.erasure.ask'));
  expect(await page.locator('.govuk-error-summary a').count()).toBe(1);

  await keyboard.mark(words('privacy.erasure.sure'));
  await keyboard.press(words('privacy.erasure.ask'));
  expect(await page.textContent('.notice')).toContain(words('privacy.saved.erasure'));
  const back = page.getByRole('button', { name: words('privacy.erasure.back'), exact: true });
  await page.reload();
  expect(await back.count()).toBe(1);

  await keyboard.press(words('privacy.erasure.back'));
  expect(await page.textContent('.notice')).toContain(words('privacy.saved.back'));
  await page.goto('/account/data');
  expect(await back.count()).toBe(0);
  await page.context().close();
});
