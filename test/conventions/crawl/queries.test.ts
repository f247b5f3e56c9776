import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { importCourses } from '../../../src/features/courses/courses.service';
import { statementsSent } from '../../../src/lib/db';
import { withScope } from '../../../src/lib/scope';
import { addressesOf, everyRoute } from './support/addresses';
import { copyOf, copyRows, multiplyPeople } from './support/multiply';
import { completeOrganisations, idOf, OURS } from './support/organisations';
import { type Crawl, openCrawl, VISITORS, type Visitor } from './support/visitors';

const TIMES = 10;

let crawl: Crawl;
let ours: string;
beforeAll(async () => {
  crawl = await openCrawl('queries');
  await completeOrganisations(crawl.owner);
  ours = await idOf(crawl.owner, OURS);
});
afterAll(() => crawl?.close());

it('asks the database as often for ten times the rows', async () => {
  const addresses = new Map<string, string>();
  for (const route of everyRoute('get')) {
    for (const address of await addressesOf(crawl.owner, route, ours)) addresses.set(address, route.path);
  }
  const everyone = new Set(
    [...addresses.keys()].flatMap((address) => VISITORS.map((visitor) => pageOf(visitor, address))),
  );
  // The first time fills what the process remembers, and lets every session be renewed.
  const few = await count((await count(everyone)).keys());
  await multiply();
  const many = await count(few.keys());

  const isMore = ([page, statements]: [string, number]) => (many.get(page) ?? Infinity) > statements;
  // A session is renewed now and then, with statements of its own: what grew is asked again, twice at most.
  for (let again = 0; again < 2; again += 1) {
    const doubtful = [...few].filter(isMore).map(([page]) => page);
    for (const [page, statements] of await count(doubtful)) many.set(page, statements);
  }
  const grown = [...few].filter(isMore);
  expect(grown.map(([page, statements]) => `${page}: ${statements}, then ${many.get(page)}`)).toEqual([]);
  expect(few.get('supervisor /team') ?? few.get('learner /skills') ?? 0).toBeGreaterThan(0);
  // The actor, and a page's reads in few flights: a page that needs more is about to be slow.
  // A person's own file asks each table once, and nobody waits for it in a page.
  const slow = [...few].filter(([page, statements]) => statements > MOST && !page.includes('/account/data/file.'));
  expect(slow).toEqual([]);
}, 900_000);

const MOST = 20;

/** A page as one visitor sees it. */
const pageOf = (visitor: Visitor, address: string) => `${visitor} ${address}`;

/** Statements for each of the pages that opens. */
async function count(pages: Iterable<string>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const [visitor, address] = page.split(' ') as [Visitor, string];
    const before = statementsSent();
    const { status } = await crawl.get(visitor, address);
    if (status === 200) counts.set(page, statementsSent() - before);
  }
  return counts;
}

async function multiply(): Promise<void> {
  const { owner } = crawl;
  await multiplyPeople(owner, ours, TIMES);
  const own = `t.organisation_id = '${ours}'`;
  await copyRows(
    owner,
    'observations',
    `${own} and person_id in (select id from people where username in ('learner', 'supervisor'))`,
    TIMES,
    {
      origin_id: "t.origin_id || '-' || n",
      observed_at: "t.observed_at + n * interval '1 minute'",
    },
  );
  await copyRows(owner, 'teams', own, TIMES, { id: copyOf('t.id'), name: "t.name || ' ' || n", parent_id: 't.id' });
  await copyRows(owner, 'team_supervisors', own, TIMES, { team_id: copyOf('t.team_id') });
  await copyRows(owner, 'team_members', `${own} and t.team_id in (select team_id from team_supervisors)`, TIMES, {
    person_id: copyOf('t.person_id'),
  });
  await copyRows(owner, 'lesson_drafts', own, TIMES, { lesson_id: 'null' });
  await copyRows(owner, 'draft_events', own, TIMES);
  await copyRows(owner, 'help_requests', own, TIMES);
  await copyRows(owner, 'audit_events', own, TIMES * 20);
  await copyRows(owner, 'learning_paths', own, TIMES, { id: copyOf('t.id'), slug: "t.slug || '-' || n" });
  await copyRows(
    owner,
    'learning_path_texts',
    `t.path_id in (select id from learning_paths where organisation_id = '${ours}')`,
    TIMES,
    {
      path_id: copyOf('t.path_id'),
    },
  ).catch(() => undefined);
  await withScope({ organisationId: ours, personId: null }, async () => {
    for (let number = 1; number <= TIMES; number += 1)
      await importCourses(ours, moreModules(number), { shareWithAll: true });
  });
}

/** The modules that ship, under other ids. */
function moreModules(number: number): unknown {
  const text = fs.readFileSync('src/data/modules.json', 'utf8');
  return JSON.parse(text, (key, value) =>
    key === 'id' && typeof value === 'string' ? `${value}-${number}-${randomUUID().slice(0, 4)}` : value,
  );
}
