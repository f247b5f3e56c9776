import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Knex } from 'knex';
import { connectAsOwner, databaseUrl, recreateDatabase, TEMPLATE } from '../support/database';
import { aMailServer, type MailServer } from '../support/mail-server';

/** A killed process leaves committed rows only, so this test has a database of its own and a process to kill. */
const DATABASE = `oppiva_killed_${process.pid}`;
let owner: Knex;
let server: MailServer;

beforeAll(async () => {
  await recreateDatabase(DATABASE, TEMPLATE);
  owner = connectAsOwner(DATABASE);
  server = await aMailServer();
}, 60_000);
afterAll(async () => {
  await server.close();
  await owner.destroy();
});

async function aCollectedMail() {
  const [organisation_id, person_id, mail_id] = [randomUUID(), randomUUID(), randomUUID()];
  const email = `${person_id}@example.fi`;
  await owner('organisations').insert({ id: organisation_id, slug: organisation_id, name: 'Järjestö' });
  await owner('people').insert({ id: person_id, username: person_id, name: 'Aino Koski', email, language: 'fi' });
  await owner('memberships').insert({ organisation_id, person_id });
  await owner('notification_mails').insert({ id: mail_id, organisation_id, person_id });
  await owner('notifications').insert({ organisation_id, person_id, kind: 'skill.noted', href: '/skills', mail_id });
  return { organisation_id, person_id, mail_id, email };
}

type Collected = Awaited<ReturnType<typeof aCollectedMail>>;

function send({ email: _, ...mail }: Collected): ChildProcess {
  const env = {
    ...process.env,
    TEST_MAIL: server.url,
    TEST_DATABASE: databaseUrl(DATABASE),
    TEST_MAIL_OF: JSON.stringify(mail),
  };
  return spawn(process.execPath, [path.join(__dirname, 'one-send.js')], { env, stdio: 'inherit' });
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()));

async function sendAndKillWhen(mail: Collected, moment: 'named' | 'received'): Promise<void> {
  const child = send(mail);
  const gone = ended(child);
  server.hold = async (now) => {
    if (now !== moment) return;
    child.kill('SIGKILL');
    await gone;
  };
  await gone;
  server.hold = async () => undefined;
}

const received = ({ email }: Collected) => server.received.filter(({ to }) => to.includes(email)).length;

it('sends a mail again whose sender was killed before the server had it', async () => {
  const mail = await aCollectedMail();
  await sendAndKillWhen(mail, 'named');
  expect(received(mail)).toBe(0);
  await ended(send(mail));
  await ended(send(mail));
  expect(received(mail)).toBe(1);
}, 60_000);

it('never sends again what the server had when its sender was killed', async () => {
  const mail = await aCollectedMail();
  await sendAndKillWhen(mail, 'received');
  await ended(send(mail));
  expect(received(mail)).toBe(1);
}, 60_000);

it('sends once when two are at it', async () => {
  const mail = await aCollectedMail();
  await Promise.all([send(mail), send(mail)].map(ended));
  expect(received(mail)).toBe(1);
  expect((await owner('notification_mails').where({ id: mail.mail_id }).first()).state).toBe('sent');
}, 60_000);
