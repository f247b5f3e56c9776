import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('asking');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

const LESSON = '/learn/recognise-scam-messages/l2';

it.each([true, false])(
  'asks under a lesson, gets an answer, changes it and takes it back: JavaScript %s',
  async (javaScriptEnabled) => {
    const home = await site.device({ javaScriptEnabled, viewport: { width: 360, height: 800 } });
    await signIn(home, 'learner');
    const page = await home.newPage();
    await page.goto(`${LESSON}/discussion`);
    await page.click('#say button.govuk-button');
    expect(await page.textContent('.govuk-error-summary')).toContain(words('discussions.body.missing'));
    const said = `Mistä tiedän tämän? ${javaScriptEnabled}`;
    await page.fill('#body', said);
    await page.click('#say button.govuk-button');
    expect(await page.textContent('.notice')).toContain(words('discussions.saved.said'));

    const other = await site.device({ javaScriptEnabled });
    await signIn(other, 'expert');
    const desk = await other.newPage();
    await desk.goto(`${LESSON}/discussion`);
    const thread = desk.locator('.thread', { hasText: said });
    await thread.getByRole('link', { name: words('discussions.answer.link') }).click();
    await desk.fill('#body', 'Kysy pankista.');
    await desk.click('#say button.govuk-button');
    expect(await thread.textContent()).toContain('Kysy pankista.');
    for (const where of [page, desk]) expect(await axeFaults(where)).toEqual([]);

    await page.goto('/notifications');
    expect(await page.textContent('main')).toContain(words('notifications.kind.discussion.said').split('{')[0] ?? '?');
    await page.goto(`${LESSON}/discussion`);
    const own = page.locator('.thread', { hasText: said });
    await own.getByRole('button', { name: words('discussions.remove') }).click();
    expect(await own.count()).toBe(0);
    await page.locator('.notice button').click();
    expect(await own.textContent()).toContain('Kysy pankista.');
    expect(await sideways(page)).toEqual([]);
    await Promise.all([home.close(), other.close()]);
  },
);

it.each([true, false])(
  'reaches a helper with the place, and tells how a lesson was in two presses: JavaScript %s',
  async (javaScriptEnabled) => {
    const home = await site.device({ javaScriptEnabled, viewport: { width: 360, height: 800 } });
    await signIn(home, 'learner');
    const page = await home.newPage();
    await page.goto(`/help?place=${encodeURIComponent('/learn/recognise-scam-messages/l1')}`);
    await page.fill('#message', `Missä osoite näkyy? ${javaScriptEnabled}`);
    await page.locator('input[name=to]:not([value=""])').first().check();
    expect(await axeFaults(page)).toEqual([]);
    await page.click('main button.govuk-button:not(.govuk-button--secondary)');
    expect(await page.textContent('.notice')).toContain(words('support.sent'));

    const other = await site.device({ javaScriptEnabled });
    await signIn(other, 'expert');
    const desk = await other.newPage();
    await desk.goto('/help/asked');
    await desk
      .locator('article', { hasText: `${javaScriptEnabled}` })
      .getByRole('link')
      .first()
      .click();
    await desk.fill('#body', 'Paina nimeä.');
    await desk.click('main button.govuk-button:not(.govuk-button--secondary)');
    expect(await desk.textContent('main')).toContain('Paina nimeä.');
    expect(await axeFaults(desk)).toEqual([]);

    await page.goto(LESSON);
    const label = javaScriptEnabled ? 'feedback.useful.2' : 'feedback.change';
    if (javaScriptEnabled) await page.getByRole('button', { name: words(label) }).click();
    else await page.getByRole('link', { name: words(label) }).click();
    await page.getByLabel(words('feedback.what.clear')).check();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: words('feedback.send') }).click();
    expect(await page.textContent('.notice')).toContain(words('feedback.thanks'));
    await Promise.all([home.close(), other.close()]);
  },
);
