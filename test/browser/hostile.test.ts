import ejs from 'ejs';
import type { APIRequestContext, BrowserContext, Page } from 'playwright-core';
import { findActor } from '../../src/features/organisations/organisations.model';
import { withScope } from '../../src/lib/scope';
import { addressesOf, everyRoute, knowAddresses } from '../conventions/crawl/support/addresses';
import { idOf, OURS } from '../conventions/crawl/support/organisations';
import { hostileFiles } from '../support/hostile/files';
import { HOSTILE_TEXTS, packed } from '../support/hostile/texts';
import { nothingSent, routeOf, sendForms } from './support/hostile-forms';
import { type Material, makeMaterial } from './support/hostile-material';
import { lookThrough, nothingHappened, watch } from './support/hostile-watch';
import { type Inside, openInside } from './support/inside';
import { type Site, words } from './support/site';
import { type Tabs, tabOf, twoAtATime } from './support/two-at-a-time';

/** Who writes, who reads, who reads in simple mode, who keeps the organisation, and somebody from the street. */
const VISITORS = ['expert', 'learner', 'coordinator', 'admin', 'nobody'] as const;
type Visitor = (typeof VISITORS)[number];
interface Look {
  address: string;
  visitor: Visitor;
  /** What a form that failed came back as, shown as the answer of the address. */
  html?: string;
}

/** Parts of tasks, and files of reports, which hold nothing that is written here. */
const NOT_WALKED =
  /^\/h5p\/(play|lib|c)\/|^\/(reports|team|network|skills|account|credentials|hours).*\.(pdf|xlsx|csv|json|png)$/;

const MARKER = '__ran';
/** Pages of one kind that are opened: others are made by the same view. */
const MOST_OF_A_KIND = 3;

let inside: Inside;
let site: Site;
let owner: Inside['owner'];
let material: Material;
const requests = new Map<Visitor, APIRequestContext>();
const sent = nothingSent();
const happened = nothingHappened();
const looks = new Map<string, Look>();
const served: string[] = [];

beforeAll(async () => {
  inside = await openInside('hostile');
  ({ site, owner } = inside);
  const o = await idOf(owner, OURS);
  const idOfPerson = async (username: string) => (await owner.table('people').where({ username }).first('id')).id;
  await knowAddresses(owner, [o]);
  const id = await idOfPerson('expert');
  const learner = await idOfPerson('learner');
  const author = await findActor(o, id);
  if (!author) throw new Error('the demo has no expert');
  material = await withScope({ organisationId: o, personId: id }, () => makeMaterial(author, learner));
  for (const visitor of VISITORS)
    requests.set(visitor, (visitor === 'nobody' ? await site.device() : await site.deviceOf(visitor)).request);
  const { test_id: test } = await owner
    .table('field_testers')
    .where({ person_id: learner })
    .orderBy('invited_at', 'desc')
    .first();
  await requestOf('learner').post(`/testing/${test}/answer`, { form: { answer: 'yes' } });
  await requestOf('coordinator').post('/account/simple', { form: { simple: 'on' } });
});
afterAll(() => inside?.close());

const requestOf = (visitor: Visitor) => requests.get(visitor) as APIRequestContext;

/** Addresses of the hostile lessons; all others are found by the links on them. */
async function ownAddresses(): Promise<string[]> {
  const { lesson, formed, tried, asked, quiz, task } = material;
  const ofDrafts = everyRoute('get').filter(({ path }) => /^\/write\/drafts\/:id(\/\w+)*$/.test(path));
  const { rows } = await owner.raw(
    `select '/learn/' || c.slug || '/' || l.slug as address from lessons l join courses c on c.id = l.course_id
      join lesson_drafts d on d.lesson_id = l.id where d.id = any(?)
      union select '/learn/' || slug from courses where id = ?
      union select '/write/media/' || id from files where name like '%onerror%'
      union select '/write/media/' || id || '/captions' from files where kind = 'video' and name like '%onerror%'
      order by 1`,
    [[lesson.id, quiz.id, task.id], lesson.course_id],
  );
  return [
    ...[formed, tried, asked, lesson, quiz, task].flatMap(({ id }) =>
      ofDrafts.map(({ path }) => path.replace(':id', id)),
    ),
    ...rows.map(({ address }: { address: string }) => address),
    ...[
      `/write/courses/${lesson.course_id}`,
      '/write',
      '/write/media',
      '/write/bank',
      '/write/bank/imports',
      '/write/words',
      '/write/credits',
      '/testing',
      '/learn',
    ],
  ];
}

