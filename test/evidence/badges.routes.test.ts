import request from 'supertest';
import { trustIssuer } from '../../src/features/evidence/badge-issuers.service';
import { useOutside } from '../../src/features/evidence/badge-outside';
import type { TrustedIssuer } from '../../src/features/evidence/badge-verify';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { theFramework } from '../support/factories-skills';
import {
  assertion,
  credential,
  digcomp,
  EMAIL,
  identity,
  jws,
  png,
  SITE,
  siteIssuer,
  subject,
  svg,
} from './badge-maker';

const site = siteIssuer();
const token = (more: object = {}) => jws({ alg: 'EdDSA', typ: 'JWT' }, credential(site.address, { ...more }), site.ed);
const noLevel = () => token({ credentialSubject: subject({}, { alignment: [digcomp('4.2')] }) });

async function people() {
  await theFramework();
  const organisation = await anOrganisation();
  const admin = await aPerson({ organisation, roles: ['administrator'] });
  const learner = await aPerson({ organisation, email: null });
  await asOwner(() => db()('people').where({ id: learner.id }).update({ email: EMAIL }));
  const judge = await aPerson({ organisation, name: 'Pekka Ammattilainen', roles: ['reviewer'] });
  const issuer = (await trust(admin, site.trusted)) as string;
  return { organisation, admin, learner, judge, issuer };
}

const trust = (admin: Actor, { name, address, keys }: TrustedIssuer) =>
  inScope(admin, () => trustIssuer(admin, { name, address, keys, ready: null }));

const bring = (actor: Actor, file: string | Buffer, name = 'merkki.jwt') =>
  request(as(actor).app).post('/skills/badges').attach('badge', Buffer.from(file), name);
const brought = async (actor: Actor, file: string | Buffer) =>
  (await bring(actor, file).expect(303)).headers.location as string;
const rows = (table: 'badges' | 'observations' | 'badge_issuers' | 'badge_mappings') =>
  asOwner(() => db().table(table));

afterEach(() => useOutside(undefined));

it('shows first what would come of it, and counts it at the person’s yes, on the day of the badge, once', async () => {
  const { learner } = await people();
  const address = await brought(learner, token());
  const first = page(await as(learner).get(address));
  expect(first('main').text()).toContain('level 4');
  expect(await rows('observations')).toEqual([]);

  for (const _ of [1, 2]) await as(learner).post(`${address}/take`).expect(303);
  const [observation, ...others] = await rows('observations');
  expect(others).toEqual([]);
  expect(observation).toMatchObject({ person_id: learner.id, competence_code: '4.2', source: 'badge', level: 4 });
  expect(observation?.observed_at).toEqual(new Date('2026-03-01T10:00:00Z'));
});

it('is the same badge, however often and in whatever file it comes', async () => {
  const { learner } = await people();
  const address = await brought(learner, token());
  expect(await brought(learner, png(token()))).toBe(address);
  await as(learner).post(`${address}/take`);
  expect(await brought(learner, token())).toBe(address);
  expect(await rows('badges')).toHaveLength(1);
});

it.each<[string, () => string | Buffer, string]>([
  ['a broken signature', () => `${token().slice(0, -6)}AAAAAA`, 'does not match'],
  [
    'a giver nobody trusts',
    () => jws({ alg: 'EdDSA' }, credential('https://muu.example'), site.ed),
    'https://muu.example',
  ],
  ['an end behind', () => token({ validUntil: '2026-04-01T00:00:00Z' }), 'expired'],
  ['no signature', () => JSON.stringify(credential(site.address)), 'not signed'],
  ['a drawing that does things', () => svg('<rect/>'), 'no badge'],
  ['a picture that unpacks to a great one', () => png(Buffer.alloc(9_000_000), { packed: true }), 'too large'],
  ['nothing', () => '', 'Choose a file'],
])('says in a line why it is refused, and keeps nothing: %s', async (_, make, says) => {
  const { learner } = await people();
  const answer = await bring(learner, make()).expect(422);
  const shown = page(answer);
  expect(shown('#why').text()).toContain(says);
  expect(shown('#why').text()).not.toMatch(/[{}]|badges\./);
  expect([await rows('badges'), await rows('observations')]).toEqual([[], []]);
});

