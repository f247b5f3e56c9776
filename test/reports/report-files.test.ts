import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { FolderStorage, useStorage } from '../../src/lib/storage';
import { as, page } from '../support/browser';
import { aPerson, asOwner, inScope, reload } from '../support/factories';
import { aTeamOf } from '../support/factories-reports';
import { runJobs } from '../support/jobs';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-files-'));
  useStorage(new FolderStorage(folder));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const files = () => fs.readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.bin'));

async function ordered(actor: Actor, address: string): Promise<string> {
  const { status, headers } = await as(actor).post('/reports/files', { address });
  expect(status).toBe(303);
  return String(headers.location);
}

it.each(['csv', 'xlsx', 'pdf'])(
  'makes a %s in the background: in the queue, ready, the same as asked for at once',
  async (ending) => {
    const { supervisor, team } = await aTeamOf({ people: 6, language: 'fi' });
    const address = `/team/${team.id}/completions.${ending}`;
    const place = await ordered(supervisor, address);

    const waiting = await as(supervisor).get(place);
    expect([waiting.status, waiting.headers.refresh]).toEqual([200, '4']);
    expect(page(waiting)('h1').text()).toBe('Tiedosto on tekeillä');
    expect((await as(supervisor).get(`${place}/content`)).status).toBe(404);

    await runJobs();

    const ready = await as(supervisor).get(place);
    expect([page(ready)('h1').text(), ready.headers.refresh]).toEqual(['Tiedosto on valmis', undefined]);
    const file = await as(supervisor)
      .get(`${place}/content`)
      .buffer()
      .parse(bytes as never);
    const atOnce = await as(supervisor)
      .get(address)
      .buffer()
      .parse(bytes as never);
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe(atOnce.headers['content-disposition']);
    expect(file.headers['content-type']).toBe(atOnce.headers['content-type']);
    if (ending === 'csv') expect(file.body.toString()).toBe(atOnce.body.toString());
    else expect(Math.abs(file.body.length - atOnce.body.length)).toBeLessThan(200);
  },
);

function bytes(res: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  res.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  res.on('end', () => done(null, Buffer.concat(chunks)));
}

it('makes one file of a button that is pressed twice', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1 });
  const address = `/team/${team.id}/completions.csv`;
  expect(await ordered(supervisor, address)).toBe(await ordered(supervisor, address));
  expect(await asOwner(() => db().table('report_files'))).toHaveLength(1);
});

it('shows a file to nobody but its owner', async () => {
  const { supervisor, team, organisation } = await aTeamOf({ people: 1 });
  const place = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  await runJobs();
  const others = [await aPerson({ organisation, roles: ['administrator'] }), (await aTeamOf({ people: 1 })).supervisor];
  for (const other of others)
    for (const address of [place, `${place}/content`]) expect((await as(other).get(address)).status).toBe(404);
});

it.each([
  '/reports/files.csv',
  '/account/data.csv',
  'https://evil.example/team/x.csv',
  '//evil.example/team/x.csv',
  '/team/../organisation/people.csv',
  '/team/x/completions',
  '',
])('refuses to make %j', async (address) => {
  const { supervisor } = await aTeamOf({ people: 1 });
  const { status, headers } = await as(supervisor).post('/reports/files', { address });
  if (status === 303) {
    await runJobs();
    expect(page(await as(supervisor).get(String(headers.location)))('h1').text()).toBe('The file could not be made');
  } else expect(status).toBe(404);
  expect(files()).toEqual([]);
});

it('makes nothing of a report that the person may not read any more, or never might', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1 });
  const other = await aTeamOf({ people: 1 });
  const theirs = await ordered(other.supervisor, `/team/${team.id}/completions.csv`);
  const own = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  await asOwner(() => db().table('team_supervisors').where({ team_id: team.id }).delete());
  await runJobs();
  expect(files()).toEqual([]);
  expect(page(await as(other.supervisor).get(theirs))('h1').text()).toBe('The file could not be made');
  expect(page(await as(await reload(supervisor)).get(own))('h1').text()).toBe('The file could not be made');
});

it('takes the file away after a week, bytes and row', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1 });
  const place = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  await runJobs();
  expect(files()).toHaveLength(1);
  await runJobs({ later: true });
  expect(files()).toEqual([]);
  expect((await as(supervisor).get(place)).status).toBe(404);
});

it('says how far it is', async () => {
  const { supervisor, team } = await aTeamOf({ people: 1, language: 'fi' });
  const place = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  await inScope(supervisor, () =>
    db().table('report_files').update({ state: 'making', rows_done: 40_000, rows_expected: 100_000 }),
  );
  const $ = page(await as(supervisor).get(place));
  expect($('.report-progress p').text().replace(/\s+/g, ' ').trim()).toBe(
    'Valmiina 40 % 40 000 riviä noin 100 000 rivistä on kirjoitettu.',
  );
  expect($('progress').attr('value')).toBe('40');
});

it('is given no more to one who may not read the report any more', async () => {
  const { supervisor, team } = await aTeamOf({ people: 6 });
  const place = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  await runJobs();
  expect((await as(supervisor).get(`${place}/content`)).status).toBe(200);
  await asOwner(() => db().table('team_supervisors').where({ team_id: team.id }).delete());
  expect((await as(await reload(supervisor)).get(`${place}/content`)).status).toBe(404);
});

it('holds what was chosen several times, as the file that is fetched at once', async () => {
  const { supervisor } = await aTeamOf({ people: 6 });
  const address = '/reports/own/new.csv?source=training&group=course&columns=done&columns=late&columns=expired';
  const place = await ordered(supervisor, address);
  await runJobs();
  const [made, atOnce] = [await as(supervisor).get(`${place}/content`), await as(supervisor).get(address)];
  expect(atOnce.text.length).toBeGreaterThan(100);
  expect(made.text).toBe(atOnce.text);
});

it('leaves no bytes behind when its person was forgotten while it was being made', async () => {
  const { supervisor, team } = await aTeamOf({ people: 6 });
  const place = await ordered(supervisor, `/team/${team.id}/completions.csv`);
  class Slow extends FolderStorage {
    override async write(...given: Parameters<FolderStorage['write']>) {
      await super.write(...given);
      await asOwner(() => db().table('report_files').delete());
    }
  }
  useStorage(new Slow(folder));
  await runJobs();
  expect(files()).toEqual([]);
  expect((await as(supervisor).get(place)).status).toBe(404);
});

it('are asked for as often as anybody needs them, and no more', async () => {
  const { supervisor } = await aTeamOf({ people: 1 });
  const statuses = new Map<number, number>();
  for (let number = 0; number < 62; number += 1) {
    const { status } = await as(supervisor).post('/reports/files', { address: `/training.csv?x=${number}` });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses]).toEqual([
    [303, 60],
    [429, 2],
  ]);
});
