import { Client } from 'pg';
import { derivedId } from '../../src/features/quizzes/quizzes.service';
import { runningPostgres } from '../../src/lib/embedded-postgres';
import { aFolder, aServer, cleanUp, ensureBuilt, postgresOf, type RunningServer } from '../start/server';
import { type Answering, anAnswering, type Item } from './support/answering';

const QUIZ = '/learn/video-appointment/quiz';
/** Each on a device of their own: four send from an outbox, one sends the form of each question as a browser without scripts. */
const OUTBOXES = ['learner', 'expert', 'professional', 'supervisor'];
const BY_FORM = 'coordinator';
const ANSWERS_EACH = 225;
const ANSWERS_BY_FORM = 100;
const AT_ONCE = 20;
/** Killed when so many answers have been acknowledged; the last one takes PostgreSQL with it, as when the power goes. */
const KILLS = [250, 600];
const POWER_GOES = 600;

let server: RunningServer;
/** Resolves when the server that was killed last is back. */
let isBack: Promise<void> = Promise.resolve();
beforeAll(async () => {
  await ensureBuilt();
  server = await aServer({ DATA_FOLDER: aFolder() });
});
afterAll(cleanUp);

/** key -> what the server said became of it. */
const acknowledged = new Map<string, string>();
const waitingKills = [...KILLS];
let unanswered = 0;

function acknowledge(key: string, outcome: string): void {
  acknowledged.set(key, outcome);
  if (acknowledged.size < (waitingKills[0] ?? Number.POSITIVE_INFINITY)) return;
  isBack = killAndRestart(waitingKills.shift() === POWER_GOES);
}

async function killAndRestart(takesPostgres: boolean): Promise<void> {
  const { folder, url } = server;
  const postgres = postgresOf(folder);
  const ended = server.end('SIGKILL');
  if (takesPostgres) process.kill(postgres as number, 'SIGKILL');
  await ended;
  server = await aServer({ DATA_FOLDER: folder, PORT: new URL(url).port });
}

/** The answer of the server; undefined when it was killed before it gave one, after the next one is there. */
async function post(path: string, from: Answering, type: string, body: string) {
  try {
    const headers = { cookie: from.cookie, 'Content-Type': type };
    const response = await fetch(server.url + path, { method: 'POST', headers, body, redirect: 'manual' });
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  } catch {
    unanswered += 1;
    await isBack;
    return undefined;
  }
}

/** As a device sends its outbox; anything but 200 is a fault of the server. */
async function postBatch(from: Answering, batch: Item[]): Promise<void> {
  const { person, device } = from;
  const sent_at = batch.at(-1)?.given_at;
  const response = await post(
    '/outbox',
    from,
    'application/json',
    JSON.stringify({ person, device, sent_at, items: batch }),
  );
  if (!response) return;
  if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
  for (const { key, outcome } of JSON.parse(response.text).stored) acknowledge(key, outcome);
}

async function postForm(from: Answering, { key, action, body }: Item): Promise<void> {
  const response = await post(action, from, 'application/x-www-form-urlencoded', body);
  if (!response) return;
  if (response.location !== `${action}/feedback`)
    throw new Error(`${response.status} ${response.location} ${response.text}`);
  acknowledge(key, 'kept');
}

/** In order, again until the server has named each; every third time twice at once, and what was acknowledged long ago too. */
async function sendAll(from: Answering): Promise<void> {
  for (let round = 1; ; round += 1) {
    const batch = from.items.filter(({ key }) => !acknowledged.has(key)).slice(0, AT_ONCE);
    if (batch.length === 0) return;
    const more = round % 3 === 0 ? [batch, from.items.slice(0, AT_ONCE)] : [];
    await Promise.all([batch, ...more].map((items) => postBatch(from, items)));
  }
}

async function sendAllByForm(from: Answering): Promise<void> {
  for (const [index, item] of from.items.entries()) {
    while (!acknowledged.has(item.key)) {
      const again = index % 10 === 0 ? [item, from.items[0] as Item] : [];
      await Promise.all([item, ...again].map((one) => postForm(from, one)));
    }
  }
}

/** The answers that PostgreSQL in the server's folder holds, of each attempt in the order in which they came. */
async function storedAnswers(all: Answering[]): Promise<StoredAnswer[][]> {
  const postgres = await runningPostgres(server.folder);
  const client = new Client(postgres?.url('oppiva'));
  await client.connect();
  try {
    const { rows } = await client.query<StoredAnswer>(
      `select id, attempt_id, question_id, chosen, given_at < lag(given_at) over mine as "isBackwards"
       from quiz_answers where attempt_id = any($1) window mine as (partition by attempt_id order by answered_at)
       order by answered_at`,
      [all.map(({ attempt }) => attempt)],
    );
    return all.map(({ attempt }) => rows.filter((row) => row.attempt_id === attempt));
  } finally {
    await client.end();
  }
}

interface StoredAnswer {
  id: string;
  attempt_id: string;
  question_id: string;
  chosen: string[];
  isBackwards: boolean | null;
}

it('has each of 1,000 acknowledged answers once and in order, though the server is killed twice meanwhile, once with its PostgreSQL', async () => {
  const all = await Promise.all(
    [...OUTBOXES, BY_FORM].map((name) =>
      anAnswering(server.url, name, QUIZ, name === BY_FORM ? ANSWERS_BY_FORM : ANSWERS_EACH),
    ),
  );
  const before = await storedAnswers(all);
  await Promise.all([...all.slice(0, -1).map(sendAll), sendAllByForm(all.at(-1) as Answering)]);
  await isBack;

  expect(waitingKills).toEqual([]);
  expect(unanswered).toBeGreaterThanOrEqual(KILLS.length);
  expect(acknowledged.size).toBe(1000);
  expect(new Set(acknowledged.values())).toEqual(new Set(['kept']));
  const stored = await storedAnswers(all);
  for (const [index, { attempt, items }] of all.entries()) {
    const answers = (stored[index] ?? []).slice(before[index]?.length);
    // The key of the form is in the id of the answer; more rows than forms have no key, fewer leave keys without a row.
    const expected = items.map(({ key }, place) =>
      derivedId(attempt, answers[place]?.question_id ?? '', key, ...(answers[place]?.chosen ?? [])),
    );
    expect(answers.map(({ id }) => id)).toEqual(expected);
    expect(answers.filter(({ isBackwards }) => isBackwards)).toEqual([]);
  }
});