/** Goes from page to page by links; `visit` gets each page of ours once, a few of a kind. */
async function walk(
  visitor: Visitor,
  starts: readonly string[],
  visit: (page: { address: string; html: string }) => Promise<unknown>,
) {
  const waiting = [...starts];
  const met = new Set<string>();
  const ofKind = new Map<string, number>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const route = routeOf('get', address);
    const count = ofKind.get(route?.path ?? '') ?? 0;
    if (
      !route ||
      NOT_WALKED.test(address.replace(/^\/h5p\/play.*/, '')) ||
      met.has(address) ||
      count >= MOST_OF_A_KIND * 2
    )
      continue;
    met.add(address);
    const response = await requestOf(visitor).get(address, { maxRedirects: 0 });
    const { location, 'content-type': type = '' } = response.headers();
    if (location?.startsWith('/')) waiting.push(location);
    if (response.status() >= 500) throw new Error(`${visitor} ${address} answers ${response.status()}`);
    if (response.status() !== 200) continue;
    if (!type.startsWith('text/html')) {
      await checkServed(address, response.headers(), await response.body());
      continue;
    }
    ofKind.set(route.path, count + 1);
    const html = await response.text();
    await visit({ address, html });
    // What leads on from the hostile pages comes before the rest of the product.
    waiting.unshift(...linksOf(html, address).filter((link) => !met.has(link) && html.includes(MARKER)));
  }
}

