import type { BrowserContext, Page } from 'playwright-core';
import { addressesOf, everyRoute } from '../conventions/crawl/support/addresses';
import { idOf, OURS } from '../conventions/crawl/support/organisations';
import { VISITORS, type Visitor } from '../conventions/crawl/support/visitors';
import { axeFaults, sideways } from './support/axe';
import { type Asking, collectForms, sendEmpty } from './support/empty-forms';
import { type Inside, openInside } from './support/inside';
import { signature } from './support/signature';
import { type Site, signIn } from './support/site';
import { type Look, makeStates } from './support/states';

import { tabOf, twoAtATime } from './support/two-at-a-time';

const LANGUAGES = ['fi', 'sv', 'en'];

/** Where nothing may reach past the edge, and where axe looks. Words are longest for the narrow one, whatever the language. */
const WIDTHS = [320, 1280];
/** Between the widths above a narrow row may break where the narrowest does not. */
const MORE_WIDTHS: Record<string, number[]> = { fi: [360], sv: [360] };

/** Looks in which axe found nothing, of what a name names, and around any; another with the same `signature` needs not be shown to it. */
const passed = { main: new Map<string, Set<number>>(), around: new Set<number>() };

let inside: Inside;
let site: Site;
let owner: Inside['owner'];
/** Each page once, with a visitor who may open it, and then in its other states. */
const pages: Look[] = [];
/** Forms that ask something, the first of each kind, by their place on a page. Those that need nothing fall out once sent. */
let asking: Asking = new Map();

beforeAll(async () => {
  inside = await openInside('pages');
  ({ site, owner } = inside);
  await findPages();
});
afterAll(() => inside?.close());

/** Those who see most come first; on pages of one's own, the one who has done most. */
const LIKELIEST: readonly Visitor[] = [
  'supervisor',
  'professional',
  'admin',
  'coordinator',
  'learner',
  'expert',
  'nobody',
];
const OF_ONES_OWN = /^\/(skills|talks|training|notifications)(\/|$)/;

/** What is kept as a file is no page, though a browser could show it. */
const isPage = (headers: Record<string, string>) =>
  (headers['content-type']?.startsWith('text/html') ?? false) &&
  !headers['content-disposition']?.startsWith('attachment');

async function findPages(): Promise<void> {
  const devices = await devicesOf(VISITORS, {});
  const requestOf = (visitor: Visitor) => (devices.get(visitor) as BrowserContext).request;
  const states = await makeStates(owner, requestOf);
  const ours = await idOf(owner, OURS);
  const links = new Map<string, Look>();
  const addresses: string[] = [];
  // The document in the sandbox of an H5P content is part of the page around it.
  for (const route of everyRoute('get').filter(({ path }) => !path.startsWith('/h5p/play')))
    addresses.push(...(await addressesOf(owner, route, ours)));
  const found = new Map<string, Look>();
  await twoAtATime(addresses, async (address) => {
    const order: Visitor[] = OF_ONES_OWN.test(address) ? ['learner', ...LIKELIEST] : [...LIKELIEST];
    for (const visitor of order) {
      const response = await requestOf(visitor).get(address, { maxRedirects: 0 });
      if (response.status() !== 200) continue;
      if (isPage(response.headers())) {
        found.set(address, { address, visitor });
        for (const link of statesLinked(address, await response.text())) links.set(link.kind, { ...link, visitor });
      }
      break;
    }
  });
  // In the order of the routes, whichever answered first.
  pages.push(...addresses.flatMap((address) => found.get(address) ?? []), ...states);
  await twoAtATime([...links.values()], async (look) => {
    const response = await requestOf(look.visitor).get(look.address, { maxRedirects: 0 });
    if (response.status() === 200 && isPage(response.headers())) pages.push(look);
  });
  await Promise.all([...devices.values()].map((device) => device.close()));
}

/** Links of a page to itself in other states, such as a filter or a period: one of each kind. */
function statesLinked(page: string, html: string) {
  return [...html.matchAll(/href="([^"?#]*)\?([^"#]+)/g)].flatMap(([, path, query = '']) => {
    if (path !== '' && path !== page) return [];
    const kind = `${page}?${[...new URLSearchParams(query.replaceAll('&amp;', '&')).keys()].join('&')}`;
    return [{ kind, address: `${page}?${query.replaceAll('&amp;', '&')}` }];
  });
}

async function devicesOf(visitors: Iterable<Visitor>, options: object): Promise<Map<Visitor, BrowserContext>> {
  const devices = new Map<Visitor, BrowserContext>();
  for (const visitor of visitors) {
    const device = await site.device(options);
    if (visitor !== 'nobody') await signIn(device, visitor);
    devices.set(visitor, device);
  }
  return devices;
}

async function speak(language: string): Promise<void> {
  await owner.raw('update people set language = ?, content_language = null', [language]);
}

/** Opens each address once and returns what is wrong with it at each width, the narrowest first, two at a time. */
async function look(wanted: readonly Look[], options: { locale: string; colorScheme?: 'dark' }) {
  const devices = await devicesOf(new Set(wanted.map(({ visitor }) => visitor)), options);
  const told: string[] = [];
  const widths = [...WIDTHS, ...(MORE_WIDTHS[options.locale] ?? [])].toSorted((a, b) => a - b);
  await twoAtATime(wanted, async (one, tabs) => {
    const faults = await faultsAt(
      await tabOf(one.visitor, tabs, devices.get(one.visitor) as BrowserContext),
      one,
      widths,
    );
    for (const fault of new Set(faults)) told.push(`${options.locale} ${one.address} (${one.visitor}): ${fault}`);
  });
  await Promise.all([...devices.values()].map((device) => device.close()));
  return told.sort();
}

