import fc from 'fast-check';
import { addressesOf, everyRoute } from './support/addresses';
import { completeOrganisations, idOf, OURS } from './support/organisations';
import { type Crawl, openCrawl, VISITORS } from './support/visitors';

const REQUESTS = 400;
const SEED = 20261122;

let crawl: Crawl;
beforeAll(async () => {
  crawl = await openCrawl('odd');
  await completeOrganisations(crawl.owner);
});
afterAll(() => crawl?.close());

/** Names that forms of the product use, so that odd values meet the code that reads them. */
const name = fc.constantFrom(
  ...'username password next current language lang back kind title name text note message action chosen answer answers'.split(
    ' ',
  ),
  ...'dont_know help_level value level version blocks block course team person roles relation email due_on from to'.split(
    ' ',
  ),
  ...'state token spot item id ids kind picture alt shown_name __proto__ constructor toString'.split(' '),
);
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '%00',
    '../../etc/passwd',
    '-1',
    '1e309',
    'NaN',
    'null',
    "'; drop table people; --",
  ),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '{{7*7}}',
    '<%= 7 %>',
    '2026-02-31',
    '0000-00-00',
    '\ud800',
    '🙂'.repeat(500),
  ),
  fc.constant('a'.repeat(100_000)),
);
const form = fc
  .array(fc.tuple(fc.oneof(name, fc.string({ maxLength: 20 })), fc.constantFrom('', '[]', '[0]', '[a][b]'), odd), {
    maxLength: 8,
  })
  .map((pairs) => pairs.map(([key, suffix, value]) => `${encode(key + suffix)}=${encode(value)}`).join('&'));
const json = fc.dictionary(name, fc.oneof(odd, fc.jsonValue({ maxDepth: 3 })), { maxKeys: 8 });

/** Half a character pair cannot be encoded; it travels as the bytes that stand for it. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed());

it('answers every odd body with a page, never with a fault of its own', async () => {
  const ours = await idOf(crawl.owner, OURS);
  const addresses = await Promise.all(everyRoute('post').map((route) => addressesOf(crawl.owner, route, ours)));
  const places = addresses.flat();
  const visitors = VISITORS.filter((visitor) => visitor !== 'nobody');
  const bodies = fc.sample(fc.oneof(form, json, fc.constant('%E0%A4%A')), { numRuns: REQUESTS, seed: SEED });
  const told: string[] = [];
  for (const [index, body] of bodies.entries()) {
    const address = places[index % places.length] as string;
    const visitor = visitors[Math.floor(index / places.length + index) % visitors.length] as (typeof visitors)[number];
    const type = typeof body === 'string' ? 'form' : 'json';
    const { status } = await crawl.post(visitor, address, body, type);
    if (status >= 500 || status < 200) {
      told.push(`${status} ${visitor} ${address} ${type} ${JSON.stringify(body).slice(0, 300)}`);
    }
  }
  expect(told).toEqual([]);
});
