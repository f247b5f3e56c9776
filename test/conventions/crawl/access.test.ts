import fs from 'node:fs';
import path from 'node:path';
import { addressesOf, everyRoute, knowAddresses } from './support/addresses';
import { completeOrganisations, idOf, OURS } from './support/organisations';
import { type Crawl, openCrawl, VISITORS } from './support/visitors';

const FILE = path.join(__dirname, 'access-matrix.txt');
const HEADING = `What each role of an organisation gets from each address, with rows of its own organisation and empty forms.
200 shown, 303 done or sent to sign in, 403 not for this role, 404 not there for this person, 422 the form again with its faults.
Written by access.test.ts; \`npx jest access.test -u\` writes it anew. Read what changed before you commit it.
`;

let crawl: Crawl;
beforeAll(async () => {
  crawl = await openCrawl('access');
  await completeOrganisations(crawl.owner);
});
afterAll(() => crawl?.close());

it('knows rows for the parameters of every address', async () => {
  const ours = await idOf(crawl.owner, OURS);
  const missing: string[] = [];
  for (const route of everyRoute()) await addressesOf(crawl.owner, route, ours).catch(() => missing.push(route.path));
  // Give each an example in support/addresses.ts: then the canary, axe and the others walk it too.
  expect(missing).toEqual([]);
});

it('gives each role what the table says, and no more', async () => {
  const ours = await idOf(crawl.owner, OURS);
  const lines: string[] = [row('', 'policy', VISITORS)];
  await knowAddresses(crawl.owner, [ours]);
  // Everything is read before anything is posted, so that no line depends on what another did.
  for (const method of ['get', 'post'] as const) {
    lines.push('');
    for (const route of everyRoute(method)) {
      const [address = ''] = await addressesOf(crawl.owner, route, ours);
      const statuses: number[] = [];
      for (const visitor of VISITORS) {
        const response = method === 'get' ? await crawl.get(visitor, address) : await crawl.post(visitor, address, '');
        statuses.push(response.status);
      }
      lines.push(row(`${method.toUpperCase()} ${route.path}`, route.policy, statuses));
    }
  }
  expect(lines.filter((line) => /\s5\d\d(\s|$)/.test(line))).toEqual([]);
  compare(`${HEADING}\n${lines.join('\n')}\n`);
});

function row(route: string, policy: string, cells: readonly (string | number)[]): string {
  return `${route.padEnd(58)} ${policy.padEnd(16)}${cells.map((cell) => String(cell).padStart(13)).join('')}`.trimEnd();
}

/** A snapshot that people can read: `-u` accepts the new one. */
function compare(text: string): void {
  const { snapshotState } = expect.getState() as unknown as { snapshotState: { _updateSnapshot: string } };
  if (snapshotState._updateSnapshot === 'all') fs.writeFileSync(FILE, text);
  expect(text).toBe(fs.existsSync(FILE) ? fs.readFileSync(FILE, 'utf8') : '');
}
