import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file in an archive; its pieces are read once, when its turn comes. */
export interface ZipEntry {
  name: string;
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  /** Pictures, sounds and archives: packing them again costs time and gains nothing. */
  isPacked?: boolean;
}

const CHUNK = 64 * 1024;
const LARGEST = 0xffffffff;
/** Sizes come after the bytes; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1.1.1980: archives of the same content are the same bytes. */
const DAY = 0x0021;

/**
 * An archive as chunks, made while it is read: nothing of it is kept but the names and sizes for the list at its end.
 * Throws a RangeError when it passes 4 GB, which this format (without its 64-bit extension) cannot tell.
 * The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const list: Buffer[] = [];
  let at = 0;
  for await (const { name, pieces, isPacked = false } of entries) {
    const start = at;
    const path = Buffer.from(name);
    const head = localHeader(path);
    yield head;
    at += head.length;
    const measured: Measured = { crc: 0, size: 0, packed: 0 };
    for await (const chunk of deflated(pieces, measured, isPacked ? 0 : 3)) {
      yield chunk;
      at += chunk.length;
    }
    const after = descriptor(measured);
    yield after;
    at += after.length;
    if (at > LARGEST || measured.size > LARGEST) throw new RangeError('an archive of more than 4 GB');
    list.push(listed(path, measured, start));
  }
  const whole = Buffer.concat(list);
  yield whole;
  yield ending(list.length, whole.length, at);
}

interface Measured {
  crc: number;
  size: number;
  packed: number;
}

async function* deflated(pieces: ZipEntry['pieces'], measured: Measured, level: number): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level });
  const done = pipeline(Readable.from(counted(pieces, measured), { objectMode: false, highWaterMark: CHUNK }), deflate);
  // What goes wrong comes out of the loop below; a reader who stops early is not a fault.
  done.catch(() => undefined);
  for await (const chunk of deflate as AsyncIterable<Buffer>) {
    measured.packed += chunk.length;
    yield chunk;
  }
  await done;
}

/** Small pieces are gathered: each trip through a stream costs more than the text. */
async function* counted(pieces: ZipEntry['pieces'], measured: Measured): AsyncGenerator<Buffer> {
  let some: Buffer[] = [];
  let length = 0;
  let texts: string[] = [];
  const gather = () => {
    if (texts.length > 0) some.push(Buffer.from(texts.join('')));
    texts = [];
  };
  const chunk = () => {
    gather();
    const bytes = some.length === 1 && some[0] ? some[0] : Buffer.concat(some);
    some = [];
    length = 0;
    measured.crc = crc32(bytes, measured.crc);
    measured.size += bytes.length;
    return bytes;
  };
  for await (const piece of pieces) {
    if (typeof piece === 'string') texts.push(piece);
    else {
      gather();
      some.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    }
    length += piece.length;
    if (length >= CHUNK) yield chunk();
  }
  if (length > 0) yield chunk();
}

function localHeader(path: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(DAY, 12);
  head.writeUInt16LE(path.length, 26);
  return Buffer.concat([head, path]);
}

function descriptor({ crc, size, packed }: Measured): Buffer {
  const after = Buffer.alloc(16);
  after.writeUInt32LE(0x08074b50, 0);
  after.writeUInt32LE(crc, 4);
  after.writeUInt32LE(packed, 8);
  after.writeUInt32LE(size, 12);
  return after;
}

function listed(path: Buffer, { crc, size, packed }: Measured, start: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DAY, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(size, 24);
  entry.writeUInt16LE(path.length, 28);
  entry.writeUInt32LE(start, 42);
  return Buffer.concat([entry, path]);
}

function ending(entries: number, length: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