/** Read by their letters: to take each of these long pages apart would cost more than all else. */
function linksOf(html: string, address: string): string[] {
  const links = [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
  const searches = [...html.matchAll(/<form(?![^>]*post)[^>]* action="([^"]*)"[^>]*>[\s\S]*?<\/form>/g)].flatMap(
    ([form, action]) => {
      const name = /<input(?![^>]*(?:hidden|radio|checkbox))[^>]* name="([^"]+)"/.exec(form)?.[1];
      return name
        ? [`${action || address.replace(/[?#].*/, '')}?${new URLSearchParams({ [name]: packed(200)[0] ?? '' })}`]
        : [];
    },
  );
  return [...searches, ...links]
    .filter((link) => /^[/?]/.test(link) && !link.startsWith('//') && !/^\/(sign-out|assets|fonts)/.test(link))
    .map((link) => (link.startsWith('?') ? address.replace(/[?#].*/, '') + link : link).replace(/#.*/, ''));
}

/** Whatever is no page of ours: a browser must neither guess what it is nor show it as a page. */
async function checkServed(address: string, headers: Record<string, string>, body: Buffer): Promise<void> {
  const type = headers['content-type'] ?? '';
  // Libraries that an administrator installed, and a script of ours.
  if (/^\/(h5p\/lib|h5p\/c)\/|^\/service-worker.js/.test(address)) return;
  served.push(`${type.replace(/;.*/, '')} ${routeOf('get', address)?.path}`);
  const faults = [
    headers['x-content-type-options'] !== 'nosniff' && 'may be guessed',
    /html|svg|xml|javascript|octet/.test(type) &&
      !/^attachment/.test(headers['content-disposition'] ?? '') &&
      !/sandbox(?! allow)/.test(headers['content-security-policy'] ?? '') &&
      'is shown',
    /csv/.test(type) && /(^|[;\n])"?[=+@-][A-Z]/m.test(body.toString().replace(/^\ufeff/, '')) && 'holds a formula',
  ].filter(Boolean);
  if (faults.length > 0) happened.armed.push(`${address} ${type} ${faults.join(', ')}`);
}

const show = (look: Look) => {
  const kind = `${look.html ? 'failed ' : ''}${look.visitor} ${routeOf(look.html ? 'post' : 'get', look.address)?.path}`;
  const same = [...looks.keys()].filter((known) => known.startsWith(`${kind} #`)).length;
  if (same < (look.html ? 2 : MOST_OF_A_KIND)) looks.set(`${kind} #${same}`, look);
};

it('takes hostile words and files in every form of those who write and those who learn', async () => {
  const files = Object.values(await hostileFiles());
  const known = new Set<string>();
  const starts = await ownAddresses();
  const writes = /^\/(write|testing|learn|h5p|skills\/tasks)(\/|$)/;
  for (const visitor of ['expert', 'learner', 'admin'] as const)
    await walk(visitor, starts, async (page) => {
      if (!writes.test(page.address)) return;
      await sendForms(requestOf(visitor), page, { sent, known, files });
      for (const { address, html } of sent.failed.splice(0)) show({ address, visitor, html });
    });
  console.log(
    `${HOSTILE_TEXTS.length} hostile texts; ${material.fields} fields of blocks with ${material.placements} of them; ` +
      `${sent.taken.size} fields of forms; ${files.length} files to ${sent.files.size} fields.`,
  );
  expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(60);
  expect(sent.taken.size).toBeGreaterThan(120);
  expect(sent.files.size).toBeGreaterThanOrEqual(7);
  // Thousands of requests: a busy machine takes its time.
}, 900_000);

it('finds where they are shown', async () => {
  const starts = await ownAddresses();
  const ours = await idOf(owner, OURS);
  const addresses: string[] = [];
  for (const route of everyRoute('get').filter(({ path }) => !NOT_WALKED.test(path)))
    addresses.push(...(await addressesOf(owner, route, ours)));
  for (const visitor of VISITORS)
    await walk(
      visitor,
      [
        ...starts.filter((address) => visitor !== 'admin' || !/^\/(write|learn|testing)/.test(address)),
        ...(visitor === 'expert' || visitor === 'admin' ? addresses : ['/', '/training']),
      ],
      async ({ address, html }) => {
        if (html.includes(MARKER)) show({ address, visitor });
      },
    );
  show({ address: '/help', visitor: 'nobody', html: await aMail() });
  expect(looks.size).toBeGreaterThan(80);
});

/** A mail as programs show it, with hostile words where names and titles stand. */
function aMail(): Promise<string> {
  const lines = HOSTILE_TEXTS.map(({ text }) => ({ words: text, address: `/learn?x=${text}` }));
  const [subject = ''] = packed(900);
  const rest = { lang: 'fi', settings: '/', unsubscribe: '/' };
  return ejs.renderFile('views/mail/notification-html.ejs', { ...rest, t: words, lines, subject });
}

it('runs nothing of them, asks nobody else for anything, and leaves nothing that would, on any page', async () => {
  const started = Date.now();
  for (const bypassCSP of [true, false])
    for (const visitor of VISITORS) {
      // Under the content policy one of each kind shows what others would.
      const all = [...looks].filter(
        ([kind, look]) => look.visitor === visitor && (bypassCSP || (kind.endsWith('#0') && !look.html)),
      );
      const wanted = all.map(([, look]) => look);
      const options = { bypassCSP };
      const device = visitor === 'nobody' ? await site.device(options) : await site.deviceOf(visitor, options);
      await watch(device, site.url, happened);
      await twoAtATime(wanted, (look, tabs) => open(device, tabs, look));
      await device.close();
    }
  console.log(`${looks.size} pages in ${Date.now() - started} ms`);
  expect(happened).toEqual(nothingHappened());
});

it('would see them run: a page that shows its words as they were typed', async () => {
  const [open, guarded] = [await shownRaw(true), await shownRaw(false)];
  const numbers = new Set(open.ran.map((told) => told.replace(/ .*/, '')));
  console.log(
    `Shown raw, ${numbers.size} run and ${open.foreign.length} requests go elsewhere; the content policy stops all.`,
  );
  expect(numbers.size).toBeGreaterThan(HOSTILE_TEXTS.length / 3);
  expect(open.foreign.length).toBeGreaterThan(0);
  expect(open.armed.length).toBeGreaterThan(numbers.size / 2);
  expect(guarded.ran).toEqual([]);
  expect(guarded.stopped.length).toBeGreaterThan(0);
});

/** Each text raw in a frame of its own: one that runs may keep the next one from it. */
async function shownRaw(bypassCSP: boolean) {
  const raw = nothingHappened();
  const quoted = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const frames = HOSTILE_TEXTS.map(
    ({ text }) => `<iframe srcdoc="${quoted(`<div title="${text}">${text}</div>`)}"></iframe>`,
  );
  const device = await site.deviceOf('expert', { bypassCSP });
  await watch(device, site.url, raw);
  const page = await device.newPage();
  const policy = (await page.goto('/help'))?.headers()['content-security-policy'] ?? '';
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  await page.route('**/raaka', (route) => route.fulfill({ body: `<!doctype html>${frames.join('')}`, headers }));
  await page.goto('/raaka', { waitUntil: 'load' });
  await Promise.all(page.frames().map((frame) => lookThrough(frame, raw)));
  await device.close();
  return raw;
}

/**
 * What a failed form came back as is shown in tabs whose every request passes through here, to the end of the tab: letting
 * go of it while a page asks for its files leaves them without an answer.
 */
const failing = new WeakMap<Page, string>();

async function open(device: BrowserContext, tabs: Tabs, { address, html, visitor }: Look): Promise<void> {
  const page = await tabOf(html ? `failed ${visitor}` : visitor, tabs, device);
  if (html && !failing.has(page))
    await page.route('**/*', (route) =>
      route.request().isNavigationRequest() && route.request().frame() === page.mainFrame()
        ? route.fulfill({ body: failing.get(page) ?? '', contentType: 'text/html; charset=utf-8' })
        : route.continue(),
    );
  if (html) failing.set(page, html);
  await page.goto(address, { timeout: 60_000 });
  for (const frame of page.frames()) await lookThrough(frame, happened);
}
