import type { BrowserContext, Page } from 'playwright-core';
import { type openDatabase, useDatabase } from '../../src/lib/db';
import { useSecret } from '../../src/lib/secret';
import { FolderStorage, useStorage } from '../../src/lib/storage';
import { addressesOf, everyRoute } from '../conventions/crawl/support/addresses';
import { completeOrganisations, idOf, OURS } from '../conventions/crawl/support/organisations';
import { VISITORS, type Visitor } from '../conventions/crawl/support/visitors';
import { connectAsApp, connectAsOwner } from '../support/database';
import { axeFaults, sideways } from './support/axe';
import { openSite, SECRET, type Site, signIn } from './support/site';

const LOOKS = [
  { language: 'fi', width: 360 },
  { language: 'sv', width: 1280 },
  { language: 'en', width: 320 },
] as const;

let site: Site;
let owner: ReturnType<typeof connectAsOwner>;
let pool: ReturnType<typeof openDatabase>;
/** Each page once, with a visitor who may open it. */
const pages: { address: string; visitor: Visitor }[] = [];

beforeAll(async () => {
  site = await openSite('pages');
  owner = connectAsOwner(site.database);
  pool = connectAsApp(site.database);
  useDatabase(pool);
  useSecret(SECRET);
  useStorage(new FolderStorage(`${site.folder}/files`));
  await completeOrganisations(owner);
  await findPages();
});
afterAll(async () => {
  await Promise.all([site?.close(), owner?.destroy(), pool?.destroy()]);
});

/** Those who see most come first. */
const LIKELIEST: readonly Visitor[] = [
  'supervisor',
  'professional',
  'admin',
  'coordinator',
  'learner',
  'expert',
  'nobody',
];

async function findPages(): Promise<void> {
  const devices = await devicesOf(VISITORS, {});
  const ours = await idOf(owner, OURS);
  for (const route of everyRoute('get')) {
    // The document in the sandbox of an H5P content is part of the page around it.
    if (route.path.startsWith('/h5p/play')) continue;
    for (const address of await addressesOf(owner, route, ours)) {
      for (const visitor of LIKELIEST) {
        const response = await devices.get(visitor)?.request.get(address, { maxRedirects: 0 });
        if (response?.status() !== 200) continue;
        if (response.headers()['content-type']?.startsWith('text/html')) pages.push({ address, visitor });
        break;
      }
    }
  }
  await Promise.all([...devices.values()].map((device) => device.close()));
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

/** Opens each address and returns what is wrong with it, a few at once. */
async function look(
  wanted: { address: string; visitor: Visitor }[],
  options: { width: number; locale: string; colorScheme?: 'dark' },
) {
  const { width, ...others } = options;
  const devices = await devicesOf(new Set(wanted.map(({ visitor }) => visitor)), {
    ...others,
    viewport: { width, height: 800 },
  });
  const told: string[] = [];
  const waiting = [...wanted];
  const worker = async () => {
    // One tab for each visitor: a tab that has run axe before runs it many times quicker.
    const tabs = new Map<Visitor, Page>();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const page = tabs.get(next.visitor) ?? (await (devices.get(next.visitor) as BrowserContext).newPage());
      tabs.set(next.visitor, page);
      await page.setViewportSize({ width, height: 800 });
      const response = await page.goto(next.address, { waitUntil: 'load' });
      const faults = response?.status() === 200 ? await axeFaults(page) : [`answers ${response?.status()}`];
      await page.setViewportSize({ width: 320, height: 800 });
      for (const fault of [...faults, ...(await sideways(page))])
        told.push(`${options.locale} ${next.address} (${next.visitor}): ${fault}`);
    }
  };
  await Promise.all([worker(), worker()]);
  await Promise.all([...devices.values()].map((device) => device.close()));
  return told.sort();
}

it('found the pages', () => {
  expect(pages.length).toBeGreaterThan(20);
});

it.each(LOOKS)(
  'has no fault that axe sees on any page, nor sideways scrolling: $language at $width px',
  async ({ language, width }) => {
    await speak(language);
    expect(await look(pages, { width, locale: language })).toEqual([]);
  },
);

it('shows forms that fail without a fault: what to mend, by each field', async () => {
  await speak('fi');
  const failed = await submitEmpty(pages);
  expect(failed.told).toEqual([]);
  expect(failed.forms).toBeGreaterThan(5);
});

it('has something to say where there is nothing yet', async () => {
  await beginFromNothing();
  const addresses = everyRoute('get').filter(({ path }) => !/[:*]/.test(path) && !NOT_PAGES.has(path));
  const wanted = addresses.map(({ path }) => ({ address: path, visitor: 'newcomer' as Visitor }));
  expect(await look(wanted, { width: 360, locale: 'fi' })).toEqual([]);
});

it('has enough contrast in the dark, too', async () => {
  await speak('fi');
  const some = pages.filter(({ address }) =>
    /^\/($|learn\/[^/]+\/[^/]+$|learn$|skills|team|write|sign-in)/.test(address),
  );
  expect(await look(some, { width: 360, locale: 'fi', colorScheme: 'dark' })).toEqual([]);
});

it('sent nothing that the content policy blocks, and no fault of its own', () => {
  expect(site.faults).toEqual([]);
});

/** What answers by leading on, and what is not read by people. */
const NOT_PAGES = new Set(['/health', '/sign-in', '/account/first-password', '/skills/self-assessment/ready']);

/** Sends every form that asks something of the person as it is when nothing is filled in. */
async function submitEmpty(wanted: typeof pages): Promise<{ told: string[]; forms: number }> {
  const devices = await devicesOf(new Set(wanted.map(({ visitor }) => visitor)), {
    viewport: { width: 360, height: 800 },
  });
  const told: string[] = [];
  let forms = 0;
  for (const { address, visitor } of wanted) {
    const device = devices.get(visitor) as BrowserContext;
    const page = device.pages()[0] ?? (await device.newPage());
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(address);
    const form = page
      .locator('main form[method=post]:has(input[type=text], input[type=password], input[type=radio], textarea)')
      .first();
    if ((await form.count()) > 0) {
      const [response] = await Promise.all([
        page.waitForNavigation({ waitUntil: 'load' }),
        form.evaluate(emptyAndSend),
      ]);
      if (response?.status() === 422) {
        forms += 1;
        const faults = [...(await axeFaults(page)), ...(await sideways(page))];
        if ((await page.locator('.govuk-error-summary a, .govuk-error-message').count()) === 0)
          faults.push('says nothing');
        told.push(...faults.map((fault) => `${address} (${visitor}), sent empty: ${fault}`));
      }
    }
  }
  await Promise.all([...devices.values()].map((device) => device.close()));
  return { told, forms };
}

function emptyAndSend(form: Element): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type !== 'hidden') field.value = '';
  }
  (form as HTMLFormElement).submit();
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
