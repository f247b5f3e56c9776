import type { BrowserContext, Page } from 'playwright-core';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts';
import { lookUp } from '../support/demo-database';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('learning');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

/** Two of a team that has agreed on the course, both in the middle of it or before it. */
const LEARNERS = [
  { name: 'Aino Koski', javaScriptEnabled: true },
  { name: 'Joonas Salmi', javaScriptEnabled: false },
];

it.each(LEARNERS)(
  'takes a person through a module by keyboard only: $name, JavaScript $javaScriptEnabled',
  async (learner) => {
    const { javaScriptEnabled } = learner;
    const username = await usernameOf(learner.name);
    const first = await site.device({ javaScriptEnabled });
    const keyboard = await arrive(first, username);

    // The front page has one next step; reading goes on from there to the questions.
    await keyboard.press(NEXT_STEP);
    for (let lessons = 0; !isAt(keyboard.page, /\/questions/); lessons += 1) {
      expect(lessons).toBeLessThan(10);
      await keyboard.press(READ);
    }
    await keyboard.press(words('common.start'));

    const total = await totalOf(keyboard.page);
    await answer(keyboard, words('quizzes.dontKnow'));
    await keyboard.press(words('quizzes.next'));
    const early = Math.min(3, total - 2);
    for (let number = 2; number <= early; number += 1) {
      expect(await numberOf(keyboard.page)).toBe(number);
      await answer(keyboard);
      await keyboard.press(words('quizzes.next'));
    }

    // The tab is closed in the middle, and another device goes on at the very same question.
    await first.close();
    const second = await site.device({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
    const phone = await arrive(second, username);
    await phone.press(NEXT_STEP);
    expect(await numberOf(phone.page)).toBe(early + 1);

    // The server dies while an answer is on its way; all that were acknowledged are there, each once.
    await answer(phone);
    expect(isAt(phone.page, /\/feedback$/)).toBe(true);
    await phone.press(words('quizzes.next'));
    const acknowledged = early + 1;
    await chooseFirst(phone);
    await phone.tabTo(words('quizzes.answer'));
    await Promise.all([phone.page.keyboard.press('Enter').catch(() => undefined), site.killAndRestart()]);
    const kept = await answersOf(username);
    expect(kept.filter(({ answers }) => answers !== 1)).toEqual([]);
    expect([acknowledged, acknowledged + 1]).toContain(kept.length);
    expect(kept.filter(({ dont_know }) => dont_know)).toHaveLength(1);

    // Handing in names what is unanswered, and nothing is handed in before the press.
    await phone.page.goto('/');
    await phone.press(NEXT_STEP);
    await phone.press(words('quizzes.toOverview'));
    const open = total - kept.length;
    expect(await phone.page.textContent('.lead')).toBe(words('quizzes.overview.unanswered', { count: open }));
    expect((await attemptOf(username)).submitted_at).toBeNull();
    await phone.press(words('quizzes.overview.goOn'));
    for (let left = open; left > 0; left -= 1) {
      await answer(phone);
      await phone.press(words(left > 1 ? 'quizzes.next' : 'quizzes.toHandIn'));
    }
    expect(await phone.page.textContent('.lead')).toBe(words('quizzes.overview.all'));
    await phone.press(words('quizzes.handIn'));

    await phone.mark(new RegExp(`^${words('common.help.2')}`));
    await phone.press(words('common.saveAndContinue'));
    expect(await phone.page.textContent('h1')).toBe(words('quizzes.result.heading'));
    const attempt = await attemptOf(username);
    expect(attempt).toMatchObject({ submitted_at: expect.any(Date), answers: total, help_level: 2 });

    await phone.press(words('menu.skills'));
    expect(isAt(phone.page, /^\/skills$/)).toBe(true);
    expect((await phone.page.textContent('h1'))?.trim()).toBe(words('skills.heading'));
    await second.close();
  },
);

const NEXT_STEP = new RegExp(`^(${words('common.continue')}|${words('common.start')})$`);
const READ = new RegExp(
  `^(${words('progress.readAndContinue')}|${words('progress.readAndQuestions')}|${words('progress.nextLesson')}|${words('progress.toQuestions')})$`,
);

const isAt = (page: Page, address: RegExp) => address.test(new URL(page.url()).pathname);
const numberOf = async (page: Page) => Number(/\/questions\/(\d+)/.exec(page.url())?.[1]);

async function totalOf(page: Page): Promise<number> {
  const text = (await page.locator('main').textContent()) ?? '';
  return Number(/\d+ \/ (\d+)/.exec(text)?.[1]);
}

/** Opens the product and signs in where it asks. */
async function arrive(device: BrowserContext, username: string): Promise<Keyboard> {
  const page = await device.newPage();
  await page.goto('/');
  const keyboard = new Keyboard(page);
  await keyboard.fill(words('accounts.username.label'), username);
  await keyboard.fill(words('accounts.password.label'), DEMO_ACCOUNTS.password);
  await keyboard.press(words('common.signIn'));
  expect(isAt(page, /^\/$/)).toBe(true);
  return keyboard;
}

async function answer(keyboard: Keyboard, text?: string): Promise<void> {
  if (text) await keyboard.mark(text);
  else await chooseFirst(keyboard);
  await keyboard.press(words('quizzes.answer'));
}

const chooseFirst = (keyboard: Keyboard) => keyboard.mark(/./);

async function usernameOf(name: string): Promise<string> {
  const [row] = await lookUp<{ username: string }>(site.database, 'select username from people where name = ?', [name]);
  return row?.username ?? '';
}

/** Each question answered in the newest attempt, with how often. */
function answersOf(username: string) {
  return lookUp<{ answers: number; dont_know: boolean }>(
    site.database,
    `select question_id, count(*)::int as answers, bool_or(dont_know) as dont_know from quiz_answers
     where attempt_id = (select a.id from quiz_attempts a join people p on p.id = a.person_id where p.username = ?
       order by started_at desc limit 1) group by 1`,
    [username],
  );
}

async function attemptOf(username: string) {
  const [row] = await lookUp<{ submitted_at: Date | null; answers: number; help_level: number | null }>(
    site.database,
    `select a.submitted_at, (select count(distinct question_id)::int from quiz_answers where attempt_id = a.id) as answers,
       (select help_level from help_levels h where h.person_id = p.id order by answered_at desc limit 1) as help_level
     from quiz_attempts a join people p on p.id = a.person_id where p.username = ? order by started_at desc limit 1`,
    [username],
  );
  if (!row) throw new Error(`${username} has no attempt`);
  return row;
}
