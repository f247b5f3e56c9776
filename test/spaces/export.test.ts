import { randomUUID } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import type { Response } from 'superagent';
import yauzl from 'yauzl';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { createSpace } from '../../src/features/spaces/spaces.service';
import { db } from '../../src/lib/db';
import { as } from '../support/browser';
import { aPerson, asOwner, inScope } from '../support/factories';
import { anAdministrator } from '../support/factories-admin';

/** The archive's files, by their names. */
async function filesOf(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const files: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) files[entry.fileName] = await text(await zip.openReadStreamPromise(entry));
  return files;
}

const exported = (who: Actor, at: string) =>
  as(who)
    .get(`${at}/export`)
    .buffer(true)
    .parse((res, done) => {
      buffer(res as unknown as NodeJS.ReadableStream).then(
        (bytes) => done(null, bytes),
        (error) => done(error, null),
      );
    });

it('digime-16: all that a space keeps leaves it as one file, to those who keep the space', async () => {
  const [{ admin: keeper }, partner, stranger] = [
    await anAdministrator(),
    await aPerson({ name: 'Partneri Pia' }),
    await aPerson(),
  ];
  const id = randomUUID();
  const at = `/spaces/${id}`;
  await inScope(keeper, () =>
    createSpace(keeper, { id, kind: 'network', name: 'Päättyvä verkosto', joining: 'open', visibility: 'network' }),
  );
  await asOwner(() => db().table('spaces').where({ id }).update({ visibility: 'public' }));
  await as(partner).post(`${at}/join`, {});
  await as(partner).post(`${at}/tasks`, { id: randomUUID(), kind: 'task', title: 'Kootaan <b>esteet</b>', who: 'Pia' });
  const topic = randomUUID();
  await as(keeper).post(`${at}/topics`, { id: topic, title: 'Esteettömyys', link: '' });
  await as(partner).post(`${at}/topics/${topic}/messages`, { id: randomUUID(), body: 'Painike puuttuu' });

  expect((await exported(stranger, at)).status).toBe(403);
  expect((await exported(partner, at)).status).toBe(403);
  await as(keeper).post(`${at}/end`, { continuity_plan: 'Aineistot siirtyvät Innokylään.' });
  const answer: Response = await exported(keeper, at);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-disposition']).toContain('.zip');
  const files = await filesOf(answer.body);
  expect(Object.keys(files)).toEqual(['space.json', 'space.html']);

  const content = JSON.parse(files['space.json'] ?? '');
  expect(content).toMatchObject({
    space: { name: 'Päättyvä verkosto', continuity_plan: 'Aineistot siirtyvät Innokylään.' },
    tasks: [{ title: 'Kootaan <b>esteet</b>', who: 'Pia' }],
    topics: [{ title: 'Esteettömyys', messages: [{ name: 'Partneri Pia', body: 'Painike puuttuu' }] }],
  });
  expect(content.organisations).toHaveLength(2);
  expect(content.members).toHaveLength(2);
  for (const { id: person } of [keeper, partner]) expect(files['space.json']).not.toContain(person);
  expect(files['space.html']).toContain('Kootaan &lt;b&gt;esteet');
  expect(files['space.html']).toContain('Painike puuttuu');
  expect(
    await asOwner(() => db().table('audit_events').where({ action: 'space.exported', subject_id: id })),
  ).toMatchObject([{ actor_id: keeper.id }]);
});
