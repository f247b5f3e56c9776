import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { KINDS } from '../../src/features/privacy/kinds';
import { forget } from '../../src/features/privacy/privacy.service';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { anInvitation } from '../support/factories-evidence';
import {
  aHelpRequest,
  anAgreedCourse,
  anEnrolment,
  anObservation,
  aTeamOf,
  levels,
  monthsAgo,
  withFramework,
} from '../support/factories-reports';

let removeStorage: () => void;
beforeAll(() => {
  removeStorage = temporaryStorage();
});
afterAll(() => removeStorage());

const DATA = '/account/data';
const rows = (sql: string, values: object = {}) => asOwner(async () => (await db().raw(sql, values as never)).rows);

/** Every place where the database points to a person: foreign keys, and columns named so. */
const LINKS = `
  select c.conrelid::regclass::text as target, a.attname as who from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid = 'people'::regclass
  union select table_name, column_name from information_schema.columns
  where table_schema = 'public' and column_name in ('person_id', 'actor_id') and table_name not in (select viewname from pg_views)`;
/** Who did something to the organisation's things is told by the log, not by a row of their own. */
const TOLD_BY_THE_LOG = /\.(\w+_by|judge_id|supervisor_id|expert_id|professional_id|mapped_by)$/;

async function aLearner(values: Parameters<typeof aTeamOf>[0] = {}) {
  await withFramework();
  const { supervisor, team, members, organisation } = await aTeamOf({
    people: 6,
    names: ['Canary Kultanen'],
    language: 'fi',
    ...values,
  });
  const learner = members[0] as Actor;
  await anObservation(learner, { source: 'demonstration', level: 3, at: monthsAgo(2), note: 'Canarynote' } as never);
  const course = await anAgreedCourse(organisation, { team });
  await anEnrolment(learner, course, 2);
  await aHelpRequest(learner, { message: 'Canaryhelp', lesson_id: course.lessons[0] as string });
  await anInvitation(learner, { message: 'Canaryask' });
  return { supervisor, team, members, learner, organisation };
}

/** Asks to be forgotten, and lets the days go by. */
async function forgotten(learner: Actor) {
  expect((await as(learner).post(`${DATA}/erasure`, { sure: 'yes' })).status).toBe(303);
  await asOwner(() => db()('erasures').update({ due_at: monthsAgo(0, 1) }));
  await forget();
}

it('tells of every table that points to a person', async () => {
  const told = new Set(
    KINDS.flatMap(({ tables }) => tables.map((place) => (place.includes('.') ? place : `${place}.person_id`))),
  );
  const links = (await rows(LINKS)).map(({ target, who }: Record<string, string>) => `${target}.${who}`);
  expect(links.filter((link: string) => !told.has(link) && !TOLD_BY_THE_LOG.test(link))).toEqual([]);
  expect([...told].filter((place) => !links.includes(place) && place !== 'people.id')).toEqual([]);
});

