import request from 'supertest';
import { createApp } from '../../src/app';
import { setSituationScene } from '../../src/bench/contacts';
import { quantile } from '../../src/bench/load';
import { FINDING_PAGES, PAGES } from '../../src/bench/pages';
import { processorTime } from '../../src/bench/processes';
import { type Scene, setScene } from '../../src/bench/scene';
import { SITUATION_PAGES } from '../../src/bench/situation-pages';
import { loadDemo } from '../../src/demo/load';
import { identify } from '../../src/features/accounts/accounts.passport';
import { useDatabase } from '../../src/lib/db';
import { useSecret } from '../../src/lib/secret';
import { sessions } from '../../src/lib/session';
import { connectAsApp, databaseUrl, recreateDatabase, TEMPLATE } from '../support/database';

const NAME = `oppiva_bench_${process.env.JEST_WORKER_ID ?? 1}`;
const SECRET = 'a secret that is long enough for a test';
const pool = connectAsApp(NAME);
let scene: Scene;

beforeAll(async () => {
  await recreateDatabase(NAME, TEMPLATE);
  await loadDemo(databaseUrl(NAME));
  scene = await setScene(databaseUrl(NAME), SECRET);
  scene.situation = await setSituationScene(databaseUrl(NAME), SECRET);
}, 60_000);
afterAll(() => pool.destroy());

it.each([...new Set([...PAGES, ...FINDING_PAGES, ...SITUATION_PAGES])])(
  '$page answers as the benchmark expects, for one and for another',
  async (page) => {
    const before = useDatabase(pool);
    useSecret(SECRET);
    const app = createApp({ identify: [...sessions({ secret: SECRET, hours: 1 }), identify], trustProxy: 1 });
    for (const n of [0, 1, 7, scene.learners.length + 3]) {
      const { method, path, headers, body } = page.request(scene, n);
      const sent = request(app)[method === 'GET' ? 'get' : 'post'](path).set(headers);
      const answer = await (body === undefined ? sent : sent.send(body));
      expect([path, answer.status]).toEqual([path, page.status]);
      expect(answer.headers.location ?? '').not.toContain('sign-in');
    }
    if (before) useDatabase(before);
  },
);

it('knows the team of twenty, whatever the size of the demo', () => {
  expect(scene).toMatchObject({ people: 240, lessonPath: '/learn/recognise-scam-messages/l2' });
  expect(scene.questions.length).toBeGreaterThan(3);
  expect(scene.attempts).not.toContain(undefined);
});

it('counts quantiles and processor time', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile([7], 0.99)]).toEqual([51, 100, 7]);
  expect(processorTime([process.pid])).toBeGreaterThan(0);
});
