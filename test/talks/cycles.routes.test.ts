import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { aCycle, storedSteps } from '../support/factories-cycles';
import { aTeamOf } from '../support/factories-reports';

const YEAR = new Date().getFullYear();
const FORM = {
  year: String(YEAR),
  theme: 'Videovastaanotto',
  check: `${YEAR}-01-20`,
  plan: `${YEAR}-02-20`,
  try: `${YEAR}-04-01`,
  review: `${YEAR}-11-10`,
  remind_days: '10',
};

async function arrange() {
  const arranged = await aTeamOf({ people: 2 });
  const { organisation, team } = arranged;
  const address = `/team/${team.id}/cycle`;
  const member = arranged.members[0] as Actor;
  return { ...arranged, member, address, aYear: (values = {}) => aCycle(team, organisation, values) };
}

const experiments = (cycle: string) =>
  asOwner(() => db().table('team_experiments').where({ cycle_id: cycle }).orderBy('idea'));

it('is planned by the supervisor, once a year, and read by the team', async () => {
  const { supervisor, member, address } = await arrange();
  for (let times = 0; times < 2; times += 1) expect((await as(supervisor).post(address, FORM)).status).toBe(303);
  const $ = page(await as(member).get(address));
  expect($('.cycle-steps li')).toHaveLength(4);
  expect($('.lead').text()).toContain('Videovastaanotto');
  expect($('.cycle-ring .ring-stone')).toHaveLength(4);
  expect($('.cycle-ring desc').text()).toContain('1. ');
});

it.each([
  [{ year: '1999' }, 'year'],
  [{ year: 'ensi vuosi' }, 'year'],
  [{ check: '' }, 'check'],
  [{ plan: `${YEAR}-02-31` }, 'plan'],
  [{ try: `${YEAR + 1}-04-01` }, 'try'],
  [{ review: `${YEAR}-01-01` }, 'review'],
  [{ remind_days: '400' }, 'remind_days'],
  [{ theme: 'a'.repeat(201) }, 'theme'],
])('keeps what was typed and says what to mend when %j', async (wrong, field) => {
  const { supervisor, address } = await arrange();
  const response = await as(supervisor).post(address, { ...FORM, ...wrong });
  const $ = page(response);
  expect([response.status, $(`#${field}-error`).length]).toEqual([422, 1]);
  if (field !== 'theme') expect($('#theme').val()).toBe('Videovastaanotto');
});

it('moves days and keeps what was done', async () => {
  const { supervisor, member, address, aYear } = await arrange();
  const cycle = await aYear();
  await as(member).post(`${address}/${YEAR}/steps/check`, { learned: 'Osaamme paljon.' });
  expect((await as(supervisor).post(`${address}/${YEAR}`, { ...FORM, check: `${YEAR}-01-05` })).status).toBe(303);
  const [check] = await storedSteps(cycle);
  expect(check).toMatchObject({ learned: 'Osaamme paljon.', remind_days: 10 });
  expect(check.done_on).not.toBeNull();
});

it('marks a step done with a sentence, changes the sentence, and opens the step again', async () => {
  const { member, address, aYear } = await arrange();
  const cycle = await aYear();
  const step = `${address}/${YEAR}/steps/check`;
  const empty = await as(member).post(step, { learned: ' ' });
  expect([empty.status, page(empty)('.govuk-error-message').length]).toEqual([422, 1]);
  const long = await as(member).post(step, { learned: 'a'.repeat(301) });
  expect(page(long)('#learned').val()).toHaveLength(301);

  await as(member).post(step, { learned: 'Yksi lause.' });
  expect(page(await as(member).get(address))('.cycle-steps .is-done')).toHaveLength(1);
  await as(member).post(`${step}/removal`);
  expect((await storedSteps(cycle))[0]).toMatchObject({ learned: '', done_on: null });
});

it('tries something once for each form, and decides to keep, change or drop it', async () => {
  const { member, address, aYear } = await arrange();
  const cycle = await aYear();
  const form = { key: randomUUID(), idea: 'Kaksin kotikäynnille' };
  for (let times = 0; times < 2; times += 1) await as(member).post(`${address}/${YEAR}/experiments`, form);
  expect(await experiments(cycle)).toHaveLength(1);
  const one = `${address}/${YEAR}/experiments/${form.key}`;
  expect((await as(member).post(one, { learned: 'x' })).status).toBe(422);
  await as(member).post(one, { decision: 'drop', learned: 'Liian kiire' });
  expect((await experiments(cycle))[0]).toMatchObject({ decision: 'drop', learned: 'Liian kiire' });
  expect((await as(member).post(`${address}/${YEAR}/experiments`, { idea: '' })).status).toBe(422);
});

it('makes the next year from this one: the same days, and what is still open', async () => {
  const { supervisor, member, address, aYear } = await arrange();
  await aYear({ days: { check: `make_date(${YEAR}, 1, 31)` } });
  for (const [idea, decision] of [
    ['auki', ''],
    ['jää', 'keep'],
    ['muuttuu', 'change'],
    ['pois', 'drop'],
  ] as const) {
    const key = randomUUID();
    await as(member).post(`${address}/${YEAR}/experiments`, { key, idea });
    if (decision) await as(member).post(`${address}/${YEAR}/experiments/${key}`, { decision });
  }
  for (let times = 0; times < 2; times += 1) await as(supervisor).post(`${address}/${YEAR}/next`);
  const next = await asOwner(() =>
    db()
      .table('team_cycles')
      .where({ year: YEAR + 1, organisation_id: supervisor.organisation_id }),
  );
  expect(next).toHaveLength(1);
  expect((await experiments(next[0].id)).map(({ idea }) => idea)).toEqual(['auki', 'muuttuu']);
  const $ = page(await as(member).get(`${address}?year=${YEAR + 1}`));
  expect($('.cycle-steps').text()).toContain(`31 Jan ${YEAR + 1}`);
});

describe('who may', () => {
  it('shows it to the team, its supervisor and administrators, and to nobody else', async () => {
    const { organisation, supervisor, member, address, aYear } = await arrange();
    await aYear();
    const administrator = await aPerson({ organisation, roles: ['learner', 'administrator'] });
    for (const who of [member, supervisor, administrator]) expect((await as(who).get(address)).status).toBe(200);
    const elsewhere = await aTeamOf({ people: 1 });
    for (const who of [await aPerson({ organisation }), elsewhere.supervisor, elsewhere.members[0] as Actor])
      expect((await as(who).get(address)).status).toBe(404);
  });

  it('lets the supervisor plan, the team work, and an administrator only look', async () => {
    const { organisation, member, address, aYear } = await arrange();
    await aYear();
    const administrator = await aPerson({ organisation, roles: ['learner', 'administrator'] });
    const post = async (who: Actor, path: string, form: object) =>
      (await as(who).post(`${address}${path}`, form)).status;
    for (const who of [member, administrator])
      for (const path of ['', `/${YEAR}`, `/${YEAR}/next`]) expect(await post(who, path, FORM)).toBe(403);
    expect(await post(administrator, `/${YEAR}/steps/check`, { learned: 'x' })).toBe(403);
    expect(await post(administrator, `/${YEAR}/experiments`, { idea: 'x' })).toBe(403);
    expect(await post(member, `/${YEAR}/steps/no-such`, { learned: 'x' })).toBe(404);
    expect(await post(member, '/1999/steps/check', { learned: 'x' })).toBe(404);
    expect(await post(member, `/${YEAR}/experiments/${randomUUID()}`, { decision: 'keep' })).toBe(404);
  });
});
