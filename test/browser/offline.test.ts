import type { BrowserContext, Page } from 'playwright-core';
import { translator } from '../../src/lib/i18n';
import { lookUp } from '../support/demo-database';
import { axeFaults, sideways } from './support/axe';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('offline');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

/** A device that keeps pages, with somebody signed in. */
async function aDevice(username: string): Promise<{ device: BrowserContext; page: Page }> {
  const device = await site.device({ serviceWorkers: 'allow' });
  await signIn(device, username);
  const page = await device.newPage();
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return { device, page };
}

/** A course with a read lesson before a quiz that the person may answer now. */
async function aQuizFor(username: string) {
  const [row] = await lookUp<{ course: string; quiz: string; lesson: string }>(
    site.database,
    `select c.slug as course, q.slug as quiz,
       (select slug from lessons l where l.course_id = c.id and l.kind = 'text' and l.published_at is not null
         and l.audience = '{}' order by l.position limit 1) as lesson
     from lessons q join courses c on c.id = q.course_id join people p on p.username = ?
     where q.kind = 'quiz' and q.published_at is not null and c.published_at is not null
       and c.organisation_id in (select organisation_id from memberships where person_id = p.id)
       and not exists (select from quiz_attempts a where a.quiz_id = q.quiz_id and a.person_id = p.id)
     order by c.slug limit 1`,
    [username],
  );
  if (!row) throw new Error('no quiz');
  return { ...row, base: `/learn/${row.course}/${row.quiz}`, reading: `/learn/${row.course}/${row.lesson}` };
}

const keptPages = (page: Page) =>
  page.evaluate(async () => {
    const kept = await caches.open('oppiva-pages');
    return (await kept.keys()).map(({ url }) => new URL(url).pathname);
  });

const answersOf = (username: string, course: string) =>
  lookUp<{ number: number; answers: number; chosen: number }>(
    site.database,
    `select row_number() over (order by min(a.given_at))::int as number, count(*)::int as answers,
       count(distinct a.chosen)::int as chosen
     from quiz_answers a join people p on p.id = a.person_id join quiz_attempts t on t.id = a.attempt_id
     join lessons l on l.quiz_id = t.quiz_id join courses c on c.id = l.course_id where p.username = ? and c.slug = ? group by a.question_id`,
    [username, course],
  );

it('takes a person through a lesson and its quiz without a network, and each answer arrives once', async () => {
  const { course, base, reading } = await aQuizFor('learner');
  const { device, page } = await aDevice('learner');
  await page.goto(reading);
  const heading = await page.textContent('h1');
  await page.goto(`${base}/questions/1`);
  const total = Number(/\/ (\d+)/.exec((await page.textContent('.steps, .progress, main')) ?? '')?.[1]);
  expect(total).toBeGreaterThan(2);
  await expect(waitFor(async () => (await keptPages(page)).includes(`${base}/overview`))).resolves.toBe(true);

  await device.setOffline(true);
  await page.goto(reading);
  expect(await page.textContent('h1')).toBe(heading);
  await page.locator('.offline-line:not([hidden])').waitFor();
  expect(await page.textContent('.offline-line')).toBe(words('keeping.offline'));
  await page.goto('/skills');
  expect(await page.textContent('h1')).toBe(words('keeping.page.heading'));
  await page.locator('[data-kept-list] a').nth(1).waitFor();

  await page.goto(`${base}/questions/1`);
  for (let number = 1; number <= total; number += 1) {
    expect(new URL(page.url()).pathname).toBe(`${base}/questions/${number}`);
    await page.locator('.options input').first().check();
    await page.getByRole('button', { name: words('quizzes.answer') }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(`/questions/${number}`));
  }
  expect(new URL(page.url()).pathname).toBe(`${base}/overview`);
  await page.locator('.offline-line:not([hidden])').waitFor();
  expect(await page.textContent('.offline-line')).toBe(words('keeping.waiting').replace('[count]', String(total)));
  await page
    .getByText(words('keeping.waitingAnswer'))
    .nth(total - 1)
    .waitFor();
  expect(await page.getByText(words('keeping.waitingAnswer')).count()).toBe(total);

  // Changed one's mind twice: three answers to one question, the last one counts.
  await page.goto(`${base}/questions/2`);
  await page.getByText(words('keeping.waitingAnswer')).waitFor();
  expect(await page.locator('.options input').first().isChecked()).toBe(true);
  await page.locator('.options input').nth(1).check();
  await page.getByRole('button', { name: words('quizzes.answer') }).click();
  await page.waitForURL((url) => url.pathname.endsWith('/questions/3'));
  expect(await answersOf('learner', course)).toEqual([]);

  // The tab is closed without a word; another one comes back with the network.
  await page.close();
  await device.setOffline(false);
  const back = await device.newPage();
  await back.goto(`/learn/${course}`);
  await expect(waitFor(async () => (await answersOf('learner', course)).length === total)).resolves.toBe(true);
  const answers = await answersOf('learner', course);
  expect(answers.map(({ answers: count }) => count)).toEqual(answers.map((_, index) => (index === 1 ? 2 : 1)));
  await back.goto(`${base}/questions/2`);
  expect(await back.locator('.options input').nth(1).isChecked()).toBe(true);
  expect(await back.locator('[data-waits]').count()).toBe(0);
  await device.close();
});

