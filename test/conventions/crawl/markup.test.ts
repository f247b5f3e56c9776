import * as cheerio from 'cheerio';
import { addressesOf, everyRoute, knowAddresses } from './support/addresses';
import { completeOrganisations, idOf, OURS } from './support/organisations';
import { type Crawl, openCrawl, VISITORS } from './support/visitors';

let crawl: Crawl;
let ours: string;
beforeAll(async () => {
  crawl = await openCrawl('markup');
  await completeOrganisations(crawl.owner);
  ours = await idOf(crawl.owner, OURS);
  await knowAddresses(crawl.owner, [ours]);
});
afterAll(() => crawl?.close());

it('has what every page needs, and nothing that the content policy blocks', async () => {
  const told = new Set<string>();
  const read = new Set<string>();
  for (const [method, route] of everyRoute().map((route) => [route.method, route] as const)) {
    // The document in the sandbox of an H5P content is not a page.
    if (route.path.startsWith('/h5p/play')) continue;
    for (const address of await addressesOf(crawl.owner, route, ours)) {
      for (const visitor of VISITORS) {
        const response = method === 'get' ? await crawl.get(visitor, address) : await crawl.post(visitor, address, '');
        if (!/^text\/html/.test(response.headers['content-type'] ?? '') || response.status === 303) continue;
        // A file to keep: it is opened outside the product and brings its own look along.
        if (/^attachment/.test(response.headers['content-disposition'] ?? '')) continue;
        // Refused pages are one page for each visitor.
        const page = [403, 404].includes(response.status) ? `${visitor} ${response.status}` : response.text;
        if (read.has(page)) continue;
        read.add(page);
        for (const fault of faultsOf(response.text)) {
          told.add(`${method} ${route.path} as ${visitor} (${response.status}): ${fault}`);
        }
      }
    }
  }
  expect([...told]).toEqual([]);
});

it('has it when nothing is found, too', async () => {
  for (const visitor of VISITORS) {
    const response = await crawl.get(visitor, '/ei-missaan');
    expect([response.status, ...faultsOf(response.text)]).toEqual([404]);
  }
});

function faultsOf(html: string): string[] {
  const $ = cheerio.load(html);
  const faults: string[] = [];
  const expectOne = (what: string, selector: string) => {
    const { length } = $(selector);
    if (length !== 1) faults.push(`${length} × ${what}`);
  };
  expectOne('h1', 'h1');
  expectOne('main', 'main#main');
  expectOne('skip link', 'a.govuk-skip-link[href="#main"]');
  if (!/^(fi|sv|en)$/.test($('html').attr('lang') ?? '')) faults.push('no language');
  if (!/\S – \S/.test($('title').text())) faults.push(`title “${$('title').text()}”`);
  if (!$('h1').text().trim()) faults.push('empty h1');

  $('[style]').each((_, element) => void faults.push(`inline style on ${element.tagName}`));
  $('style').each(() => void faults.push('inline style sheet'));
  $('script:not([src])').each((_, element) => {
    if ($(element).attr('type') !== 'application/json') faults.push('inline script');
  });
  $('*').each((_, element) => {
    if (!('attribs' in element)) return;
    const handlers = Object.keys(element.attribs).filter((name) => name.startsWith('on'));
    if (handlers.length > 0) faults.push(`${handlers.join(', ')} on ${element.tagName}`);
  });

  const ids = $('[id]')
    .map((_, element) => $(element).attr('id'))
    .get();
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push(`id ${id} twice`);
  for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
    $(`[${attribute}]`).each((_, element) => {
      for (const id of ($(element).attr(attribute) ?? '').split(/\s+/)) {
        if (!ids.includes(id)) faults.push(`${attribute} names ${id}, which is nowhere`);
      }
    });
  }
  // A message that is not translated shows as its key.
  const key = /\b(?:[a-z][a-zA-Z]+\.){1,3}[a-z][a-zA-Z]+\b/.exec($('h1, h2, label, button').text());
  if (key && !/\.(fi|org|example|com)$/.test(key[0])) faults.push(`the key ${key[0]} in place of words`);
  return faults;
}
