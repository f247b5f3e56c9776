import request from 'supertest';
import { createApp } from '../../src/app';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts';
import { loadDemo, NotADemo } from '../../src/demo/load';
import { identify } from '../../src/features/accounts/accounts.passport';
import { type Evidence, estimatePoints, showsAtLeast } from '../../src/features/skills/estimate';
import { recordObservation } from '../../src/features/skills/skills.service';
import { atomically, useDatabase } from '../../src/lib/db';
import { withScope } from '../../src/lib/scope';
import { sessions } from '../../src/lib/session';
import { connectAsApp, connectAsOwner, databaseUrl, recreateDatabase, TEMPLATE } from '../support/database';

const NAME = `oppiva_demo_${process.env.JEST_WORKER_ID ?? 1}`;
const owner = connectAsOwner(NAME);
const app = connectAsApp(NAME);
const now = new Date('2026-05-15T09:00:00Z');

beforeAll(async () => {
  await recreateDatabase(NAME, TEMPLATE);
  await loadDemo(databaseUrl(NAME), { now });
}, 60_000);

afterAll(async () => {
  await owner.destroy();
  await app.destroy();
});

/** Rows past every policy. */
const read = async (sql: string, values: unknown[] = []) => (await owner.raw(sql, values as never)).rows;

/** What the rows are, whatever ids the courses got. */
const SAME_AT_EVERY_LOAD = {
  people: 'id, username, name, email, language',
  memberships: 'id, organisation_id, person_id, roles, relation, started_on, ended_on',
  team_members: 'team_id, person_id, joined_on',
  self_assessment_answers: 'person_id, item_code, value, answered_at',
  observations: 'id, person_id, competence_code, source, level, observed_at, recorded_by, origin_id',
  skill_points: 'person_id, competence_code, observed_at, level, weight',
  quiz_answers: 'id, attempt_id, chosen, points, answered_at',
};

async function fingerprints(): Promise<unknown[]> {
  const prints = Object.entries(SAME_AT_EVERY_LOAD).map(([table, columns]) =>
    read(
      `select count(*)::int as n, md5(string_agg(row::text, '|' order by row::text)) from (select ${columns} from ${table}) row`,
    ),
  );
  return (await Promise.all(prints)).map(([row]) => row);
}

it('replaces itself by the same rows', async () => {
  const before = await fingerprints();
  await loadDemo(databaseUrl(NAME), { now });
  expect(await fingerprints()).toEqual(before);
}, 60_000);

it('lets each of its accounts in', async () => {
  const before = useDatabase(app);
  const session = sessions({ secret: 'x'.repeat(32), hours: 1 });
  const server = createApp({ identify: [...session, identify] });
  for (const username of DEMO_ACCOUNTS.usernames) {
    const answer = await request(server)
      .post('/sign-in')
      .type('form')
      .send({ username, password: DEMO_ACCOUNTS.password });
    expect([username, answer.status, answer.headers.location]).toEqual([username, 303, '/']);
  }
  if (before) useDatabase(before);
});

it('keeps for each skill the points that its observations make', async () => {
  const skills = await read('select * from skill_estimates order by md5(person_id::text || competence_code) limit 60');
  for (const { person_id, competence_code, observations, level, weight } of skills) {
    const of = 'where person_id = ? and competence_code = ? order by observed_at';
    const sql = `select source, level, observed_at as at, origin_type from counted_observations ${of}`;
    const evidence: Evidence[] = (await read(sql, [person_id, competence_code])).map(
      (one: Evidence & { origin_type: string }) => ({ ...one, atLeast: showsAtLeast(one) }),
    );
    const points = await read(`select * from skill_points ${of}`, [person_id, competence_code]);
    const made = estimatePoints(evidence);
    expect(evidence).toHaveLength(observations);
    expect(points.map((point: { observed_at: Date }) => point.observed_at)).toEqual([
      ...new Set(made.map(({ at }) => at)),
    ]);
    for (const sum of [
      ...(['self_weight', 'self_levels', 'other_weight', 'other_levels', 'other_squares'] as const),
      ...(['either_weight', 'either_levels'] as const),
    ])
      expect(points.at(-1)[sum]).toBeCloseTo(made.at(-1)?.[sum] ?? Number.NaN, 9);
    expect([points.at(-1).level, points.at(-1).weight]).toEqual([level, weight]);
  }
});

it('leaves a skill as the product would: one more observation changes nothing of the points before it', async () => {
  const before = useDatabase(app);
  const [learner] = await read(
    "select p.id, organisation_id from people p join memberships m on m.person_id = p.id where username = 'learner'",
  );
  const points = () =>
    read("select * from skill_points where person_id = ? and competence_code = '4.2' order by observed_at", [
      learner.id,
    ]);
  const known = await points();
  await withScope({ organisationId: learner.organisation_id, personId: learner.id }, () =>
    atomically(() =>
      recordObservation(learner, {
        person_id: learner.id,
        competence_code: '4.2',
        source: 'self',
        level: 3,
        observed_at: now,
        origin_type: 'test',
        origin_id: 'test',
      }),
    ),
  );
  expect((await points()).slice(0, -1)).toEqual(known);
  if (before) useDatabase(before);
});

it("does not touch a database with anyone's own organisation", async () => {
  await owner('organisations').insert({ slug: 'own', name: 'Oma ry' });
  await expect(loadDemo(databaseUrl(NAME))).rejects.toThrow(NotADemo);
  expect(await read('select count(*)::int as n from people')).toEqual([{ n: 240 }]);
});
