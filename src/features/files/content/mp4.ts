import { type FileBytes, OddFile, type Piece, type ReadMedia } from './bytes';

/** ISO 14496-12 boxes that a player needs or passes over; a file with any other at its top is refused. */
const TOP = 'ftyp moov mdat free skip wide uuid meta udta moof mfra sidx styp pdin emsg ssix prft';
/** Boxes that carry places, devices, names and whatever else was hidden: they become empty ones of the same length. */
const EMPTIED = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'wide', 'emsg', 'prft']);
const FOLDERS = new Set(['moov', 'trak', 'mdia', 'moof', 'traf']);
const LARGEST_MOOV = 64 * 1024 * 1024;
const SEEN = ['vide', 'pict'];
const KEPT_TRACKS = [...SEEN, 'soun', 'text', 'sbtl', 'subt', 'hint', 'clcp'];

interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** Reads an MP4 or QuickTime file. Every box keeps its length, so that the places that tracks point to stay right. */
export async function readMp4(file: FileBytes): Promise<ReadMedia> {
  const pieces: Piece[] = [];
  const types: string[] = [];
  const facts = { isSeen: false, isHeard: false, width: 0, height: 0, durationMs: null as number | null };
  for (let at = 0; at < file.size; ) {
    const box = headOf(await file.at(at, Math.min(16, file.size - at)), at, file.size);
    if (!TOP.split(' ').includes(box.type)) throw new OddFile(`box ${box.type}`);
    types.push(box.type);
    if (box.type === 'mdat') pieces.push({ start: box.start, end: box.end });
    else {
      if (box.end - box.start > LARGEST_MOOV) throw new OddFile('a table of contents too large');
      const bytes = Buffer.from(await file.at(box.start, box.end - box.start));
      clean(bytes, { ...box, start: 0, body: box.body - box.start, end: bytes.length }, facts);
      pieces.push(bytes);
    }
    at = box.end;
  }
  if (types[0] !== 'ftyp' || !types.includes('moov') || !(types.includes('mdat') || types.includes('moof')))
    throw new OddFile('not a whole MP4');
  if (!facts.isSeen && !facts.isHeard) throw new OddFile('nothing to see or hear');
  const { isSeen, width, height, durationMs } = facts;
  return isSeen
    ? { kind: 'video', ending: 'mp4', mime: 'video/mp4', durationMs, width, height, pieces }
    : { kind: 'audio', ending: 'm4a', mime: 'audio/mp4', durationMs, width: 0, height: 0, pieces };
}

function headOf(bytes: Buffer, start: number, limit: number): Box {
  if (bytes.length < 8) throw new OddFile('half a box');
  const type = bytes.toString('latin1', 4, 8);
  const short = bytes.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && bytes.length < 16) throw new OddFile('half a box');
  const size = isLong ? Number(bytes.readBigUInt64BE(8)) : short === 0 ? limit - start : short;
  const end = start + size;
  if (size < (isLong ? 16 : 8) || end > limit) throw new OddFile(`box ${type} of ${size}`);
  return { type, start, body: start + (isLong ? 16 : 8), end };
}

type Facts = { isSeen: boolean; isHeard: boolean; width: number; height: number; durationMs: number | null };

/** Empties what is not kept and notes what is told. `bytes` holds the box at its own places. */
function clean(bytes: Buffer, box: Box, facts: Facts, depth = 0): void {
  if (depth > 8) throw new OddFile('boxes too deep');
  if (box.type === 'mvhd') facts.durationMs = durationOf(bytes, box);
  const children = FOLDERS.has(box.type) ? childrenOf(bytes, box) : [];
  const handler = box.type === 'trak' ? handlerOf(bytes, children) : undefined;
  // A track of places or of sensors goes with its table; a player has nothing to show of it.
  if (EMPTIED.has(box.type) || (handler !== undefined && !KEPT_TRACKS.includes(handler))) {
    empty(bytes, box);
    return;
  }
  if (handler === 'soun') facts.isHeard = true;
  if (handler && SEEN.includes(handler)) noteSize(bytes, children, facts);
  for (const child of children) clean(bytes, child, facts, depth + 1);
}

function childrenOf(bytes: Buffer, { body, end }: Box): Box[] {
  const children: Box[] = [];
  for (let at = body; at + 8 <= end; ) {
    // QuickTime ends some lists with a zero.
    if (bytes.readUInt32BE(at) === 0) break;
    const child = headOf(bytes.subarray(at, at + 16), at, end);
    children.push(child);
    at = child.end;
  }
  return children;
}

function empty(bytes: Buffer, { start, body, end }: Box): void {
  bytes.write('free', start + 4, 'latin1');
  bytes.fill(0, body, end);
}

function durationOf(bytes: Buffer, { body }: Box): number | null {
  const isLong = bytes[body] === 1;
  const scale = bytes.readUInt32BE(body + (isLong ? 20 : 12));
  const length = isLong ? Number(bytes.readBigUInt64BE(body + 24)) : bytes.readUInt32BE(body + 16);
  const ms = scale > 0 ? Math.round((length / scale) * 1000) : 0;
  return ms > 0 && ms < 24 * 3600 * 1000 ? ms : null;
}

function handlerOf(bytes: Buffer, children: Box[]): string {
  const media = children.find(({ type }) => type === 'mdia');
  const handler = media && childrenOf(bytes, media).find(({ type }) => type === 'hdlr');
  return handler ? bytes.toString('latin1', handler.body + 8, handler.body + 12) : '';
}

function noteSize(bytes: Buffer, children: Box[], facts: Facts): void {
  facts.isSeen = true;
  const header = children.find(({ type }) => type === 'tkhd');
  // Width and height are the last eight bytes, in 1/65536 of a pixel.
  if (!header || header.end - header.body < 84) return;
  facts.width = Math.round(bytes.readUInt32BE(header.end - 8) / 65536);
  facts.height = Math.round(bytes.readUInt32BE(header.end - 4) / 65536);
}
