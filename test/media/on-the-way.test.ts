import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { clearUploads } from '../../src/features/media/uploads.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { db } from '../../src/lib/db';
import { translator } from '../../src/lib/i18n';
import { FolderStorage, type Storage, storage, useStorage } from '../../src/lib/storage';
import { aBomb, anMp4, aPhoto, VIDEO } from '../files/hostile';
import { as, page } from '../support/browser';
import { anOrganisation, aPerson, asOwner, inScope } from '../support/factories';
import { aDraft } from '../support/factories-authoring';
import { aWordFile } from '../support/hostile/files';

const t = translator('fi');
const HUNDRED = 100 * 1024 * 1024;
let folder: string;
let temporary: string;
let author: Actor;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-on-the-way-'));
  // Other tests send files at the same time: a place for temporary files of these alone.
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-temporary-'));
  jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
  useStorage(new FolderStorage(folder));
  author = await aPerson({ organisation: await anOrganisation(), roles: ['author', 'expert'], language: 'fi' });
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const one of [folder, temporary]) fs.rmSync(one, { recursive: true, force: true });
});

const filesIn = () =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const rowsOf = (table: string) =>
  asOwner(() => db().table(table).where({ organisation_id: author.organisation_id })) as Promise<{ id: string }[]>;
const nothingKept = async () => expect([await rowsOf('files'), filesIn()]).toEqual([[], []]);
const uploadFolders = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('oppiva-upload-'));

const send = (address: string, field: string, bytes: Buffer, name: string, fields: Record<string, string> = {}) => {
  const sending = request(as(author).app).post(address);
  for (const [key, value] of Object.entries(fields)) sending.field(key, value);
  return sending.attach(field, bytes, name);
};

