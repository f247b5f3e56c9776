import type { BrowserContext, Page } from 'playwright-core';
import { axeFaults } from './support/axe';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('together');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const TITLE = 'Kun laite on lainassa';
const QUOTE = 'tallennetaanko salasana, vastaa ei';

async function at(device: BrowserContext, address: string): Promise<Page> {
  const page = await device.newPage();
  await page.goto(address);
  return page;
}

/** The comments of the demo's draft that waits for the expert. */
async function atComments(javaScriptEnabled: boolean): Promise<Page> {
  const page = await at(await site.deviceOf('expert', { javaScriptEnabled }), '/write');
  await page.getByRole('link', { name: TITLE }).first().click();
  await page.getByRole('link', { name: words('together.link.comments'), exact: true }).click();
  return page;
}

async function send(page: Page, body: string): Promise<void> {
  await page.fill('#body', body);
  await page.getByRole('button', { name: words('together.comments.send') }).click();
  expect(await page.textContent('.notice')).toContain(words('together.done.said'));
}

it('says something of words that are painted with a pointer', async () => {
  const page = await atComments(true);
  // What is painted before the script has come is not heard.
  await page.waitForLoadState('load');
  await page.evaluate((quote) => {
    for (const words of document.querySelectorAll('[data-piece]')) {
      const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.textContent?.indexOf(quote) ?? -1;
        if (start >= 0) getSelection()?.setBaseAndExtent(node, start, node, start + quote.length);
      }
    }
  }, QUOTE);
  await page.getByText(words('together.comments.sayOfThis')).click();
  expect(await page.textContent('#say .quoted')).toBe(QUOTE);
  expect(await axeFaults(page)).toEqual([]);
  await send(page, 'Miksi ei?');
  expect(await page.locator('mark').allTextContents()).toContain(QUOTE);
});

it('says something of a sentence that is chosen, answers and settles, without scripts', async () => {
  const page = await atComments(false);
  await page.locator('.passage__say a').nth(1).click();
  await page.getByRole('button', { name: words('together.comments.send') }).click();
  expect(await page.textContent('.govuk-error-summary')).toContain(words('together.comment.missing'));
  expect(await axeFaults(page)).toEqual([]);
  await page.locator('#say input[type=radio]').nth(1).check();
  await send(page, 'Hyvä alku.');
  const thread = page.locator('.draft-thread', { hasText: 'Hyvä alku.' });
  await thread.getByRole('link', { name: words('together.comments.answer') }).click();
  await thread.locator('textarea').fill('Sovitaan niin.');
  await thread.getByRole('button', { name: words('together.comments.sendAnswer') }).click();
  await thread.getByRole('button', { name: words('together.comments.resolve') }).click();
  expect(await page.locator('.draft-thread', { hasText: 'Hyvä alku.' }).count()).toBe(0);
  await page.getByRole('link', { name: words('together.comments.showSettled') }).click();
  expect(await page.locator('.is-settled', { hasText: 'Sovitaan niin.' }).count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
});

it('is tried by a learner who was asked: a stop by one press, taken back, and the end', async () => {
  const page = await at(await site.deviceOf('learner', { javaScriptEnabled: false }), '/testing');
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: words('together.trying.yes') }).click();
  await page.locator('.trying__stop summary').first().click();
  await page
    .getByRole('button', { name: words('together.why.hard_word') })
    .first()
    .click();
  expect(await page.textContent('.trying__mark')).toContain(words('together.why.hard_word'));
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: words('together.trying.undo') }).click();
  expect(await page.locator('.trying__mark').count()).toBe(0);
  await page.getByRole('button', { name: words('together.trying.finished') }).click();
  expect(await page.textContent('h1')).toBe(words('together.trying.thanks'));
  expect(await axeFaults(page)).toEqual([]);
});