describe('a badge that names another address', () => {
  const theirs = () => token({ credentialSubject: subject({ identifier: [identity('joku@muu.example')] }) });

  it('waits until a person has seen with them that it is theirs', async () => {
    const { learner, judge } = await people();
    const address = await brought(learner, theirs());
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toEqual([]);
    await as(learner).post(`${address}/ask`, { judge: learner.id }).expect(422);
    await as(learner).post(`${address}/ask`, { judge: judge.id }).expect(303);
    const check = address.replace('/badges/', '/badges/check/');
    expect((await as(judge).get('/skills/tasks/to-judge')).text).toContain(check);
    await as(learner).post(check, { theirs: 'yes' }).expect(404);
    await as(judge).post(check, { theirs: 'yes' }).expect(303);
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toHaveLength(1);
  });

  it('counts for nothing when it was another’s', async () => {
    const { learner, judge } = await people();
    const address = await brought(learner, theirs());
    await as(learner).post(`${address}/ask`, { judge: judge.id }).expect(303);
    await as(judge).post(address.replace('/badges/', '/badges/check/'), { theirs: 'no' }).expect(303);
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toEqual([]);
    expect((await rows('badges'))[0]?.state).toBe('refused');
  });
});

describe('the level', () => {
  it('is not made up: without one the badge waits until an administrator maps it', async () => {
    const { admin, learner, issuer } = await people();
    const address = await brought(learner, noLevel());
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toEqual([]);

    await as(admin)
      .post(`/skills/badges/issuers/${issuer}/map`, { badge: 'TIETOTURVAN taitaja', competence: '4.2', level: 3 })
      .expect(303);
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toMatchObject([{ competence_code: '4.2', level: 3 }]);
  });

  it('of the mapping goes before what the badge says, and ends with it', async () => {
    const { admin, learner, issuer } = await people();
    const map = { badge: `${SITE}/merkki/tietoturva`, competence: '4.2', level: 2 };
    await as(admin).post(`/skills/badges/issuers/${issuer}/map`, map).expect(303);
    const address = await brought(learner, token());
    expect(page(await as(learner).get(address))('main').text()).toContain('level 2');
    await as(admin).post(`/skills/badges/issuers/${issuer}/unmap`, map).expect(303);
    expect(page(await as(learner).get(address))('main').text()).toContain('level 4');
  });

  it('must be one, of a skill there is', async () => {
    const { admin, issuer } = await people();
    const form = { badge: 'x', competence: '4.2', level: 3 };
    for (const fault of [{ level: 0 }, { level: 9 }, { level: 'x' }, { competence: '9.9' }, { badge: ' ' }])
      await as(admin)
        .post(`/skills/badges/issuers/${issuer}/map`, { ...form, ...fault })
        .expect(422);
    expect(await rows('badge_mappings')).toEqual([]);
  });
});

