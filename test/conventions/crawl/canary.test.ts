import type { Response } from 'supertest';
import { addressesOf, everyRoute, foreignAddresses, knowAddresses } from './support/addresses';
import { MARKER, plant } from './support/marker';
import { completeOrganisations, idOf, OURS, THEIRS } from './support/organisations';
import { type Condition, crossings, ownerships, protectedTables, sums } from './support/ownership';
import { type Crawl, openCrawl, VISITORS, type Visitor } from './support/visitors';

let crawl: Crawl;
let ours: string;
let theirs: string;
let conditions: Map<string, Condition>;

beforeAll(async () => {
  crawl = await openCrawl('canary');
  await completeOrganisations(crawl.owner);
  [ours, theirs] = [await idOf(crawl.owner, OURS), await idOf(crawl.owner, THEIRS)];
  conditions = await ownerships(crawl.owner);
  for (const [table, condition] of conditions) await plant(crawl.owner, table, condition(theirs));
  await knowAddresses(crawl.owner, [ours, theirs]);
});
afterAll(() => crawl?.close());

it('has rows of the other organisation in every table that row policies hold, and marks each text in them', async () => {
  const without: string[] = [];
  for (const [table, condition] of conditions) {
    const { rows } = await crawl.owner.raw(`select from ${table} where ${condition(theirs)} limit 1`);
    if (rows.length === 0) without.push(table);
  }
  // A table named here needs a row in the demo, or in support/organisations.ts.
  expect(without.filter((table) => !NEVER.has(table))).toEqual([]);
  expect((await protectedTables(crawl.owner)).filter((table) => !conditions.has(table))).toEqual([]);

  const { rows } = await crawl.owner.raw(
    'select count(*)::int as n from people where name like ? and id in (select person_id from memberships where organisation_id = ?)',
    [`${MARKER}%`, theirs],
  );
  expect(rows[0].n).toBeGreaterThan(20);
});

/** Installed once for all organisations, holding nothing that tells of one, or kept until what it was counted from is marked. */
const NEVER = new Set(['h5p_libraries', 'situation_needs']);

/**
 * What an organisation publishes for whoever checks its badges, so foreign on purpose: who it is, its keys, what was revoked,
 * and the badges it gives, none of which names a person.
 */
const PUBLISHED = /^\/(orgs\/:slug|achievements\/:achievement)(\/|$)/;

/** Not there, not for this role, or sign in first. */
const hides = ({ status, headers }: Response) =>
  status === 403 || status === 404 || (status === 303 && headers.location?.startsWith('/sign-in') === true);

const tells = ({ text, headers }: Response) => `${text} ${JSON.stringify(headers)}`.includes(MARKER);

/** All at once: they wait for the database, not for each other. */
const byEach = (work: (visitor: Visitor) => Promise<void>) => Promise.all(VISITORS.map(work));

it('shows nothing of it at any address, to any role', async () => {
  const told: string[] = [];
  for (const route of everyRoute('get')) {
    for (const address of await addressesOf(crawl.owner, route, ours)) {
      await byEach(async (visitor) => {
        if (tells(await crawl.get(visitor, address))) told.push(`${visitor} ${address}`);
      });
    }
  }
  expect(told).toEqual([]);
});

it('answers for a row of the other organisation as for one that is nowhere', async () => {
  const told: string[] = [];
  for (const route of everyRoute().filter(({ path, policy }) => policy !== 'anyone' || !PUBLISHED.test(path))) {
    for (const { address, absent } of await foreignAddresses(crawl.owner, route, ours, theirs)) {
      await byEach(async (visitor) => {
        const ask = (where: string) =>
          route.method === 'get' ? crawl.get(visitor, where) : crawl.post(visitor, where, '');
        const [foreign, nowhere] = [await ask(address), await ask(absent)];
        const place = `${visitor} ${route.method} ${route.path} → ${address}: ${foreign.status}`;
        if (foreign.status !== nowhere.status) told.push(`${place}, but for an absent row ${nowhere.status}`);
        if (route.method === 'get' && !hides(foreign)) told.push(place);
        if (tells(foreign)) told.push(`${place} shows the marker`);
      });
    }
  }
  expect(told).toEqual([]);
});

it('changes nothing of it, whatever is posted where', async () => {
  const before = await sums(crawl.owner, theirs);
  const crossed = await crossings(crawl.owner, ours, theirs);
  const forms = ['', ...(await foreignForms())];
  const told: string[] = [];
  for (const route of everyRoute('post')) {
    const own = await addressesOf(crawl.owner, route, ours);
    const foreign = (await foreignAddresses(crawl.owner, route, ours, theirs)).map(({ address }) => address);
    for (const address of [...own, ...foreign]) {
      for (const visitor of VISITORS) {
        for (const body of forms) {
          const response = await crawl.post(visitor, address, body);
          if (tells(response) || response.status >= 500) told.push(`${visitor} ${address} ${response.status}`);
          // Refused before the body is read: other bodies say no more.
          if (response.status === 403 || response.status === 404) break;
        }
      }
    }
  }
  expect(told).toEqual([]);
  expect(await sums(crawl.owner, theirs)).toEqual(before);
  expect(await crossings(crawl.owner, ours, theirs)).toEqual(crossed);
}, 900_000);

/** Names that forms use for a row they mean, by the kind of the row. */
const NAMES: Record<string, readonly string[]> = {
  team: ['team', 'team_id', 'parent', 'parent_id', 'id'],
  person: ['person', 'person_id', 'people', 'supervisor', 'member', 'coordinator', 'judge', 'to_person_id'],
  course: ['course', 'course_id'],
  lesson: ['lesson', 'lesson_id'],
  network: ['network', 'network_id'],
  path: ['path', 'path_id'],
  organisation: ['organisation', 'organisation_id'],
  file: ['file', 'file_id', 'picture'],
  h5p: ['h5p', 'content'],
  attempt: ['attempt', 'question'],
};

/** Forms that name rows of theirs: each where its kind is meant; and one row of a person wherever any row is. */
async function foreignForms(): Promise<object[]> {
  const { rows } = await crawl.owner.raw(
    `select (select id from teams where organisation_id = :o order by id limit 1) as team,
      (select person_id from team_members where organisation_id = :o order by 1 limit 1) as person,
      (select id from courses where organisation_id = :o order by id limit 1) as course,
      (select id from lessons where organisation_id = :o order by id limit 1) as lesson,
      (select id from networks where organisation_id = :o order by id limit 1) as network,
      (select id from learning_paths where organisation_id = :o order by id limit 1) as path,
      (select id from files where organisation_id = :o order by id limit 1) as file,
      (select id from h5p_contents where organisation_id = :o order by id limit 1) as h5p,
      (select id from quiz_attempts where organisation_id = :o order by id limit 1) as attempt`,
    { o: theirs },
  );
  const ids: Record<string, string> = { ...rows[0], organisation: theirs };
  const form = (idOf: (kind: string) => string | undefined) => ({
    ...ANSWERS,
    ...Object.fromEntries(
      Object.entries(NAMES).flatMap(([kind, names]) => names.map((name) => [name, idOf(kind) ?? ids.person])),
    ),
  });
  return [form((kind) => ids[kind]), form(() => ids.person)];
}

const ANSWERS = {
  name: 'Nimi',
  title: 'Otsikko',
  text: 'Teksti',
  note: 'Huomio',
  message: 'Viesti',
  language: 'fi',
  lang: 'fi',
  kind: 'text',
  roles: 'learner',
  relation: 'employee',
  username: 'uusi.nimi',
  action: 'save',
  place: 'member',
  is_deputy: '',
}; // prettier-ignore
