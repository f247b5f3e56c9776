import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import type { z } from 'zod';

const MEGABYTE = 1024 * 1024;
/** What a file may hold, in bytes unpacked; `ratio` is unpacked bytes for each packed one. */
export const LIMITS = {
  megabytes: 1024,
  unpacked: 1500 * MEGABYTE,
  entries: 2600,
  json: 30 * MEGABYTE,
  ratio: 400,
  ratioFrom: 8 * MEGABYTE,
};

/** Why a file is not taken in, as `exchange.refused.<key>`. */
export class Refused extends Error {
  constructor(
    readonly key: string,
    readonly values: Record<string, string | number> = {},
  ) {
    super(key);
  }
}

/** The only names that a file of ours has. No name is ever used as a path, so none can lead anywhere. */
const NAMES = /^(oppiva-course\.json|course\.json|media\/[0-9a-f]{64}\.[a-z0-9]{2,4}|h5p\/[0-9a-f-]{36}\.h5p)$/;

/** An opened archive: each entry by its name, none of them read yet. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Lets `work` read an archive. Throws Refused for what is none, or holds what ours do not. */
  static async open<T>(path: string, work: (archive: Archive) => Promise<T>): Promise<T> {
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: true };
    const zip = await openPromise(path, options).catch((error: NodeJS.ErrnoException) => {
      throw error.code ? error : new Refused('notArchive');
    });
    try {
      return await work(new Archive(zip, await listed(zip)));
    } finally {
      zip.close();
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  /** A JSON file that the schema knows, and its bytes' hash. */
  async json<S extends z.ZodType>(name: string, schema: S): Promise<{ value: z.output<S>; sha256: string }> {
    if ((this.entries.get(name)?.uncompressedSize ?? 0) > LIMITS.json)
      throw new Refused('jsonTooLarge', { file: name });
    const chunks: Buffer[] = [];
    for await (const chunk of this.bytes(name)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const read = schema.safeParse(parsed(bytes, name));
    if (!read.success) {
      const [issue] = read.error.issues;
      const at = (issue?.path ?? []).join(' / ').slice(0, 200);
      throw new Refused('notUnderstood', { file: name, at: at || '–' });
    }
    return { value: read.data, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Reads an entry to its end, to see whether it is what was promised. `to`: writes it there too. Returns its first bytes. */
  async check(promised: { path: string; sha256: string; bytes: number }, to?: string): Promise<Buffer> {
    const hash = createHash('sha256');
    let start = Buffer.alloc(0);
    let size = 0;
    const all = this.bytes(promised.path);
    async function* told() {
      for await (const chunk of all) {
        size += chunk.length;
        if (size > promised.bytes) throw new Refused('sizeLied', { file: promised.path });
        hash.update(chunk);
        if (start.length < 64) start = Buffer.concat([start, chunk.subarray(0, 64 - start.length)]);
        yield chunk;
      }
    }
    if (to) await pipeline(told, fs.createWriteStream(to));
    else for await (const _ of told());
    if (size !== promised.bytes) throw new Refused('sizeLied', { file: promised.path });
    if (hash.digest('hex') !== promised.sha256) throw new Refused('damaged', { file: promised.path });
    return start;
  }

  private async *bytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new Refused('missing', { file: name });
    let stream: Readable;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused(/bytes in the stream/.test(String(error)) ? 'sizeLied' : 'damaged', { file: name });
    }
  }
}

async function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > LIMITS.entries) throw new Refused('tooMany', { max: LIMITS.entries });
  const entries = new Map<string, Entry>();
  let promised = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
      if (!NAMES.test(name)) throw new Refused('strangeName', { file: printable(name) });
      if (entries.has(name)) throw new Refused('twice', { file: name });
      if (entry.isEncrypted() || !entry.canDecodeFileData()) throw new Refused('encrypted', { file: name });
      const { uncompressedSize: size, compressedSize: packed } = entry;
      promised += size;
      if (size > LIMITS.ratioFrom && size > packed * LIMITS.ratio) throw new Refused('bomb', { file: name });
      if (promised > LIMITS.unpacked) throw new Refused('tooLarge', { max: LIMITS.unpacked / MEGABYTE });
      entries.set(name, entry);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('notArchive');
  }
  if (!entries.has('oppiva-course.json')) throw new Refused('notCourse');
  return entries;
}

const DEEPEST = 40;

function parsed(bytes: Buffer, name: string): unknown {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (depthOf(value, 0) > DEEPEST) throw new Refused('notUnderstood', { file: name, at: '–' });
    return value;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('badJson', { file: name });
  }
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return depth;
  let deepest = depth;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item, depth + 1));
  return deepest;
}

/** A hostile name may hold anything, and the message is for a person. */
const printable = (name: string) => name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 120);