/** A storage whose disk is full after so many writes. */
function fullAfter(writes: number): void {
  const inner = storage();
  let left = writes;
  const full: Storage = {
    read: (key, range) => inner.read(key, range),
    remove: (key) => inner.remove(key),
    sweep: (before) => inner.sweep(before),
    write: async (key, bytes, mime, length) => {
      if (left-- <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      await inner.write(key, bytes, mime, length);
    },
  };
  useStorage(full);
}

describe('a disk that is full', () => {
  it.each([0, 1, 3])(
    'after %i copies of a picture leaves none of them, says so, and takes it when there is room',
    async (writes) => {
      const photo = await aPhoto();
      fullAfter(writes);
      const refused = await send('/write/media', 'file', photo, 'laituri.jpg');
      expect([refused.status, page(refused)('.govuk-error-summary').text()]).toEqual([
        422,
        expect.stringContaining(t('media.fault.room')),
      ]);
      await nothingKept();
      useStorage(new FolderStorage(folder));
      expect((await send('/write/media', 'file', photo, 'laituri.jpg')).status).toBe(303);
    },
  );

  it.each([
    ['video.webm', () => fs.readFileSync(VIDEO)],
    ['ohje.docx', () => aWordFile()],
  ])('keeps nothing of %s', async (name, bytes) => {
    fullAfter(0);
    expect((await send('/write/media', 'file', await bytes(), name)).status).toBe(422);
    await nothingKept();
  });

  it('loses nothing that was typed beside the picture', async () => {
    const draft = await aDraft(author);
    fullAfter(0);
    const block = draft.content.blocks[0]?.id;
    const fields = { version: '1', title_fi: 'Otsikko', [`b_${block}_fi`]: 'Kirjoitin tämän.', do: 'add-image' };
    const response = await send(`/write/drafts/${draft.id}`, 'picture', await aPhoto(), 'a.jpg', fields);
    expect([response.status, response.text]).toEqual([422, expect.stringContaining(t('media.fault.room'))]);
    const [row] = (await rowsOf('lesson_drafts')) as unknown as { content: object }[];
    expect(JSON.stringify(row?.content)).toContain('Kirjoitin tämän.');
    await nothingKept();
  });

  it('of a part of a file is told so that the device keeps the part and sends it again', async () => {
    const id = randomUUID();
    const begin = { id, name: 'a.png', bytes: 10 };
    expect((await request(as(author).app).post('/write/media/uploads').send(begin)).status).toBe(201);
    fullAfter(0);
    const part = request(as(author).app)
      .post(`/write/media/uploads/${id}/parts/0`)
      .type('application/octet-stream')
      .send(Buffer.alloc(10));
    expect((await part).status).toBe(507);
    expect((await rowsOf('file_upload_parts')).length + filesIn().length).toBe(0);
  });

  it('has a page of its own where nothing else can be said', async () => {
    const { app } = as(author);
    const make = jest.spyOn(fs.promises, 'mkdtemp');
    make.mockRejectedValueOnce(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    const response = await request(app)
      .post('/write/media')
      .attach('file', await aPhoto(), 'a.jpg');
    make.mockRestore();
    expect([response.status, page(response)('h1').text()]).toEqual([507, t('errors.noRoom.heading')]);
  });
});

describe('a picture of 100 megabytes', () => {
  const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
  it('is refused with a sentence by the library, and nothing of it is kept', async () => {
    const bytes = Buffer.concat([JPEG, Buffer.alloc(HUNDRED)]);
    const response = await send('/write/media', 'file', bytes, 'a.jpg');
    expect([response.status, response.text]).toEqual([422, expect.stringContaining(t('media.fault.large'))]);
    await nothingKept();
    await eventually(() => expect(uploadFolders()).toEqual([]));
  });

  it('that does not say how long it is, is stopped at the limit; the form keeps what was typed', async () => {
    const draft = await aDraft(author);
    const block = draft.content.blocks[0]?.id;
    const answer = await streamed(
      `/write/drafts/${draft.id}`,
      { version: '1', title_fi: 'Uusi nimi', [`b_${block}_fi`]: 'Tekstini.' },
      HUNDRED,
    );
    expect(answer).toEqual({ status: 422, text: expect.stringContaining(t('authoring.picture.tooLarge')) });
    expect(answer.text).toContain('Tekstini.');
    await nothingKept();
  });

  it('in parts is refused before the first part', async () => {
    const answer = await request(as(author).app)
      .post('/write/media/uploads')
      .send({ id: randomUUID(), name: 'a.jpg', bytes: 4 * HUNDRED });
    expect([answer.status, answer.body.fault]).toEqual([422, 'large']);
    expect(await rowsOf('file_uploads')).toEqual([]);
  });
});

/** Sends a form without a length: pieces until `bytes`, or until the connection is cut by `breakAt`. */
async function streamed(address: string, fields: Record<string, string>, bytes: number, breakAt = Infinity) {
  const server = as(author).app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'Content-Type': 'multipart/form-data; boundary=raja' };
  const sending = http.request({ port, path: address, method: 'POST', headers });
  const answered = new Promise<{ status: number; text: string }>((resolve) => {
    sending.on('response', (response) => {
      let text = '';
      response.on('data', (piece) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sending.on('error', () => resolve({ status: 0, text: '' }));
  });
  const disposition = 'Content-Disposition: form-data; name=';
  for (const [name, value] of Object.entries(fields))
    sending.write(`--raja\r\n${disposition}"${name}"\r\n\r\n${value}\r\n`);
  sending.write(`--raja\r\n${disposition}"picture"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`);
  const piece = Buffer.alloc(1024 * 1024, 7);
  for (let sent = 0; sent < bytes && !sending.destroyed; sent += piece.length) {
    if (sent >= breakAt) {
      sending.destroy();
      break;
    }
    if (!sending.write(piece)) await Promise.race([once(sending, 'drain').catch(() => undefined), answered]);
  }
  if (!sending.destroyed) sending.end('\r\n--raja--\r\n');
  const answer = await answered;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return answer;
}

it('leaves nothing of a form whose connection broke in the middle', async () => {
  const draft = await aDraft(author);
  await streamed(`/write/drafts/${draft.id}`, { version: '1', title_fi: 'Puolikas' }, HUNDRED, 4 * 1024 * 1024);
  await eventually(() => expect(uploadFolders()).toEqual([]));
  await nothingKept();
  const [row] = (await rowsOf('lesson_drafts')) as unknown as { version: number }[];
  expect(row?.version).toBe(1);
});

/** The server notices a broken connection when it does. */
async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      return check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  check();
}

it('clears away by a job what a stopped server left of files on their way, not what is on its way now', async () => {
  const old = new Date(Date.now() - 25 * 3600 * 1000);
  const make = (place: string, at: Date) => {
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, 'x');
    fs.utimesSync(place, at, at);
    return place;
  };
  const [left, fresh] = [
    make(path.join(folder, '.parts', 'a'), old),
    make(path.join(folder, '.parts', 'b'), new Date()),
  ];
  const folders = [0, 1].map(() => fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-upload-'))) as [string, string];
  fs.utimesSync(folders[0], old, old);
  await inScope(author, () => clearUploads());
  expect([left, fresh, ...folders].map((place) => fs.existsSync(place))).toEqual([false, true, false, true]);
  fs.rmSync(folders[1], { recursive: true });
});

describe('pictures that no browser shows', () => {
  const heic = (brand: string) => {
    const head = Buffer.alloc(4000);
    head.write(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`, 0, 'latin1');
    return head;
  };
  it.each(['heic', 'heix', 'mif1', 'hevc'])('%s is told how to be made one that they do', async (brand) => {
    const response = await send('/write/media', 'file', heic(brand), 'IMG_0001.HEIC');
    expect([response.status, response.text]).toEqual([422, expect.stringContaining(t('media.fault.heic'))]);
    const draft = await aDraft(author);
    const inEditor = await send(`/write/drafts/${draft.id}/pictures`, 'picture', heic(brand), 'IMG_0001.HEIC');
    expect([inEditor.status, inEditor.body.message]).toEqual([422, t('media.fault.heic')]);
    await nothingKept();
  });

  it('a bomb of pixels is told to be made smaller', async () => {
    const response = await send('/write/media', 'file', aBomb(), 'pommi.png');
    expect([response.status, response.text]).toEqual([422, expect.stringContaining(t('media.fault.pixels'))]);
    await nothingKept();
  });
});

it('says so when one text of a form is too long, instead of that the page is nowhere', async () => {
  const draft = await aDraft(author);
  const response = await send(`/write/drafts/${draft.id}`, 'picture', Buffer.from('x'), 'a.jpg', {
    version: '1',
    title_fi: 'a'.repeat(300_000),
  });
  expect([response.status, page(response)('h1').text()]).toEqual([413, t('errors.tooLarge.heading')]);
  const [row] = (await rowsOf('lesson_drafts')) as unknown as { version: number }[];
  expect(row?.version).toBe(1);
});

it('keeps nothing of archives and recordings that end too soon, wherever they are cut', async () => {
  const word = await aWordFile();
  const draft = await aDraft(author);
  const whole: [string, string, Buffer][] = [
    [`/write/drafts/${draft.id}/import`, 'word', word],
    ['/write/media', 'file', word],
    ['/write/media', 'file', anMp4()],
    ['/write/media', 'file', fs.readFileSync(VIDEO)],
  ];
  for (const [address, field, bytes] of whole)
    for (const share of [0.01, 0.3, 0.6, 0.9, 0.999]) {
      const part = bytes.subarray(0, Math.floor(bytes.length * share));
      const response = await send(address, field, part, field === 'word' || bytes === word ? 'ohje.docx' : 'v.mp4');
      expect([address, share, response.status]).toEqual([address, share, 422]);
      expect(page(response)('.govuk-error-summary').text().trim().length).toBeGreaterThan(20);
    }
  await nothingKept();
});
