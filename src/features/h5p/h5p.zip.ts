import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { type ArchiveLimits, RATIO_COUNTS_FROM } from './h5p.limits';
import { isPassedOver, isSpecialFile, nameProblem } from './h5p.names';
import { RefusalError, type Refusals } from './h5p.refusals';
import { HEAD_BYTES } from './h5p.signatures';

export interface NamedEntry {
  name: string;
  entry: Entry;
}

/** What reading a file of the archive to its end has shown. `size` is bytes counted, not bytes promised. */
export interface ReadFile {
  name: string;
  size: number;
  sha256: string;
  head: Buffer;
  /** The whole file, when it was asked for. */
  bytes?: Buffer;
}

/** Opens an archive, hands it over and closes it whatever happens. Throws a RefusalError for what is no archive. */
export async function withZip<T>(path: string, use: (zip: ZipFile) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw error.code ? error : new RefusalError('notArchive');
    },
  );
  try {
    return await use(zip);
  } finally {
    zip.close();
  }
}

/** Lists the files worth reading. What the archive only claims about itself is checked here, before a byte is unpacked. */
export async function listEntries(zip: ZipFile, limits: ArchiveLimits, refusals: Refusals): Promise<NamedEntry[]> {
  if (zip.entryCount > limits.entries) {
    refusals.add('tooManyFiles', { found: zip.entryCount, max: limits.entries });
    return [];
  }
  const entries: NamedEntry[] = [];
  let promised = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
      const problem = nameProblem(name) ?? (isSpecialFile(entry.externalFileAttributes) ? 'link' : undefined);
      if (problem) refusals.add(problem, { file: printable(name) });
      if (problem || name.endsWith('/') || isPassedOver(name)) continue;
      checkPromises(name, entry, limits, refusals);
      promised += entry.uncompressedSize;
      entries.push({ name, entry });
    }
  } catch {
    refusals.add('damaged');
  }
  if (promised > limits.totalBytes) refusals.add('tooLargeUnpacked', { max: megabytes(limits.totalBytes) });
  return entries;
}

function checkPromises(name: string, entry: Entry, limits: ArchiveLimits, refusals: Refusals): void {
  const { uncompressedSize: size, compressedSize } = entry;
  if (entry.isEncrypted()) refusals.add('encrypted', { file: name });
  else if (!entry.canDecodeFileData()) refusals.add('packedStrangely', { file: name });
  if (size > limits.fileBytes) refusals.add('fileTooLarge', { file: name, max: megabytes(limits.fileBytes) });
  else if (size > RATIO_COUNTS_FROM && size > compressedSize * limits.ratio) refusals.add('bomb', { file: name });
}

/** Counts the bytes of all files of one archive together, however little the archive promised. */
export class ByteBudget {
  private used = 0;

  constructor(private readonly limits: ArchiveLimits) {}

  take(bytes: number): void {
    this.used += bytes;
    if (this.used > this.limits.totalBytes) {
      throw new RefusalError('tooLargeUnpacked', { max: megabytes(this.limits.totalBytes) });
    }
  }
}

/** Reads one file to its end and counts what really comes. Throws a RefusalError when that is not what was promised. */
export async function readEntry(zip: ZipFile, named: NamedEntry, budget: ByteBudget, keep: boolean): Promise<ReadFile> {
  const { name, entry } = named;
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let head = Buffer.alloc(0);
  let size = 0;
  let sum = 0;
  for await (const chunk of contentOf(await openEntry(zip, named), name)) {
    size += chunk.length;
    budget.take(chunk.length);
    hash.update(chunk);
    sum = crc32(chunk, sum);
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    if (keep) kept.push(chunk);
  }
  if (sum !== entry.crc32) throw new RefusalError('damagedFile', { file: name });
  return { name, size, sha256: hash.digest('hex'), head, ...(keep && { bytes: Buffer.concat(kept) }) };
}

/** The unpacked bytes of one file. Throws a RefusalError where the archive is broken at it. */
export async function openEntry(zip: ZipFile, { name, entry }: NamedEntry): Promise<Readable> {
  return zip.openReadStreamPromise(entry).catch(() => {
    throw new RefusalError('damagedFile', { file: name });
  });
}

async function* contentOf(stream: Readable, name: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    // yauzl counts too, and says so in words; every other error is a stream that cannot be unpacked.
    const lied = error instanceof Error && /bytes in the stream/.test(error.message);
    throw new RefusalError(lied ? 'sizeLied' : 'damagedFile', { file: name });
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** A hostile name may hold anything, and the message is for a person. */
function printable(name: string): string {
  return name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 120);
}
