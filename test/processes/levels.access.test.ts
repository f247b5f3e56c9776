import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { LEVELS, type Level } from '../../src/features/processes/levels';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { aMember, aProcess, sent } from '../support/factories-processes';

type Who = 'owner' | Level | 'colleague' | 'stranger' | 'visitor';
const WHO: Who[] = ['owner', 'lab', 'studio', 'arena', 'agora', 'colleague', 'stranger', 'visitor'];

async function arrange() {
  const { owner, organisation, id, address } = await aProcess();
  const people: Record<Who, Actor | undefined> = {
    owner,
    lab: await aMember(id, 'lab'),
    studio: await aMember(id, 'studio'),
    arena: await aMember(id, 'arena'),
    agora: await aMember(id, 'agora'),
    colleague: await aPerson({ organisation }),
    stranger: await aPerson(),
    visitor: undefined,
  };
  return { people, id, address };
}

/** What each may do, cell by cell: the answer's status. A process that is public; its levels are not. */
const TEXT = { kind: 'finding', title_fi: 'Otsikko', body_fi: 'Teksti', level: 'lab' };
const DECISION = { what: 'Mitä', why: 'Miksi', decided_by: 'Ohjausryhmä', decided_on: '2026-01-15' };
const SESSION = { kind: 'workshop', level: 'arena', title_fi: 'Työpaja', held_on: '2026-01-15' };
const RESULT = { goal_fi: 'Tavoite', title_fi: 'Tulos', owner: 'Kunta' };
const PARTY = { party: 'Porvoo', kind: 'municipality', level: 'arena', people: '3' };
const PHASE = { learned: 'Opimme paljon' };
const CASES: [string, 'get' | 'post', string, object, Record<Who, number>][] = [
  ['sees the process', 'get', '', {}, row(200, 200, 200, 200, 200, 200, 200, 200)],
  ['sees Lab', 'get', '/lab', {}, row(200, 200, 404, 404, 404, 404, 404, 303)],
  ['prepares in Lab', 'post', '/texts', TEXT, row(303, 303, 403, 403, 403, 403, 403, 403)],
  ['decides in Studio', 'post', '/decisions', DECISION, row(303, 403, 303, 403, 403, 403, 403, 403)],
  ['adds a session', 'post', '/sessions', SESSION, row(303, 303, 403, 303, 403, 403, 403, 403)],
  ['adds a topic', 'post', '/topics', { name_fi: 'Aihe', area: 'skills' }, row(303, 303, 403, 303, 403, 403, 403, 403)],
  ['promises a result', 'post', '/results', RESULT, row(303, 403, 303, 403, 403, 403, 403, 403)],
  ['finishes a phase', 'post', '/phases/frame', PHASE, row(303, 303, 403, 303, 403, 403, 403, 403)],
  ['reads comments that wait', 'get', '/comments', {}, row(200, 200, 403, 403, 403, 403, 403, 303)],
  ['writes who takes part', 'post', '/people', PARTY, row(303, 303, 403, 403, 403, 403, 403, 403)],
  ['changes the process', 'get', '/settings', {}, row(200, 403, 403, 403, 403, 403, 403, 303)],
  ['sees the targets', 'get', '/targets', {}, row(200, 403, 403, 403, 403, 403, 403, 303)],
  ['comments in Agora', 'post', '/comments', { body: 'Hyvä' }, row(303, 303, 303, 303, 303, 303, 303, 303)],
  ['sees the picture', 'get', '/picture', {}, row(200, 200, 200, 200, 200, 200, 200, 200)],
];

function row(...states: number[]): Record<Who, number> {
  return Object.fromEntries(WHO.map((who, index) => [who, states[index]])) as Record<Who, number>;
}

it('lets each of the four levels do its own task and no other, cell by cell', async () => {
  const { people, address } = await arrange();
  for (const [what, method, path, form, expected] of CASES) {
    const found: Record<string, number> = {};
    for (const who of WHO) {
      const answer = await as(people[who])[method](`${address}${path}`, { key: randomUUID(), ...form });
      found[who] = answer.status;
    }
    expect([what, found]).toEqual([what, expected]);
  }
});

