import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import { config } from '../../config';
import { isNoRoom } from '../../lib/known-errors';
import { storage } from '../../lib/storage';
import { FileBytes, lengthOf, OddFile, type Piece, type ReadMedia } from './content/bytes';
import { type ReadDocument, readDocument } from './content/documents';
import { readMp4 } from './content/mp4';
import { readPictureCopies } from './content/pictures';
import { isHeic, sniff } from './content/sniff';
import { readMp3, readOpus, readWav } from './content/sounds';
import { readWebm } from './content/webm';
import {
  bytesKept,
  type FileFacts,
  type FileKind,
  findSameFile,
  insertFile,
  isKeptElsewhere,
  type StoredFile,
  storageKey,
  updateFile,
} from './files.model';
import { readName } from './names';

const MEGABYTE = 1024 * 1024;
/** The largest file of each kind that is taken, in megabytes. */
export const MOST_MEGABYTES: Record<FileKind, number> = { image: 25, audio: 60, video: 300, file: 25 };

/** Why a file cannot be kept; told by `media.fault.<fault>`. */
export type FileFault = 'unreadable' | 'heic' | 'pixels' | 'large' | 'kind' | 'odd' | 'quota' | 'room' | 'empty';

export type Reading = { ok: true; facts: FileFacts } | { ok: false; fault: FileFault };
export type Keeping = { ok: true; file: StoredFile; isNew: boolean } | { ok: false; fault: FileFault };

export const mostBytes = (): number => config.MEDIA_GIGABYTES * 1024 * MEGABYTE;

/**
 * Keeps a file that was sent: told by its content, cleaned of places and devices, written to the storage. The same file of the
 * same organisation is kept once: the one that is there comes back, from the bin too. `kinds`: what is asked for here.
 * `asItIs`: a picture that is clean already, as one that another installation wrote, keeps its bytes.
 */
export async function keepFile(
  organisationId: string,
  upload: { path: string; originalname: string },
  kinds: readonly FileKind[],
  asItIs = false,
): Promise<Keeping> {
  const sha256 = await hashOf(upload.path);
  const same = await findSameFile(organisationId, sha256);
  if (same && kinds.includes(same.kind)) {
    if (same.deleted_at) await updateFile(same, { deleted_at: null });
    return { ok: true, file: { ...same, deleted_at: null }, isNew: false };
  }
  const read = await writeCopies(organisationId, upload, kinds, { sha256, asItIs });
  if (!read.ok) return read;
  const { name } = readName(upload.originalname);
  const row = { ...read.facts, organisation_id: organisationId, name };
  try {
    return { ok: true, file: await insertFile(row), isNew: true };
  } catch (error) {
    await removeFreshCopies({ sizes: [], folder: '', ending: '', ...row });
    throw error;
  }
}

/** Reads a file and writes its copies to a new folder of the storage; no row yet. A replacing file comes this way too. */
export async function writeCopies(
  organisationId: string,
  { path, originalname }: { path: string; originalname: string },
  kinds: readonly FileKind[],
  { sha256, asItIs = false }: { sha256?: string; asItIs?: boolean } = {},
): Promise<Reading> {
  const { size } = await fs.promises.stat(path);
  if (size === 0) return { ok: false, fault: 'empty' };
  // Too large whatever it is: said before it is read.
  if (size > Math.max(...kinds.map((kind) => MOST_MEGABYTES[kind])) * MEGABYTE) return { ok: false, fault: 'large' };
  if ((await bytesKept(organisationId)) + size > mostBytes()) return { ok: false, fault: 'quota' };
  const folder = `media/${organisationId}/${randomUUID()}`;
  const base: Base = { sha256: sha256 ?? (await hashOf(path)), folder, written: [] };
  const handle = await fs.promises.open(path, 'r');
  try {
    const bytes = new FileBytes(handle, size);
    const start = Buffer.from(await bytes.at(0, Math.min(size, 64)));
    const what = sniff(start);
    const kind = what && (KIND_OF[what] ?? undefined);
    // A text and a page in code begin with anything; nothing of them is kept.
    if (!what || (kind && !kinds.includes(kind) && !(kind === 'video' && kinds.includes('audio'))))
      return { ok: false, fault: 'kind' };
    if (what === 'picture' && isHeic(start)) return { ok: false, fault: 'heic' };
    if (what === 'picture') return await writePicture(base, path, size, asItIs);
    if (what === 'document')
      return await writeDocument(base, { path, size, start, ending: readName(originalname).ending });
    const read = await READERS[what](bytes);
    if (!kinds.includes(read.kind)) return { ok: false, fault: 'kind' };
    if (size > MOST_MEGABYTES[read.kind] * MEGABYTE) return { ok: false, fault: 'large' };
    return { ok: true, facts: await writeMedia(base, path, read) };
  } catch (error) {
    // A disk that is full after the first copies: no row would ever tell of them.
    for (const key of base.written)
      await storage()
        .remove(key)
        .catch(() => undefined);
    // What was typed beside the file is kept: only the file is refused.
    if (isNoRoom(error)) return { ok: false, fault: 'room' };
    if (error instanceof OddFile || error instanceof RangeError) return { ok: false, fault: 'odd' };
    throw error;
  } finally {
    await handle.close();
  }
}

