import type { BrowserContext, Page } from 'playwright-core';
import { libraryFiles, toyFiles, toyJson, toyPackage, zipOf } from '../support/h5p-fixture';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('h5p');
});
afterAll(() => site?.close());

async function deviceOf(username: string, options = {}): Promise<BrowserContext> {
  const device = await site.device(options);
  await signIn(device, username);
  return device;
}

async function send(device: BrowserContext, path: string, form: Record<string, string>, zip?: Buffer): Promise<string> {
  const upload = zip && { package: { name: 'tehtävä.h5p', mimeType: 'application/zip', buffer: zip } };
  const response = await device.request.post(path, { multipart: { ...form, ...upload }, maxRedirects: 0 });
  if (response.status() !== 303) throw new Error(`${path}: ${response.status()}`);
  return response.headers().location ?? '';
}

/** An H5P lesson as people make it: libraries by an administrator, the lesson by two who sign. Returns its address. */
async function publish(title: string, zip: Buffer): Promise<string> {
  const [admin, expert, professional] = await Promise.all(
    ['admin', 'expert', 'professional'].map((who) => deviceOf(who)),
  );
  if (!admin || !expert || !professional) throw new Error('nobody there');
  await send(admin, '/h5p/libraries', {}, zip);
  const begun = { kind: 'h5p', title, language: 'fi', course: 'new', course_title: title };
  const draft = new URL(
    (await expert.request.post('/write/drafts', { form: begun, maxRedirects: 0 })).headers().location ?? '',
    site.url,
  ).pathname;
  await send(expert, draft, { version: '1', do: 'add-package' }, zip);
  await send(expert, draft, { version: '2', h5p_rule: 'completed-statement', do: 'submit' });
  const signatures = [[expert, 'true_to_life'] as const, [professional, 'correct_and_safe'] as const];
  for (const [device, kind] of signatures) {
    const form = { kind, version: '3', shown: 'full' };
    const signed = await device.request.post(`${draft}/signatures`, { form, maxRedirects: 0 });
    expect(signed.status()).toBe(303);
  }
  await Promise.all([admin, expert, professional].map((device) => device.close()));
  const slug = title.toLowerCase().replaceAll(' ', '-');
  return `/learn/${slug}/${slug}`;
}

async function opened(device: BrowserContext, address: string): Promise<Page> {
  const page = await device.newPage();
  const response = await page.goto(address);
  expect(response?.status()).toBe(200);
  return page;
}

const { answers } = JSON.parse(toyJson('content/content.json', {})) as {
  answers: { text: string; feedback: string }[];
};

describe('a task in a lesson', () => {
  let address: string;
  beforeAll(async () => {
    address = await publish('Leikkitehtava', await toyPackage());
  });

  it('is done inside the frame, completes the lesson and opens as it was left on another device', async () => {
    const first = await deviceOf('learner');
    const page = await opened(first, address);
    const task = page.frameLocator(`iframe[title="${words('h5p.frame.title', { title: 'Kysyisitkö ensin?' })}"]`);
    const answer = task.getByRole('button', { name: answers[1]?.text });
    await answer.waitFor();
    expect(await page.locator('[data-h5p-done]').isVisible()).toBe(false);
    const kept = page.waitForResponse((response) => response.url().endsWith('/state'));
    await answer.click();

    await page.getByText(words('h5p.frame.done')).waitFor();
    expect((await kept).status()).toBe(200);
    await page.waitForTimeout(100);
    expect(await page.locator('[data-h5p-status]').textContent()).toBe(words('h5p.frame.done'));
    expect(await task.getByText(answers[1]?.feedback ?? '').isVisible()).toBe(true);
    expect(await page.locator('[data-h5p-done]').isVisible()).toBe(true);
    await page.close();
    await first.close();

    const second = await deviceOf('learner');
    const again = await opened(second, address);
    const restored = again.frameLocator('iframe').getByRole('button', { name: answers[1]?.text, pressed: true });
    await restored.waitFor();
    expect(await again.locator('.kicker').first().textContent()).toContain(doneWord());
    await second.close();
    expect(site.faults).toEqual([]);
  });

  it('says what to do where there is no script, and is no dead end', async () => {
    const device = await deviceOf('supervisor', { javaScriptEnabled: false });
    const page = await opened(device, address);
    expect(await page.locator('.h5p-task').textContent()).toContain(words('h5p.player.needsScript'));
    expect(await page.locator('[data-h5p-undone] a').count()).toBe(1);
    await device.close();
  });
});

/** "Done" in the line above a lesson that is done, without its date. */
const doneWord = () => words('progress.doneOn', { date: '' }).trim();

const EVIL = 'H5P.OppivaEvil';
/** Four ways to what does not belong to a task; what each one got is written into the page. */
const evilScript = `
var H5P = H5P || {};
H5P.OppivaEvil = function () { H5P.EventDispatcher.call(this); };
H5P.OppivaEvil.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.OppivaEvil.prototype.attach = function ($container) {
  var loot = document.createElement('p');
  $container[0].appendChild(loot);
  var ways = {
    cookie: function () { return document.cookie; },
    page: function () { return window.parent.document.title; },
    address: function () { return window.top.location.href; },
    account: function () { return fetch('/account', { credentials: 'include' }).then(function (r) { return r.text(); }); },
  };
  Promise.all(Object.keys(ways).map(function (name) {
    return Promise.resolve().then(ways[name]).then(
      function () { return name + ' got'; },
      function () { return name + ' refused'; }
    );
  })).then(function (lines) { loot.id = 'loot'; loot.textContent = lines.join(', '); });
};`;

async function evilPackage(): Promise<Buffer> {
  const library = { machineName: EVIL, majorVersion: 1, minorVersion: 0 };
  const kept = toyFiles().filter(({ name }) => name.startsWith('content/'));
  const files: Record<string, string> = {
    ...libraryFiles(EVIL, { runnable: 1 }),
    [`${EVIL}-1.0/a.js`]: evilScript,
    'h5p.json': toyJson('h5p.json', { title: 'Paha', mainLibrary: EVIL, preloadedDependencies: [library] }),
  };
  return zipOf([...kept, ...Object.entries(files).map(([name, content]) => ({ name, content }))]);
}

it('lets a hostile library reach nothing: no cookie, no page around it, no address, no account', async () => {
  const address = await publish('Paha', await evilPackage());
  const device = await deviceOf('learner');
  await device.addCookies([{ name: 'secret', value: 'jam', url: site.url }]);
  const page = await opened(device, address);
  const loot = page.frameLocator('iframe').locator('#loot');
  await loot.waitFor();
  expect(await loot.textContent()).toBe('cookie refused, page refused, address refused, account refused');

  // Opened by itself, outside the lesson, the player is as shut in.
  const alone = await device.newPage();
  await alone.goto((await page.locator('iframe').getAttribute('src')) ?? '');
  await alone.locator('#loot').waitFor();
  expect(await alone.locator('#loot').textContent()).toContain('cookie refused');
  expect(await alone.locator('#loot').textContent()).toContain('account refused');
  await device.close();
});