describe('own data', () => {
  it('says what is known, who sees it and how long it stays; the file holds the rows', async () => {
    const { learner } = await aLearner();
    const { text, status } = await as(learner).get(DATA);
    expect(status).toBe(200);
    for (const known of ['Canary Kultanen', 'Canarynote', 'Canaryhelp']) expect(text).toContain(known);
    const file = await as(learner).get(`${DATA}/file.json`);
    expect(file.headers['content-disposition']).toContain('attachment');
    const { data } = JSON.parse(file.text);
    expect(data.skills.observations).toMatchObject([{ note: 'Canarynote', person_id: learner.id }]);
    expect(data.help.help_requests).toHaveLength(1);
    expect(data.views.view_invitations[0].message).toBe('Canaryask');
    expect(Object.keys(data)).toEqual(KINDS.map(({ kind }) => kind));
  });

  it('can be taken along as a PDF to read', async () => {
    const { learner } = await aLearner();
    const { status, headers, body } = await as(learner).get(`${DATA}/file.pdf`).buffer(true);
    expect({ status, mime: headers['content-type'] }).toEqual({ status: 200, mime: 'application/pdf' });
    expect(body.length).toBeGreaterThan(5000);
    expect(body.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('never holds secrets, or rows of another person', async () => {
    const { learner, members } = await aLearner();
    await anObservation(
      members[1] as Actor,
      { source: 'demonstration', level: 2, at: monthsAgo(1), note: 'Foreign' } as never,
    );
    const { text } = await as(learner).get(`${DATA}/file.json`);
    expect(text).not.toMatch(/password_hash|token_hash|Foreign|argon2/);
    expect(text).not.toContain((members[1] as Actor).id);
  });
});

describe('who has looked', () => {
  it('is told to the person, once a day and page, and to nobody else', async () => {
    const { learner, supervisor, team } = await aLearner();
    await as(supervisor).get(`/team/${team.id}/people/${learner.id}`);
    await as(supervisor).get(`/team/${team.id}/people/${learner.id}`);
    await as(supervisor).get(`/team/${team.id}`);
    expect(await rows('select what from looks where person_id = :p order by what', { p: learner.id })).toEqual([
      { what: 'person' },
      { what: 'team' },
    ]);
    expect((await as(learner).get(DATA)).text).toContain(`${supervisor.name}: sinun sivusi`);
    expect((await as(supervisor).get(`${DATA}/file.json`)).text).not.toContain(learner.id);
  });

  it('leaves out the person’s own looks', async () => {
    const { supervisor } = await aLearner();
    await as(supervisor).get(DATA);
    expect(await rows('select * from looks where person_id = :p', { p: supervisor.id })).toEqual([]);
  });
});

describe('erasure', () => {
  it('is asked with a tick, waits, and can be taken back', async () => {
    const { learner } = await aLearner();
    expect((await as(learner).post(`${DATA}/erasure`, {})).status).toBe(422);
    for (const _ of [1, 2]) await as(learner).post(`${DATA}/erasure`, { sure: 'yes' });
    expect(await rows('select reason from erasures')).toEqual([{ reason: 'asked' }]);
    await forget();
    expect(page(await as(learner).get(DATA))('#waiting').length).toBe(1);
    await as(learner).post(`${DATA}/erasure/back`, {});
    expect(await rows('select * from erasures')).toEqual([]);
  });

  it('is refused to the only administrator', async () => {
    const administrator = await aPerson({ roles: ['administrator'] });
    expect((await as(administrator).post(`${DATA}/erasure`, { sure: 'yes' })).status).toBe(422);
  });

  it('leaves no trace of who the person was in any table, and the others as they were', async () => {
    const { learner, supervisor, team, members } = await aLearner();
    await as(supervisor).get(`/team/${team.id}/people/${learner.id}`);
    const asked = { key: randomUUID(), whom: 'person', person: (members[1] as Actor).id, codes: ['1.1'], search: 'x' };
    await as(learner).post('/skills/views', asked);
    expect(await rows("select 1 from notifications where params ->> 'name' = 'Canary Kultanen'")).toHaveLength(1);
    await forgotten(learner);

    const tables = await rows(
      "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    for (const { table_name } of tables) {
      const found = await rows('select to_jsonb(t)::text as row from ?? t', [table_name]);
      const traces = found.filter(
        ({ row }: { row: string }) =>
          row.includes(learner.id) || /Canary|canary/.test(row) || row.includes(learner.username),
      );
      expect({ table_name, traces }).toEqual({ table_name, traces: [] });
    }
    expect((await as(supervisor).get(`/team/${team.id}/people/${learner.id}`)).status).toBe(404);
    expect((await as(members[1] as Actor).get('/skills')).status).toBe(200);
  });

  it('leaves the figures of closed months as they were', async () => {
    await withFramework();
    const { supervisor, team, members } = await aTeamOf({ people: 8, language: 'fi' });
    await levels(
      members,
      '4.2',
      members.map(() => [2, 4] as never),
    );
    const report = async () => page(await as(supervisor).get(`/team/${team.id}/growth`))('main table').text();
    const before = await report();
    expect(before).toMatch(/\d/);
    await forgotten(members[0] as Actor);
    expect(await report()).toBe(before);
  });

  it('forgets in one organisation what it knew, and leaves the other', async () => {
    const { learner, organisation } = await aLearner();
    const elsewhere = await anOrganisation();
    await asOwner(() =>
      db()('memberships').insert({
        organisation_id: elsewhere.id,
        person_id: learner.id,
        started_on: '2024-01-01' as never,
      }),
    );
    await forgotten(learner);
    const [person] = await rows('select name, home_organisation_id from people where id = :p', { p: learner.id });
    expect(person).toEqual({ name: 'Canary Kultanen', home_organisation_id: elsewhere.id });
    expect(await rows('select organisation_id from memberships where person_id = :p', { p: learner.id })).toEqual([
      { organisation_id: elsewhere.id },
    ]);
    expect(
      await rows('select * from observations where organisation_id = :o and person_id = :p', {
        o: organisation.id,
        p: learner.id,
      }),
    ).toEqual([]);
  });

  it('cannot be made by anyone who did not ask, or before its day', async () => {
    const { learner, supervisor } = await aLearner();
    await as(learner).post(`${DATA}/erasure`, { sure: 'yes' });
    const [{ id }] = await rows('select id from erasures');
    for (const who of [learner, supervisor]) await inScope(who, () => db().raw('select oppiva_erase(?)', [id]));
    expect(await rows('select * from erasures where done_at is not null')).toEqual([]);
    expect(await inScope(supervisor, () => db()('erasures').select())).toEqual([]);
  });
});

describe('retention', () => {
  it('takes away what is older than the organisation keeps, and nothing of another organisation', async () => {
    const { learner, organisation } = await aLearner();
    const other = await aPerson();
    const old = (person: Actor) =>
      asOwner(() =>
        db()('notifications').insert({
          organisation_id: person.organisation_id,
          person_id: person.id,
          kind: 'talk.planned',
          href: '/',
          created_at: monthsAgo(4),
        }),
      );
    await old(learner);
    await old(other);
    await asOwner(() =>
      db()('retention').insert({ organisation_id: organisation.id, kind: 'notifications', months: 3 }),
    );
    await forget();
    expect(await rows('select person_id from notifications')).toEqual([{ person_id: other.id }]);
  });

  it('forgets who left long ago', async () => {
    const { learner } = await aLearner();
    await asOwner(() =>
      db()('memberships')
        .where({ person_id: learner.id })
        .update({ ended_on: '2020-01-01' as never }),
    );
    await forget();
    await forget();
    expect(await rows('select * from people where id = :p', { p: learner.id })).toEqual([]);
  });

  it('is decided by administrators, in whole months', async () => {
    const administrator = await aPerson({ roles: ['administrator'] });
    const months = {
      answers: '12',
      talks: '60',
      views: '24',
      help: '24',
      notifications: '12',
      looks: '24',
      log: '24',
      leavers: '24',
      hours: '60',
    };
    expect((await as(await aPerson()).post('/organisation/retention', months)).status).toBe(403);
    for (const wrong of ['0', '-1', '1.5', 'long', '121', '']) {
      expect((await as(administrator).post('/organisation/retention', { ...months, answers: wrong })).status).toBe(422);
    }
    expect((await as(administrator).post('/organisation/retention', months)).status).toBe(303);
    expect(page(await as(administrator).get('/organisation/retention'))('#answers').val()).toBe('12');
    expect(
      await rows('select count(*)::int as n from retention where organisation_id = :o', {
        o: administrator.organisation_id,
      }),
    ).toEqual([{ n: 9 }]);
  });
});

it('answers nobody who is not signed in', async () => {
  expect((await as(undefined).get(`${DATA}/file.json`)).status).not.toBe(200);
});
