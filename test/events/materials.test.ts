import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { as, page } from '../support/browser';
import { aPerson, asOwner } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { aKeeper, anEvent, EVENT_FORM, idOf } from '../support/factories-events';

let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

const PDF = Buffer.from('%PDF-1.7\nMuistilista\n%%EOF');
const PICTURE = 'test/support/h5p-toy/content/images/viesti.png';
const send = (actor: Actor | undefined, event: string, file: Buffer | string, name: string, form: object = {}) =>
  request(as(actor).app)
    .post(`${event}/materials`)
    .field({ key: randomUUID(), title: '', ...form })
    .attach('file', file, name);
const files = (event: string) =>
  asOwner(() =>
    db()
      .table('event_parts')
      .where({ event_id: idOf(event) })
      .whereNotNull('file_name')
      .orderBy('position'),
  );

it('digiverkosto-12: a file is a material of the meeting, got by those who see it, once for one sending', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper);
  const key = randomUUID();
  for (const _ of [1, 2])
    expect((await send(keeper, event, PDF, 'Muistilista käynnille.pdf', { key })).headers.location).toContain('#parts');
  expect(await files(event)).toMatchObject([
    { title: 'Muistilista käynnille', file_name: 'Muistilista käynnille.pdf', file_bytes: PDF.length },
  ]);
  const reader = await aPerson({ organisation: { id: keeper.organisation_id } });
  const link = page(await as(reader).get(event))('a[download]');
  expect(link.text()).toContain('Muistilista käynnille.pdf (1 k');
  const got = await as(reader)
    .get(link.attr('href') as string)
    .buffer();
  expect([got.status, Buffer.compare(got.body, PDF)]).toEqual([200, 0]);
  expect(got.headers['content-disposition']).toMatch(/^attachment/);
  expect(got.headers['content-security-policy']).toContain('sandbox');

  const foreign = await aPerson();
  for (const other of [foreign, undefined]) expect((await as(other).get(link.attr('href') as string)).status).toBe(404);
  expect((await send(reader, event, PDF, 'oma.pdf')).status).toBe(403);
  expect((await send(foreign, event, PDF, 'oma.pdf')).status).toBe(404);
  expect(await files(event)).toHaveLength(1);
});

it('a file of a public event is for anybody; one that is removed is gone with its bytes', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper, { visibility: 'public' });
  await send(keeper, event, PDF, 'ohje.pdf', { title: 'Ohje' });
  const [part] = await files(event);
  const address = `${event}/materials/${part.id}`;
  expect((await as(undefined).get(address)).status).toBe(200);
  const key = `events/${keeper.organisation_id}/${idOf(event)}/${part.id}`;
  expect(await storage().read(key)).toBeDefined();
  expect((await as(keeper).post(`${event}/parts/${part.id}/remove`, {})).status).toBe(303);
  expect((await as(undefined).get(address)).status).toBe(404);
  expect(await storage().read(key)).toBeUndefined();
});

it.each([
  ['a page', Buffer.from('<script>alert(1)</script>'), 'sivu.html'],
  ['a drawing in code', Buffer.from('<svg onload="x()"/>'), 'kuva.svg'],
  ['a program by the name of a document', Buffer.from('MZ\u0090\0'), 'ohje.pdf'],
  ['nothing', Buffer.alloc(0), 'tyhja.pdf', 'Valitse tiedosto'],
])(
  '%s is refused in words, and the name that was typed stays',
  async (_what, file, name, told = 'Tällaista tiedostoa ei voi tallentaa') => {
    const keeper = await aKeeper();
    const event = await anEvent(keeper);
    const answer = await send(keeper, event, file, name, { title: 'Oma nimi' });
    expect([answer.status, page(answer)('#material').val()]).toEqual([422, 'Oma nimi']);
    expect(page(answer)('.govuk-error-summary').text()).toContain(told);
    expect(await files(event)).toEqual([]);
  },
);

it('no file is asked for, and there are twenty at most', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper, { ...EVENT_FORM });
  const without = await request(as(keeper).app).post(`${event}/materials`).field({ key: randomUUID(), title: '' });
  expect(without.status).toBe(422);
  expect(page(without)('.govuk-error-summary').text()).toContain('Valitse tiedosto');
  const row = { organisation_id: keeper.organisation_id, event_id: idOf(event), kind: 'material', title: 'x' };
  await asOwner(() =>
    db()
      .table('event_parts')
      .insert(
        Array.from({ length: 20 }, () => ({
          ...row,
          id: randomUUID(),
          file_name: 'x.txt',
          file_mime: 'text/plain',
          file_bytes: 1,
        })),
      ),
  );
  expect(page(await send(keeper, event, PDF, 'yksi.pdf'))('.govuk-error-summary').text()).toContain('20 tiedostoa');
});

it('a picture loses the place where it was taken, and is written anew', async () => {
  const keeper = await aKeeper();
  const event = await anEvent(keeper);
  await send(keeper, event, PICTURE, 'fläppi.png');
  expect(await files(event)).toMatchObject([{ file_name: 'fläppi.webp', file_mime: 'image/webp' }]);
});
