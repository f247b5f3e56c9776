import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import request from 'supertest';
import { FILE_KINDS, type StoredFile } from '../../src/features/files/files.model';
import { keepFile } from '../../src/features/files/files.service';
import type { Actor } from '../../src/features/organisations/organisations.model';
import { as } from '../support/browser';
import { anOrganisation, aPerson, inScope } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { aWordFile, hostileFiles } from '../support/hostile/files';
import { anMp3, aPhoto, aWav, VIDEO, VOICE } from './hostile';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-serving-'));
const removeStorage = temporaryStorage();
afterAll(() => {
  removeStorage();
  fs.rmSync(folder, { recursive: true });
});
let author: Actor;
beforeEach(async () => {
  author = await aPerson({ organisation: await anOrganisation(), roles: ['author'] });
});

/** Each kind that we keep, by the type it is served as: a name that is markup, a path and turned writing. */
const KEPT: Record<string, { ending: string; bytes: () => Buffer | Promise<Buffer> }> = {
  'image/webp': { ending: 'jpg', bytes: aPhoto },
  'video/webm': { ending: 'webm', bytes: () => fs.readFileSync(VIDEO) },
  'audio/webm': { ending: 'webm', bytes: () => fs.readFileSync(VOICE) },
  'audio/wav': { ending: 'wav', bytes: aWav },
  'audio/mpeg': { ending: 'mp3', bytes: anMp3 },
  'application/pdf': { ending: 'pdf', bytes: () => Buffer.from('%PDF-1.7\n<script>__ran(1)</script>\n'.repeat(9)) },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    ending: 'docx',
    bytes: () => aWordFile(),
  },
};

function sent(bytes: Buffer, name: string) {
  const place = path.join(folder, 'upload');
  fs.writeFileSync(place, bytes);
  return { path: place, originalname: name };
}

const get = (address: string, headers: Record<string, string> = {}) =>
  request(as(author).app)
    .get(address)
    .set(headers)
    .buffer()
    .parse(((response: Readable, done: (error: Error | null, body?: Buffer) => void) => {
      buffer(response).then((body) => done(null, body), done);
    }) as never);

async function keep(bytes: Buffer, name: string): Promise<StoredFile | string> {
  const kept = await inScope(author, () => keepFile(author.organisation_id, sent(bytes, name), FILE_KINDS));
  return kept.ok ? kept.file : kept.fault;
}

describe.each(Object.entries(KEPT))('%s', (type, { ending, bytes }) => {
  let file: StoredFile;
  let whole: Buffer;
  beforeEach(async () => {
    const kept = await keep(
      await bytes(),
      `..\\"><svg onload=__ran(1)>\r\nSet-Cookie: a=b;\u202e${type.slice(0, 5)}.${ending}`,
    );
    if (typeof kept === 'string') throw new Error(kept);
    file = kept;
    whole = (await get(`/files/${file.id}`)).body;
  });

  it('is served as what it is and as nothing else, opened by itself it runs nothing', async () => {
    for (const address of [`/files/${file.id}`, ...file.sizes.map(({ name }) => `/files/${file.id}/${name}`)]) {
      const { status, headers } = await get(address);
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch(
        /^(image\/(webp|jpeg|png)|(audio|video)\/\w+|application\/(pdf|vnd\.[\w.-]+))$/,
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['set-cookie'] ?? '').not.toContain('a=b');
    }
    const { headers } = await get(`/files/${file.id}`);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-disposition']).toMatch(
      file.kind === 'file' ? /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/ : /^inline$/,
    );
  });

  it('is served in parts, and nothing past its end', async () => {
    const size = whole.length;
    const parts: [string, number, Buffer | undefined, string][] = [
      ['bytes=0-9', 206, whole.subarray(0, 10), `bytes 0-9/${size}`],
      ['bytes=5-', 206, whole.subarray(5), `bytes 5-${size - 1}/${size}`],
      ['bytes=-7', 206, whole.subarray(-7), `bytes ${size - 7}-${size - 1}/${size}`],
      [`bytes=3-${size * 2}`, 206, whole.subarray(3), `bytes 3-${size - 1}/${size}`],
      [`bytes=${size}-`, 416, undefined, `bytes */${size}`],
      ['bytes=0-1,40-41', 200, whole, ''],
      ['bytes=9-2', 416, undefined, `bytes */${size}`],
      ['lines=0-9', 200, whole, ''],
    ];
    for (const [range, status, body, said] of parts) {
      const response = await get(`/files/${file.id}`, { Range: range });
      expect([range, response.status, response.headers['content-range'] ?? '']).toEqual([range, status, said]);
      if (body) expect(Buffer.compare(response.body, body)).toBe(0);
      expect(response.headers['x-content-type-options']).toBe('nosniff');
    }
  });
});

it('keeps none of the files that run, and serves those it keeps as no page, whatever they are called', async () => {
  const told: string[] = [];
  let kept = 0;
  for (const [what, { name, buffer: bytes }] of Object.entries(await hostileFiles())) {
    const file = await keep(bytes, name);
    if (typeof file === 'string') continue;
    kept += 1;
    const { headers, body } = await get(`/files/${file.id}`);
    if (/html|svg|xml;|javascript|text/.test(headers['content-type'] ?? ''))
      told.push(`${what}: ${headers['content-type']}`);
    if (!/sandbox$/.test(headers['content-security-policy'] ?? '')) told.push(`${what}: no sandbox`);
    // Pictures are written anew: of a page in them nothing is left.
    if (file.kind === 'image' && body.includes('__ran')) told.push(`${what}: still holds its page`);
  }
  expect(told).toEqual([]);
  expect(kept).toBeGreaterThan(5);
});
