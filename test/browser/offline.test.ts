import type { BrowserContext, Page } from 'playwright-core';
import { type Language, translator } from '../../src/lib/i18n';
import { lookUp } from '../support/demo-database';
import { axeFaults, sideways } from './support/axe';
import { aNetwork, type Network } from './support/network';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
let network: Network;
/** Aino's device, which keeps pages. */
let device: BrowserContext;
let page: Page;
beforeAll(async () => {
  site = await openSite('offline');
  network = await aNetwork(site.url);
  device = await site.deviceOf('learner', { serviceWorkers: 'allow', baseURL: network.url });
  page = await aPage(device);
});
afterAll(async () => {
  network?.close();
  await site?.close();
});
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

async function aPage(context: BrowserContext): Promise<Page> {
  const opened = await context.newPage();
  await opened.goto('/');
  await opened.evaluate(() => navigator.serviceWorker.ready);
  await opened.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return opened;
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

const keptPages = (from: Page) =>
  from.evaluate(async () => {
    const kept = await caches.open('oppiva-pages');
    return (await kept.keys()).map(({ url }) => new URL(url).pathname + new URL(url).search);
  });

/** Waits until the device has these pages. */
async function areKept(from: Page, addresses: string[]): Promise<void> {
  const isKept = async () => {
    const kept = await keptPages(from);
    return addresses.every((address) => kept.includes(address));
  };
  await expect(waitFor(isKept)).resolves.toBe(true);
}

const answersOf = (username: string, course: string) =>
  lookUp<{ number: number; answers: number; chosen: number }>(
    site.database,
    `select row_number() over (order by min(a.given_at))::int as number, count(*)::int as answers,
       count(distinct a.chosen)::int as chosen
     from quiz_answers a join people p on p.id = a.person_id join quiz_attempts t on t.id = a.attempt_id
     join lessons l on l.quiz_id = t.quiz_id join courses c on c.id = l.course_id where p.username = ? and c.slug = ? group by a.question_id`,
    [username, course],
  );

/** What an author's publishing writes: a next version of the lesson, and of the first question of the course's quiz. */
async function edit({ course, lesson }: { course: string; lesson: string }): Promise<void> {
  await lookUp(
    site.database,
    `with renewed as (update lessons l set version = l.version + 1 from courses c
       where c.id = l.course_id and c.slug = ? and l.slug = ? returning l.*)
     insert into lesson_changes (organisation_id, course_id, lesson_id, version, kind, words)
     select organisation_id, course_id, id, version, 'clearer', 'Lisättiin esimerkki' from renewed`,
    [course, lesson],
  );
  await lookUp(
    site.database,
    `with first as (select q.* from questions q join lessons l on l.quiz_id = q.quiz_id join courses c on c.id = l.course_id
        where c.slug = ? and q.retired_at is null order by q.position limit 1),
      kept as (insert into question_versions (question_id, version, content)
        select f.id, f.version, jsonb_build_object('type', f.type, 'content', f.content,
          'texts', (select jsonb_object_agg(t.language, jsonb_build_object('prompt', t.prompt, 'feedback', t.feedback))
            from question_texts t where t.question_id = f.id),
          'options', (select jsonb_agg(jsonb_build_object('key', o.key, 'is_correct', o.is_correct, 'texts',
              (select jsonb_object_agg(x.language, jsonb_build_object('text', x.text, 'feedback', x.feedback))
                from option_texts x where x.question_id = o.question_id and x.key = o.key)) order by o.position)
            from question_options o where o.question_id = f.id)) from first f),
      grown as (update questions q set version = q.version + 1 from first f where q.id = f.id)
     update option_texts x set text = 'Aivan muuta ' || x.key from first f where x.question_id = f.id`,
    [course],
  );
}

it('takes a person through a lesson and its quiz without a network; all arrives once, though the author edits meanwhile', async () => {
  const { course, base, reading, lesson } = await aQuizFor('learner');
  await page.goto(reading);
  const heading = await page.textContent('h1');
  await page.goto(`${base}/questions/1`);
  const total = Number(/\/ (\d+)/.exec((await page.textContent('.steps, .progress, main')) ?? '')?.[1]);
  expect(total).toBeGreaterThan(2);
  await areKept(page, [reading, `${base}/overview`]);

  await network.cut(device);
  await page.goto(reading);
  expect(await page.textContent('h1')).toBe(heading);
  await page.locator('.offline-line:not([hidden])').waitFor();
  expect(await page.textContent('.offline-line')).toBe(words('keeping.offline'));
  // What one thinks of the lesson waits too, and the last word is the one that stays.
  for (const useful of ['feedback.useful.0', 'feedback.useful.2']) {
    await page.getByRole('button', { name: words(useful), exact: true }).click();
    await page.locator(`button[aria-pressed=true]:has-text("${words(useful)}")`).waitFor();
  }
  expect(page.url()).toBe(`${network.url}${reading}#after`);
  expect(await page.locator('.after-lesson [data-waits]').textContent()).toBe(words('keeping.waitingAnswer'));
  await page.goto('/skills');
  expect(await page.textContent('h1')).toBe(words('keeping.page.heading'));
  await page.locator('[data-kept-list] a').nth(1).waitFor();

  await page.goto(`${base}/questions/1`);
  let firstAnswer = '';
  for (let number = 1; number <= total; number += 1) {
    expect(new URL(page.url()).pathname).toBe(`${base}/questions/${number}`);
    await page.locator('.options input').first().check();
    firstAnswer ||= ((await page.locator('.options label').first().textContent()) ?? '').trim();
    await page.getByRole('button', { name: words('quizzes.answer') }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(`/questions/${number}`));
  }
  expect(new URL(page.url()).pathname).toBe(`${base}/overview`);
  await page.locator('.offline-line:not([hidden])').waitFor();
  expect(await page.textContent('.offline-line')).toBe(words('keeping.waiting').replace('[count]', String(total + 2)));
  await page
    .getByText(words('keeping.waitingAnswer'))
    .nth(total - 1)
    .waitFor();
  expect(await page.getByText(words('keeping.waitingAnswer')).count()).toBe(total);

  // Changed one's mind: two answers to one question, the last one counts.
  await page.goto(`${base}/questions/2`);
  await page.getByText(words('keeping.waitingAnswer')).waitFor();
  expect(await page.locator('.options input').first().isChecked()).toBe(true);
  await page.locator('.options input').nth(1).check();
  await page.getByRole('button', { name: words('quizzes.answer') }).click();
  await page.waitForURL((url) => url.pathname.endsWith('/questions/3'));
  expect(await answersOf('learner', course)).toEqual([]);

  // The tab is closed without a word, the author publishes, and another tab comes back with the network.
  await page.close();
  await edit({ course, lesson });
  await network.mend(device);
  page = await device.newPage();
  await page.goto(`/learn/${course}`);
  await expect(waitFor(async () => (await answersOf('learner', course)).length === total)).resolves.toBe(true);
  const answers = await answersOf('learner', course);
  expect(answers.map(({ answers: count }) => count)).toEqual(answers.map((_, index) => (index === 1 ? 2 : 1)));
  const pressed = `select f.useful from lesson_feedback f join people p on p.id = f.person_id join lessons l on l.id = f.lesson_id
    join courses c on c.id = l.course_id where p.username = 'learner' and c.slug = ? and l.slug = ?`;
  expect(await lookUp(site.database, pressed, [course, lesson])).toEqual([{ useful: 2 }]);

  await page.goto(reading);
  expect(await page.textContent('.news')).toContain('Lisättiin esimerkki');
  expect([...(await axeFaults(page)), ...(await sideways(page))]).toEqual([]);
  await page.goto(`${base}/questions/1`);
  expect(await page.locator('.options input:checked').count()).toBe(0);
  await page.getByRole('link', { name: words('keeping.seeAnswered') }).click();
  expect(await page.textContent('main')).toContain(words('keeping.asAnswered'));
  expect(await page.textContent('main')).toContain(firstAnswer);
  expect(await axeFaults(page)).toEqual([]);
  await page.goto(`${base}/questions/2`);
  expect(await page.locator('.options input').nth(1).isChecked()).toBe(true);
  expect(await page.locator('[data-waits]').count()).toBe(0);
});

it('takes a person in simple mode through a lesson without a network, a thought on a page', async () => {
  const here = '/learn/recognise-scam-messages/l3';
  const progress = () =>
    lookUp<{ spot: string; is_done: boolean }>(
      site.database,
      `select x.spot, x.completed_at is not null as is_done from lesson_progress x join people p on p.id = x.person_id
       join lessons l on l.id = x.lesson_id join courses c on c.id = l.course_id
       where p.username = 'learner' and c.slug = 'recognise-scam-messages' and l.slug = 'l3'`,
    );
  await device.request.post('/account/simple', { form: { simple: 'on', back: '/' }, maxRedirects: 0 });
  await page.goto(`${here}?at=spot-1`);
  const ahead = (await page.getAttribute('[data-keep-also]', 'data-keep-also'))?.split(' ') ?? [];
  expect(ahead.length).toBeGreaterThan(5);
  await areKept(page, ahead);
  // What is fetched ahead is not read yet: the place stays where the person is.
  expect(await progress()).toEqual([{ spot: 'spot-1', is_done: false }]);

  await network.cut(device);
  const said = new Set<string>();
  for (;;) {
    expect(await page.locator('.say').count()).toBe(1);
    said.add((await page.textContent('.say')) ?? '');
    const forward = page.locator('a.fwd');
    if ((await forward.count()) === 0) break;
    await forward.click();
  }
  expect(said.size).toBe(ahead.filter((address) => address.includes('?at=')).length);
  const last = await page.textContent('.say');
  await page.goto('/learn');
  await page.goto(here);
  expect(await page.textContent('.say')).toBe(last);
  await page.locator('.offline-line:not([hidden])').waitFor();
  await page.locator('.fwd .govuk-button').click();
  await page.waitForURL('**/learn/recognise-scam-messages');

  await network.mend(device);
  await expect(waitFor(async () => (await progress())[0]?.is_done === true)).resolves.toBe(true);
  // The page from the device is shown anew once all is sent.
  await page.locator('body:not([data-from-device])').waitFor({ state: 'attached' });
  await page.waitForLoadState();
  await device.request.post('/account/simple', { form: { simple: 'off', back: '/' }, maxRedirects: 0 });
});

it('gives back what was typed when the tab was killed, here and on another device, and forgets it once it is sent', async () => {
  const typed = () =>
    page.evaluate(async () => {
      const { deviceStore } = globalThis as unknown as {
        deviceStore: { all(store: string): Promise<{ fields: Record<string, { v: string }> }[]> };
      };
      return JSON.stringify(await deviceStore.all('typed'));
    });
  await page.goto('/help');
  await page.locator('textarea').fill('Pankki ei au');
  await expect(waitFor(async () => (await typed()).includes('ei au'))).resolves.toBe(true);
  await network.cut(device);
  await page.locator('textarea').pressSequentially('kea');
  await expect(waitFor(async () => (await typed()).includes('ei aukea'))).resolves.toBe(true);
  await page.close({ runBeforeUnload: false });

  await network.mend(device);
  page = await device.newPage();
  await page.goto('/help');
  await page.waitForSelector('.typed-line');
  expect(await page.locator('textarea').inputValue()).toBe('Pankki ei aukea');
  expect(await page.textContent('.typed-line p')).toBe(words('keeping.typed.back'));

  const phone = await site.deviceOf('learner');
  const other = await phone.newPage();
  await other.goto('/help');
  await other.waitForSelector('.typed-line');
  expect(await other.locator('textarea').inputValue()).toBe('Pankki ei aukea');

  // On a slow network one types before the server has said what it keeps: neither text is lost.
  let answer = () => {};
  const typedFirst = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await other.route('**/typed/one?*', (route) => typedFirst.then(() => route.continue()));
  await other.reload();
  await other.locator('textarea').fill('Puhelin on hidas');
  answer();
  await other.locator('.typed-line blockquote').waitFor();
  expect(await other.textContent('.typed-line blockquote')).toBe('Pankki ei aukea');
  expect(await other.locator('textarea').inputValue()).toBe('Puhelin on hidas');
  await other.getByRole('button', { name: words('support.send') }).click();
  await other.waitForURL((url) => url.pathname !== '/help' || url.search !== '');
  await Promise.all([page.goto('/help'), page.waitForResponse(/\/typed\/one/)]);
  expect(await page.locator('textarea').inputValue()).toBe('');
  await phone.close();
});

it('shows nothing of one person to the next one on the same device', async () => {
  const { reading } = await aQuizFor('expert');
  const shared = await site.device({ serviceWorkers: 'allow', baseURL: network.url });
  await signIn(shared, 'learner');
  const first = await aPage(shared);
  await first.goto(reading);
  await areKept(first, [reading]);

  // Signs out: nothing stays.
  await first.locator('header form[action="/sign-out"] button').click();
  await first.waitForURL(/sign-in/);
  expect(await keptPages(first)).toEqual([]);
  await network.cut(shared);
  await first.goto(reading);
  expect(await first.textContent('h1')).toBe(words('keeping.page.heading'));
  expect(await first.locator('[data-kept-list] a').count()).toBe(0);
  await network.mend(shared);

  // A session that ended by itself, and then another person.
  await signIn(shared, 'learner');
  await first.goto(reading);
  await areKept(first, [reading]);
  await shared.clearCookies();
  await signIn(shared, 'expert');
  await first.goto('/account');
  expect(await keptPages(first)).toEqual([]);
  await shared.close();
});

it('keeps a text by a button without scripts, gives it back on its page, and forgets it once it is sent', async () => {
  const plain = await site.deviceOf('professional', {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  const writing = await plain.newPage();
  await writing.goto('/help');
  await writing.locator('textarea').fill('Tulostin ei löydy');
  await writing.getByRole('button', { name: words('common.keepForLater') }).click();
  await writing.waitForURL('**/typed?saved=yes');
  expect(await writing.textContent('.card')).toContain('Tulostin ei löydy');
  await shownTo(['sv', 'en', 'fi'], '/typed?saved=yes');

  await writing.getByRole('link', { name: words('keeping.typed.goOn') }).click();
  expect(await writing.locator('textarea').inputValue()).toBe('Tulostin ei löydy');
  await writing.getByRole('button', { name: words('support.send') }).click();
  await writing.waitForURL((url) => url.pathname !== '/help' || url.search !== '?typed=yes');
  const isForgotten = async () => {
    await writing.goto('/typed');
    return writing.getByText(words('keeping.typed.none')).isVisible();
  };
  await expect(waitFor(isForgotten)).resolves.toBe(true);
  await shownTo(['fi'], '/typed?saved=no');
  await plain.close();
});

/** The page as Sanna sees it in these languages on a phone has no fault. */
async function shownTo(languages: Language[], address: string): Promise<void> {
  const phone = await site.deviceOf('professional', { viewport: { width: 360, height: 740 } });
  const shown = await phone.newPage();
  const found: string[] = [];
  for (const lang of languages) {
    await phone.request.post('/language', { form: { lang, back: '/' }, maxRedirects: 0 });
    await shown.goto(address);
    expect(await shown.textContent('h1')).toBe(translator(lang)('keeping.typed.heading'));
    found.push(...[...(await axeFaults(shown)), ...(await sideways(shown))].map((fault) => `${lang}: ${fault}`));
  }
  expect(found).toEqual([]);
  await phone.close();
}

it('shows the page without a network to everybody, at 360 px', async () => {
  const phone = await site.device({ viewport: { width: 360, height: 740 } });
  const shown = await phone.newPage();
  for (const lang of ['fi', 'sv', 'en'] as const) {
    await shown.goto(`/offline?lang=${lang}`);
    expect(await shown.getAttribute('html', 'lang')).toBe(lang);
    expect(await shown.textContent('h1')).toBe(translator(lang)('keeping.page.heading'));
    expect([...(await axeFaults(shown)), ...(await sideways(shown))]).toEqual([]);
  }
  await phone.close();
});

async function waitFor(condition: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