const KIND_OF: Record<string, FileKind | undefined> = {
  ...{ picture: 'image', document: 'file', wav: 'audio', mp3: 'audio', ogg: 'audio', mp4: 'video', webm: 'video' },
};
const READERS = { mp4: readMp4, webm: readWebm, wav: readWav, mp3: readMp3, ogg: readOpus } as const;

interface Base {
  sha256: string;
  folder: string;
  /** Keys that are in the storage already, or on their way. */
  written: string[];
}

function put({ folder, written }: Base, name: string, ...bytes: [Buffer | Readable, string, number?]): Promise<void> {
  written.push(`${folder}/${name}`);
  return storage().write(`${folder}/${name}`, ...bytes);
}

const kept = ({ sha256, folder }: Base) => ({ sha256, folder });

async function writePicture(base: Base, path: string, size: number, asItIs: boolean): Promise<Reading> {
  if (size > MOST_MEGABYTES.image * MEGABYTE) return { ok: false, fault: 'large' };
  const read = await readPictureCopies(path, asItIs);
  if (typeof read === 'string') return { ok: false, fault: read };
  const { width, height, full, copies, contrast } = read;
  await put(base, 'full.webp', full, 'image/webp');
  for (const { name, data } of copies) await put(base, name, data, mimeOf(name));
  const bytes = full.length + copies.reduce((sum, copy) => sum + copy.bytes, 0);
  const sizes = copies.map(({ data: _, ...copy }) => copy);
  return {
    ok: true,
    facts: { ...kept(base), kind: 'image', ending: 'webp', mime: 'image/webp', bytes, width, height, sizes, contrast },
  };
}

export const mimeOf = (copy: string): string =>
  ({ jpg: 'image/jpeg', png: 'image/png' })[copy.split('.').at(-1) ?? ''] ?? 'image/webp';

async function writeDocument(
  base: Base,
  { path, size, start, ending }: { path: string; size: number; start: Buffer; ending: string },
): Promise<Reading> {
  if (size > MOST_MEGABYTES.file * MEGABYTE) return { ok: false, fault: 'large' };
  const read: ReadDocument | undefined = await readDocument(path, start, ending);
  if (!read) return { ok: false, fault: 'kind' };
  await put(base, `full.${ending}`, fs.createReadStream(path), read.mime, size);
  return { ok: true, facts: { ...kept(base), ...read, kind: 'file', bytes: size, width: 0, height: 0 } };
}

async function writeMedia(base: Base, path: string, read: ReadMedia): Promise<FileFacts> {
  const { kind, ending, mime, width, height, durationMs, pieces } = read;
  const bytes = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  await put(base, `full.${ending}`, Readable.from(bytesOf(path, pieces)), mime, bytes);
  return { ...kept(base), kind, ending, mime, bytes, width, height, duration_ms: durationMs };
}

async function* bytesOf(path: string, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece;
    else if (piece.end > piece.start) yield* fs.createReadStream(path, { start: piece.start, end: piece.end - 1 });
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(path), hash);
  return hash.digest('hex');
}

/** Takes the bytes of a file, or of what it was before it was replaced, out of the storage, unless another row names them. */
export async function removeCopies(
  file: Pick<StoredFile, 'organisation_id' | 'sha256' | 'folder' | 'ending' | 'sizes'>,
): Promise<void> {
  if (!(await isKeptElsewhere(file))) await removeFreshCopies(file);
}

/** The same for bytes that were written just now and whose row was not: nobody else can name them. */
export async function removeFreshCopies(file: Parameters<typeof removeCopies>[0]): Promise<void> {
  for (const copy of [undefined, ...file.sizes.map(({ name }) => name)]) await storage().remove(storageKey(file, copy));
}

/** What to say of a picture that cannot be kept. */
export const pictureMessage = (fault: FileFault): string => {
  if (fault === 'large') return 'authoring.picture.tooLarge';
  return fault === 'kind' || fault === 'unreadable' ? 'authoring.picture.unreadable' : `media.fault.${fault}`;
};

/** A picture for a draft; undefined when the file is none that we can keep. */
export async function storePicture(
  organisationId: string,
  path: string,
  originalname = '',
): Promise<StoredFile | undefined> {
  const kept = await keepFile(organisationId, { path, originalname }, ['image']);
  return kept.ok ? kept.file : undefined;
}

/** The picture in one size, as WebP without place or camera data; undefined when it is none that we can read. */
export async function readPicture(file: string): Promise<{ data: Buffer; info: sharp.OutputInfo } | undefined> {
  const handle = await fs.promises.open(file, 'r');
  const start = Buffer.alloc(64);
  await handle.read(start, 0, 64, 0).finally(() => handle.close());
  if (sniff(start) !== 'picture') return undefined;
  const read = await readPictureCopies(file);
  return typeof read === 'string' ? undefined : sharp(read.full).toBuffer({ resolveWithObject: true });
}