async function faultsAt(page: Page, wanted: Look, widths: readonly number[]): Promise<string[]> {
  const [first = 320] = widths;
  if (page.viewportSize()?.width !== first) await page.setViewportSize({ width: first, height: 800 });
  const response = await page.goto(wanted.address, { waitUntil: 'load' });
  if (response?.status() !== (wanted.status ?? 200)) return [`answers ${response?.status()}`];
  await collectForms(page, wanted, asking);
  const faults: string[] = [];
  for (const width of widths) {
    if (width !== first) await page.setViewportSize({ width, height: 800 });
    faults.push(...(await sideways(page)));
    if (WIDTHS.includes(width)) faults.push(...(await newToAxe(page, `${wanted.visitor} ${wanted.address}`)));
  }
  return faults;
}

/** What axe finds, unless it has seen the same look of what `name` names before and found nothing. */
async function newToAxe(page: Page, name: string): Promise<string[]> {
  const { main, around } = await signature(page);
  const known = passed.main.get(name) ?? new Set();
  passed.main.set(name, known);
  if (known.has(main) && passed.around.has(around)) return [];
  const faults = await axeFaults(page);
  if (faults.length > 0) return faults;
  known.add(main);
  passed.around.add(around);
  return [];
}

it('found the pages', () => {
  expect(pages.length).toBeGreaterThan(150);
});

it.each(LANGUAGES)(
  'has no fault that axe sees on any page, nor sideways scrolling, wide and narrow: %s',
  async (language) => {
    await speak(language);
    expect(await look(pages, { locale: language })).toEqual([]);
  },
);

it.each(LANGUAGES)('shows forms that fail without a fault: what to mend, by each field: %s', async (language) => {
  await speak(language);
  const failed = await submitEmpty(language);
  expect(failed.told).toEqual([]);
  expect(failed.forms).toBeGreaterThan(25);
});

it('has something to say where there is nothing yet', async () => {
  await beginFromNothing();
  const addresses = everyRoute('get').filter(({ path }) => !/[:*]|\.\w+$/.test(path) && !NOT_PAGES.has(path));
  const wanted = addresses.map(({ path }) => ({ address: path, visitor: 'newcomer' as Visitor }));
  expect(await look(wanted, { locale: 'fi' })).toEqual([]);
});

it('has enough contrast in the dark, too', async () => {
  await speak('fi');
  const some = pages.filter(({ address }) =>
    /^\/($|learn\/[^/]+\/[^/]+$|learn$|skills|team|write|sign-in)/.test(address),
  );
  expect(await look(some, { locale: 'fi', colorScheme: 'dark' })).toEqual([]);
});

it('sent nothing that the content policy blocks, and no fault of its own', () => {
  expect(site.faults).toEqual([]);
});

/** What answers by leading on, and what is not read by people. */
const NOT_PAGES = new Set([
  ...['/health', '/sign-in', '/account/first-password', '/skills/self-assessment/ready'],
  // A file to take along, and what is asked with something after it.
  ...['/places/export', '/loop/links', '/publications/poster'],
  // Read by a script; and ways in that an installation without mail and messages to phones does not offer.
  ...['/typed/one', '/write/media/choices', '/sign-in/code', '/account/ways/phone', '/account/ways/phone/code'],
]);

/** Sends every form that asks something of the person as it is when nothing is filled in. */
async function submitEmpty(language: string): Promise<{ told: string[]; forms: number }> {
  const devices = await devicesOf(new Set([...asking.values()].map(({ look }) => look.visitor)), {
    viewport: { width: 360, height: 800 },
    locale: language,
  });
  const told: string[] = [];
  const failing: Asking = new Map();
  await twoAtATime(asking, async ([kind, one], tabs) => {
    const { visitor } = one.look;
    const page = await tabOf(visitor, tabs, devices.get(visitor) as BrowserContext);
    const faults = await sendEmpty(page, one, () => newToAxe(page, kind));
    if (!faults) return;
    failing.set(kind, one);
    told.push(...faults.map((fault) => `${language} ${kind} (${visitor}), sent empty: ${fault}`));
  });
  await Promise.all([...devices.values()].map((device) => device.close()));
  asking = failing;
  return { told: told.sort(), forms: failing.size };
}

/** Somebody with every role, in an organisation that has only just begun. */
async function beginFromNothing(): Promise<void> {
  await owner.raw(`
    with o as (insert into organisations (slug, name, is_demo) values ('alku', 'Alku ry', true) returning id),
    p as (insert into people (id, username, name, language) values (gen_random_uuid(), 'newcomer', 'Uusi Alku', 'fi') returning id),
    c as (insert into credentials (person_id, password_hash) select p.id, c.password_hash from p, (select * from credentials limit 1) c),
    m as (insert into memberships (organisation_id, person_id, roles) select o.id, p.id,
      array['learner', 'author', 'reviewer', 'expert', 'administrator'] from o, p),
    t as (insert into teams (organisation_id, name) select id, 'Tyhjä tiimi' from o returning id),
    n as (insert into networks (organisation_id, name) select id, 'Tyhjä verkosto' from o returning id),
    ts as (insert into team_supervisors (organisation_id, team_id, person_id) select o.id, t.id, p.id from o, t, p)
    insert into network_coordinators (network_id, organisation_id, person_id) select n.id, o.id, p.id from n, o, p`);
}