it('gives back what was typed when the tab was killed, here and on another device, and forgets it once it is sent', async () => {
  const { device, page } = await aDevice('learner');
  await page.goto('/help');
  await page.locator('textarea').fill('Pankki ei au');
  await page.waitForTimeout(200);
  await device.setOffline(true);
  await page.locator('textarea').pressSequentially('kea');
  await page.waitForTimeout(100);
  await page.close({ runBeforeUnload: false });

  await device.setOffline(false);
  const again = await device.newPage();
  await again.goto('/help');
  await again.waitForSelector('.typed-line');
  expect(await again.locator('textarea').inputValue()).toBe('Pankki ei aukea');
  expect(await again.textContent('.typed-line p')).toBe(words('keeping.typed.back'));

  const phone = await aDevice('learner');
  await phone.page.goto('/help');
  await phone.page.waitForSelector('.typed-line');
  expect(await phone.page.locator('textarea').inputValue()).toBe('Pankki ei aukea');
  await phone.page.getByRole('button', { name: words('support.send') }).click();
  await phone.page.waitForLoadState();
  await again.goto('/help');
  await again.waitForLoadState('networkidle');
  expect(await again.locator('textarea').inputValue()).toBe('');
  await Promise.all([device.close(), phone.device.close()]);
});

it('shows nothing of one person to the next one on the same device', async () => {
  const { reading } = await aQuizFor('expert');
  const { device, page } = await aDevice('learner');
  await page.goto(reading);
  await expect(waitFor(async () => (await keptPages(page)).includes(reading))).resolves.toBe(true);

  // Signs out: nothing stays.
  await page.locator('header form[action="/sign-out"] button').click();
  await page.waitForURL(/sign-in/);
  expect(await keptPages(page)).toEqual([]);
  await device.setOffline(true);
  await page.goto(reading);
  expect(await page.textContent('h1')).toBe(words('keeping.page.heading'));
  expect(await page.locator('[data-kept-list] a').count()).toBe(0);
  await device.setOffline(false);

  // A session that ended by itself, and then another person.
  await signIn(device, 'learner');
  await page.goto(reading);
  await expect(waitFor(async () => (await keptPages(page)).includes(reading))).resolves.toBe(true);
  await device.clearCookies();
  await signIn(device, 'expert');
  await page.goto('/account');
  expect(await keptPages(page)).toEqual([]);
  await device.close();
});

it('keeps a text by a button without scripts, gives it back on its page, and forgets it once it is sent', async () => {
  const device = await site.device({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  await signIn(device, 'professional');
  const page = await device.newPage();
  await page.goto('/help');
  await page.locator('textarea').fill('Tulostin ei löydy');
  await page.getByRole('button', { name: words('common.keepForLater') }).click();
  await page.waitForURL('**/typed?saved=yes');
  expect(await page.textContent('.card')).toContain('Tulostin ei löydy');
  expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);

  await page.getByRole('link', { name: words('keeping.typed.goOn') }).click();
  expect(await page.locator('textarea').inputValue()).toBe('Tulostin ei löydy');
  await page.getByRole('button', { name: words('support.send') }).click();
  await page.waitForURL((url) => url.pathname !== '/help' || url.search !== '?typed=yes');
  const isForgotten = async () => {
    await page.goto('/typed');
    return page.getByText(words('keeping.typed.none')).isVisible();
  };
  await expect(waitFor(isForgotten)).resolves.toBe(true);
  await device.close();
});

it.each(['fi', 'sv', 'en'])('shows the page without a network in %s to everybody, at 360 px', async (lang) => {
  const device = await site.device({ viewport: { width: 360, height: 740 } });
  const page = await device.newPage();
  await page.goto(`/offline?lang=${lang}`);
  expect(await page.getAttribute('html', 'lang')).toBe(lang);
  expect(await page.textContent('h1')).toBe(translator(lang as 'fi')('keeping.page.heading'));
  expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);
  await device.close();
});

async function waitFor(condition: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
