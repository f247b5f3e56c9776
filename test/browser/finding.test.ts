import type { Page } from 'playwright-core';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('finding');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

async function arrive(address: string, javaScriptEnabled: boolean): Promise<Page> {
  const device = await site.device({ javaScriptEnabled });
  await signIn(device, 'learner');
  const page = await device.newPage();
  await page.goto(address);
  return page;
}

/** axe needs scripts, so states are looked at in a second page of a browser with them. */
async function looksRight(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await sideways(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe.each([true, false])('with JavaScript: %s', (hasScript) => {
  it('goes on from the exact place, searches, narrows down and takes a choice away', async () => {
    const page = await arrive('/learn', hasScript);
    expect(await page.locator('.next-step a.govuk-button').getAttribute('href')).toMatch(/^\/learn\/[\w-]+\/\w+/);
    await page.fill('#q', 'salsana');
    await page.click('form[role=search] button');
    expect(await page.textContent('.meant')).toContain('salasana');
    expect(await page.locator('.find mark').first().textContent()).toMatch(/salasan/i);
    const all = await page.locator('.find').count();
    await page.click(`.choices a:has-text("${words('finding.kind.lesson')}")`);
    const told = Number(/\((\d+)\)/.exec((await page.textContent('.choices a[aria-current]')) ?? '')?.[1]);
    expect(await page.locator('.find').count()).toBe(told);
    expect(page.url()).toContain('kind=lesson');
    if (hasScript) await looksRight(page);
    await page.click('.chip');
    expect(await page.locator('.find').count()).toBe(all);
    await page.fill('#q', 'qqqqqqqq');
    await page.click('form[role=search] button');
    expect(await page.textContent('.empty')).toContain(words('finding.nothing.text'));
    if (hasScript) await looksRight(page);
  });

  it('keeps a lesson with one press, takes it back, and finds it on the page of all', async () => {
    const page = await arrive('/learn/strong-auth-passwords/l1', hasScript);
    await page.click(`button:has-text("${words('notebook.bookmark.add')}")`);
    expect(await page.textContent('.notice')).toContain(words('notebook.bookmark.added'));
    await page.goto('/bookmarks');
    expect(await page.locator('.find a[href="/learn/strong-auth-passwords/l1"]').count()).toBe(1);
    await page.goto('/learn/strong-auth-passwords/l1?kept=yes');
    await page.click(`.notice button:has-text("${words('notebook.undo')}")`);
    expect(await page.textContent('.notice')).toContain(words('notebook.bookmark.removed'));
    await page.goto('/bookmarks');
    expect(await page.locator('.find a[href="/learn/strong-auth-passwords/l1"]').count()).toBe(0);
    if (hasScript) await looksRight(page);
  });

  it('writes a note, keeps what was typed when it is refused, finds it and takes it away', async () => {
    const page = await arrive('/learn/strong-auth-passwords/l2/note', hasScript);
    await page.click('main form button.govuk-button');
    expect(await page.textContent('.govuk-error-message')).toContain(words('notebook.note.missing'));
    if (hasScript) await looksRight(page);
    const note = `Kysy Helenalta ${hasScript}`;
    await page.fill('textarea', note);
    await page.click('main form button.govuk-button');
    expect(await page.textContent('main')).toContain(note);
    await page.goto(`/notes?q=${encodeURIComponent(note)}`);
    expect(await page.locator('.note-words').count()).toBe(1);
    if (hasScript) await looksRight(page);
    await page.click(`.find button:has-text("${words('common.remove')}")`);
    await page.goto(`/notes?q=${encodeURIComponent(note)}`);
    expect(await page.locator('.note-words').count()).toBe(0);
  });

  it('chooses how to be told, and hears kindly what is amiss', async () => {
    const page = await arrive('/notifications/settings', hasScript);
    await page.selectOption('#quiet_from', '22:00');
    await page.selectOption('#quiet_to', '');
    await page.click('main form button.govuk-button');
    expect(await page.textContent('.govuk-error-message')).toContain(words('notifications.settings.quietBoth'));
    if (hasScript) await looksRight(page);
    await page.selectOption('#quiet_to', '07:00');
    await page.locator('input[name=rhythm][value=week]').check({ force: true });
    await page.click('main form button.govuk-button');
    expect(page.url()).toContain('saved=yes');
    expect(await page.locator('input[name=rhythm]:checked').inputValue()).toBe('week');
    if (hasScript) await looksRight(page);
  });
});
