import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { FILE_KINDS, type StoredFile, storageKey } from '../../src/features/files/files.model';
import { keepFile } from '../../src/features/files/files.service';
import { readName } from '../../src/features/files/names';
import { dressPictures } from '../../src/features/files/picture-tag';
import { db } from '../../src/lib/db';
import { storage } from '../../src/lib/storage';
import { anOrganisation } from '../support/factories';
import { temporaryStorage } from '../support/factories-authoring';
import { aBomb, anMp3, anMp4, aPhoto, aPicture, aWav, PLACE, REFUSED, VIDEO, VOICE } from './hostile';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppiva-keeping-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let removeStorage: () => void;
beforeEach(() => {
  removeStorage = temporaryStorage();
});
afterEach(() => removeStorage());

function sent(bytes: Buffer, originalname: string) {
  const file = path.join(folder, randomUUID());
  fs.writeFileSync(file, bytes);
  return { path: file, originalname };
}

async function keep(bytes: Buffer, name: string): Promise<StoredFile> {
  const kept = await keepFile((await anOrganisation()).id, sent(bytes, name), FILE_KINDS);
  if (!kept.ok) throw new Error(kept.fault);
  return kept.file;
}

const bytesOf = async (file: StoredFile, copy?: string) =>
  buffer(
    (await storage().read(storageKey(file, copy))) as NonNullable<
      Awaited<ReturnType<ReturnType<typeof storage>['read']>>
    >,
  );

it.each(Object.entries(REFUSED))('refuses %s', async (_, { bytes, name, fault }) => {
  const organisation = await anOrganisation();
  expect(await keepFile(organisation.id, sent(bytes, name), FILE_KINDS)).toEqual({ ok: false, fault });
  expect(await db()('files').where({ organisation_id: organisation.id })).toEqual([]);
});

describe('a photo', () => {
  it('is kept upright, in sizes, without place, camera or words, in every copy', async () => {
    const photo = await aPhoto();
    expect(photo.includes(PLACE)).toBe(true);
    const file = await keep(photo, 'IMG 1.jpg');
    expect([file.width, file.height]).toEqual([800, 1200]);
    expect(file.sizes.map(({ name }) => name)).toEqual(['320.webp', '640.webp', 'old.jpg']);
    for (const copy of [undefined, ...file.sizes.map(({ name }) => name)]) {
      const bytes = await bytesOf(file, copy);
      const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect([exif, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined]);
      expect(bytes.includes('script')).toBe(false);
    }
    expect(file.bytes).toBe((await bytesOf(file)).length + file.sizes.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  it('of 1.6 billion pixels in a few bytes is refused before it is read', async () => {
    const kept = await keepFile((await anOrganisation()).id, sent(aBomb(), 'pommi.png'), FILE_KINDS);
    expect(kept).toEqual({ ok: false, fault: 'pixels' });
  });

  it('of 100 megabytes is refused', async () => {
    const large = sent(await aPicture().jpeg().toBuffer(), 'iso.jpg');
    fs.truncateSync(large.path, 100 * 1024 * 1024);
    expect(await keepFile((await anOrganisation()).id, large, FILE_KINDS)).toEqual({ ok: false, fault: 'large' });
  });

  it('where something shows through has a PNG for old browsers', async () => {
    const seeThrough = await sharp({ create: { width: 50, height: 40, channels: 4, background: '#00000033' } })
      .png()
      .toBuffer();
    expect((await keep(seeThrough, 'merkki.png')).sizes.map(({ name }) => name)).toEqual(['old.png']);
  });
});

it('keeps the same file of an organisation once, and another organisation’s apart', async () => {
  const [one, two] = [await anOrganisation(), await anOrganisation()];
  const upload = sent(await aPicture().png().toBuffer(), 'kuva.png');
  const ids = [];
  for (const { id } of [one, one, two]) {
    const kept = await keepFile(id, upload, ['image']);
    ids.push(kept.ok && kept.file.id);
  }
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
});

it.each([
  ['video by a phone', anMp4(), 'v.mov', { kind: 'video', ending: 'mp4', width: 640, height: 360, duration_ms: 4200 }],
  ['sound with words', aWav(), 'a.wav', { kind: 'audio', ending: 'wav', duration_ms: 500 }],
  ['sound with tags', anMp3(), 'a.mp3', { kind: 'audio', ending: 'mp3', duration_ms: 261 }],
])('keeps a %s without the place in it', async (_, bytes, name, facts) => {
  expect(bytes.includes(PLACE)).toBe(true);
  const file = await keep(bytes, name);
  expect(file).toMatchObject(facts);
  const kept = await bytesOf(file);
  expect(kept.includes(PLACE)).toBe(false);
  expect(kept.length).toBe(file.bytes);
});

it.each([
  ['voice', VOICE, { kind: 'audio', mime: 'audio/webm', duration_ms: 13739 }],
  ['video', VIDEO, { kind: 'video', mime: 'video/webm', duration_ms: 11973, width: 640, height: 360 }],
])('gives a %s that a browser recorded its length, and places to jump to', async (_, name, facts) => {
  const file = await keep(fs.readFileSync(name), 'nauhoitus.webm');
  expect(file).toMatchObject(facts);
  const kept = await bytesOf(file);
  expect(kept.includes(Buffer.from('4489', 'hex'))).toBe(true);
  expect(kept.includes(Buffer.from('1c53bb6b', 'hex'))).toBe(true);
  expect(kept.includes('Chrome')).toBe(false);
});

it.each([
  ['C:\\kuvat\\lomalla.JPG', 'lomalla', 'jpg'],
  ['../../etc/passwd', 'passwd', ''],
  ['kuva\u202egnp.exe', 'kuvagnp', 'exe'],
  ['"><img src=x onerror=alert(1)>.png', 'img src=x onerror=alert(1)', 'png'],
  ['Äiti ja öljylamppu.webp', 'Äiti ja öljylamppu', 'webp'],
  ['\u0000\u200b.png', '', 'png'],
  [`${'a'.repeat(500)}.png`, 'a'.repeat(120), 'png'],
])('reads the name %j without folders and unseen signs', (given, name, ending) => {
  expect(readName(given)).toEqual({ name, ending });
});

it('shows a picture of a text in its sizes, and the same again after it was dressed', async () => {
  const file = await keep(await aPicture(1000, 500).png().toBuffer(), 'kuva.png');
  const html = `<p><img src="/files/${file.id}" alt="Kissa &quot;Musti&quot;" loading="lazy" /></p><img src="/files/${randomUUID()}" alt="">`;
  const files = new Map([[file.id, file]]);
  const dressed = dressPictures(html, files);
  expect(dressed).toContain(`/files/${file.id}/320.webp?v=1 320w`);
  expect(dressed).toContain('alt="Kissa &quot;Musti&quot;" width="1000" height="500"');
  expect(dressPictures(dressed, files)).toBe(dressed);
  expect(dressPictures(dressed, new Map([[file.id, { ...file, version: 2 }]]))).toContain('320.webp?v=2');
});