it('digitiekartta-01: each level sees what is its own and further out, and never further in', async () => {
  const { people, id, address } = await arrange();
  for (const level of LEVELS)
    await sent(people.owner, `${address}/texts`, { ...TEXT, title_fi: `Teksti tasolla ${level}`, level });
  // The same by the rows alone, without the pages: the second wall.
  const SEES: Record<Who, Level[]> = {
    owner: ['lab', 'studio', 'arena', 'agora'],
    lab: ['lab', 'studio', 'arena', 'agora'],
    studio: ['studio', 'arena', 'agora'],
    arena: ['arena', 'agora'],
    agora: ['agora'],
    colleague: ['lab', 'studio', 'arena', 'agora'],
    stranger: ['agora'],
    visitor: ['agora'],
  };
  for (const who of WHO) {
    const actor = people[who];
    const read = () => db().table('process_texts').where({ process_id: id }).orderBy('title').pluck('level');
    const levels = actor
      ? await inScope(actor, read)
      : await inScope({ id: null, organisation_id: null } as never, read);
    expect([who, levels.toSorted()]).toEqual([who, SEES[who].toSorted()]);
  }
  // Pages are stricter than rows with the keeper's own people: a colleague who is not in it finds no Lab.
  const open = await as(people.colleague).get(`${address}/agora`);
  expect(open.text).toContain('Teksti tasolla agora');
  expect(open.text).not.toContain('Teksti tasolla lab');
  const lab = await as(people.lab).get(`${address}/lab`);
  for (const level of LEVELS) expect(lab.text).toContain(`Teksti tasolla ${level}`);
  const overview = await as(people.studio).get(address);
  expect(overview.text).toContain('Olet mukana');
});

it('is nothing at all for others when it is not public', async () => {
  for (const visibility of ['members', 'organisation', 'network'] as const) {
    const { owner, organisation, id, address } = await aProcess({ visibility });
    const member = await aMember(id, 'arena');
    const [colleague, stranger] = [await aPerson({ organisation }), await aPerson()];
    const states = [];
    for (const actor of [owner, member, colleague, stranger, undefined]) {
      for (const path of ['', '/agora', '/picture', '/picture.svg', '/decisions', '/people', '/report'])
        states.push(`${(await as(actor).get(`${address}${path}`)).status}`);
      states.push(`${(await as(actor).post(`${address}/comments`, { body: 'Hei' })).status}`, '|');
      const listed = (await as(actor).get('/processes')).text.includes(id);
      expect([visibility, actor === stranger || actor === undefined ? false : listed, listed]).toEqual([
        visibility,
        listed,
        listed,
      ]);
    }
    const all = states.join(' ').split(' | ');
    expect(all[3]).toMatch(/^(404 )+404/);
    expect(all[4]?.replace('303', '404')).toMatch(/^(404 )+404/);
    if (visibility === 'members') expect(all[2]).toMatch(/^(404 )+404/);
    else expect(all[2]).toMatch(/^200/);
    expect(all[1]).toMatch(/^200/);
  }
});

it('takes what is of another process for nothing, though both are of one keeper', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  const key = randomUUID();
  await sent(other.owner, `${other.address}/texts`, { ...TEXT, key });
  expect((await as(one.owner).get(`${one.address}/texts/${key}`)).status).toBe(404);
  expect((await as(one.owner).post(`${one.address}/texts/${key}`, TEXT)).status).toBe(404);
  expect((await as(one.owner).get(`${other.address}/lab`)).status).toBe(404);
  for (const bad of ['nothing', '../..', randomUUID()])
    expect((await as(one.owner).get(`/processes/${bad}`)).status).toBe(404);
  const rows = await asOwner(() => db().table('process_texts').where({ id: key }).pluck('title'));
  expect(rows).toEqual([{ fi: 'Otsikko' }]);
});