describe('givers', () => {
  it('are kept by administrators only, each organisation its own', async () => {
    const { organisation, learner, judge, issuer } = await people();
    const foreign = await aPerson({ roles: ['administrator'] });
    for (const actor of [learner, judge]) {
      await as(actor).get('/skills/badges/issuers').expect(403);
      await as(actor).post('/skills/badges/issuers', { name: 'Oma', address: 'https://oma.example' }).expect(403);
      await as(actor).post(`/skills/badges/issuers/${issuer}/remove`).expect(403);
    }
    for (const path of ['', '/map', '/remove', '/fetch', '/unmap'])
      expect([path, (await as(foreign).post(`/skills/badges/issuers/${issuer}${path}`, { name: 'x' })).status]).toEqual(
        [path, 404],
      );
    await as(foreign).get(`/skills/badges/issuers/${issuer}`).expect(404);
    expect((await rows('badge_issuers')).map((row) => row.organisation_id)).toEqual([organisation.id]);
    await bring(await aPerson({ organisation: { id: foreign.organisation_id } }), token()).expect(422);
  });

  it('are told by an address of a known kind, with public keys only', async () => {
    const { admin } = await people();
    const add = (form: object) =>
      as(admin).post('/skills/badges/issuers', {
        name: 'Toinen',
        address: 'https://toinen.example/a',
        keys: '',
        ...form,
      });
    const secret = JSON.stringify(site.ed.export({ format: 'jwk' }));
    for (const fault of [
      { name: '' },
      { address: 'http://toinen.example' },
      { address: 'did:key:z1' },
      { address: 'x' },
      { keys: 'avain' },
      { keys: secret },
      { address: site.address },
    ])
      expect([fault, (await add(fault)).status]).toEqual([fault, 422]);
    await add({ keys: JSON.stringify(site.jwks) }).expect(303);
    const added = (await rows('badge_issuers')).find(({ name }) => name === 'Toinen');
    expect(added?.keys).toHaveLength(3);
  });

  it('that are trusted no more bring nothing new, and what waited cannot be taken', async () => {
    const { admin, learner, issuer } = await people();
    const address = await brought(learner, token());
    await as(admin).post(`/skills/badges/issuers/${issuer}/remove`).expect(303);
    await bring(learner, token({ id: 'urn:toinen' })).expect(422);
    await as(learner).post(`${address}/take`).expect(303);
    expect(await rows('observations')).toEqual([]);
  });

  it('publish their keys, which are fetched only when the setting allows it', async () => {
    const { admin, issuer } = await people();
    await as(admin).post(`/skills/badges/issuers/${issuer}/fetch`).expect(422);
    const asked: string[] = [];
    const fresh = siteIssuer();
    useOutside(async (address) => {
      asked.push(address);
      return { status: 200, text: JSON.stringify(fresh.jwks) };
    });
    await as(admin).post(`/skills/badges/issuers/${issuer}/fetch`).expect(303);
    expect(asked).toEqual([site.address]);
    expect((await rows('badge_issuers'))[0]?.keys).toEqual(
      fresh.trusted.keys.map((key) => expect.objectContaining({ kid: key.kid })),
    );
  });
});

describe('who sees a badge', () => {
  it('is its person alone, and the one they asked while it waits', async () => {
    const { organisation, learner, judge, admin } = await people();
    const address = await brought(learner, token({ credentialSubject: subject({ identifier: [] }) }));
    const check = address.replace('/badges/', '/badges/check/');
    const others = [judge, admin, await aPerson({ organisation }), await aPerson({ roles: ['reviewer'] })];
    for (const actor of others) {
      for (const path of [address, check]) await as(actor).get(path).expect(404);
      for (const path of ['take', 'remove', 'ask']) await as(actor).post(`${address}/${path}`).expect(404);
      await as(actor).post(check, { theirs: 'yes' }).expect(404);
    }
    await as(learner).post(`${address}/ask`, { judge: judge.id }).expect(303);
    await as(judge).get(check).expect(200);
    await as(judge).get(address).expect(404);
    await as(learner).post(`${address}/remove`).expect(303);
    await as(judge).get(check).expect(404);
    expect(await rows('badges')).toEqual([]);
  });
});

it('reads an unsigned assertion from its giver’s own address', async () => {
  const { learner } = await people();
  const given = assertion(site.address, { verification: { type: 'HostedBadge' } });
  await bring(learner, JSON.stringify(given)).expect(422);
  useOutside(async () => ({ status: 200, text: JSON.stringify(given) }));
  expect(page(await as(learner).get(await brought(learner, JSON.stringify(given))))('h1').text()).toBe('Digiosaaja');
});

it('stands with all other evidence on one page, with what waits', async () => {
  const { learner } = await people();
  await as(learner)
    .post(`${await brought(learner, token())}/take`)
    .expect(303);
  const overview = page(await as(learner).get('/skills/evidence').expect(200));
  expect(overview('table').text()).toContain('Tietoturvan taitaja');
  expect(overview('table').text()).toContain('Level 4');
});
