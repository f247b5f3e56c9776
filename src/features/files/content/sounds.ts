import { type FileBytes, OddFile, type Piece, type ReadMedia } from './bytes';
import { oggCrc } from './ogg-crc';

const sound = (ending: 'mp3' | 'wav' | 'oga', mime: string, durationMs: number | null, pieces: Piece[]): ReadMedia => ({
  kind: 'audio',
  ...{ ending, mime, durationMs, pieces },
  ...{ width: 0, height: 0 },
});

/** Reads a WAV file: what it sounds like and nothing else of it is kept. */
export async function readWav(file: FileBytes): Promise<ReadMedia> {
  const head = await file.at(0, 12);
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    throw new OddFile('no WAV');
  let format: Buffer | undefined;
  let data: { start: number; end: number } | undefined;
  for (let at = 12; at + 8 <= file.size && !data; ) {
    const chunk = await file.at(at, 8);
    const [name, size] = [chunk.toString('latin1', 0, 4), chunk.readUInt32LE(4)];
    if (name === 'fmt ') format = Buffer.from(await file.at(at + 8, Math.min(size, 64)));
    if (name === 'data') data = { start: at + 8, end: Math.min(at + 8 + size, file.size) };
    at += 8 + size + (size % 2);
  }
  if (!format || format.length < 16 || !data || data.end <= data.start) throw new OddFile('no sound in it');
  const perSecond = format.readUInt32LE(8);
  if (perSecond === 0) throw new OddFile('no rate');
  const length = data.end - data.start;
  const top = Buffer.alloc(12);
  top.write('RIFF', 0, 'latin1');
  top.writeUInt32LE(4 + 8 + format.length + 8 + length, 4);
  top.write('WAVE', 8, 'latin1');
  const pieces = [top, chunkHead('fmt ', format.length), format, chunkHead('data', length), data];
  return sound('wav', 'audio/wav', Math.round((length / perSecond) * 1000), pieces);
}

function chunkHead(name: string, size: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return head;
}

const RATES = [44100, 48000, 32000];
const KBPS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBPS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Length in bytes and milliseconds of an MPEG layer III frame; undefined for anything else. */
function frameOf(head: Buffer): { bytes: number; ms: number } | undefined {
  const [a = 0, b = 0, c = 0] = head;
  if (a !== 0xff || (b & 0xe6) !== 0xe2) return undefined;
  const version = (b >> 3) & 3;
  const rate = RATES[(c >> 2) & 3];
  const kbps = (version === 3 ? KBPS_1 : KBPS_2)[c >> 4];
  if (version === 1 || !rate || !kbps) return undefined;
  const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const samples = version === 3 ? 1152 : 576;
  return { bytes: Math.floor(((samples / 8) * kbps * 1000) / hertz) + ((c >> 1) & 1), ms: (samples / hertz) * 1000 };
}

/** Reads an MP3 file: frames from the first to the last that follow one another; tags before and after are left out. */
export async function readMp3(file: FileBytes): Promise<ReadMedia> {
  let start = 0;
  for (let tags = 0; tags < 4 && start + 10 <= file.size; tags += 1) {
    const tag = await file.at(start, 10);
    if (tag.toString('latin1', 0, 3) !== 'ID3') break;
    const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((tag[index] ?? 0) & 127), 0);
    start += 10 + size;
  }
  let at = start;
  let ms = 0;
  let frames = 0;
  while (at + 4 <= file.size) {
    const frame = frameOf(await file.at(at, 4));
    if (!frame || at + frame.bytes > file.size) break;
    at += frame.bytes;
    ms += frame.ms;
    frames += 1;
  }
  // Some bytes may stand after the last frame (a tag); a file that is mostly something else is no sound.
  if (frames < 5 || (at - start) * 10 < (file.size - start) * 9) throw new OddFile('not MP3');
  return sound('mp3', 'audio/mpeg', Math.round(ms), [{ start, end: at }]);
}

/** Reads an Ogg file of one Opus stream. Its words about itself are left out, pages are numbered and summed anew. */
export async function readOpus(file: FileBytes): Promise<ReadMedia> {
  const pieces: Buffer[] = [];
  let packets = 0;
  let stream: number | undefined;
  let samples = 0n;
  for (let at = 0; at < file.size; ) {
    const head = await file.at(at, 27);
    if (head.toString('latin1', 0, 5) !== 'OggS\0') throw new OddFile('no page');
    const count = head[26] ?? 0;
    const lacing = await file.at(at + 27, count);
    const size = 27 + count + lacing.reduce((sum, length) => sum + length, 0);
    const page = Buffer.from(await file.at(at, size));
    stream ??= page.readUInt32LE(14);
    if (page.readUInt32LE(14) !== stream) throw new OddFile('more streams');
    if (at === 0 && page.toString('latin1', 27 + count, 35 + count) !== 'OpusHead') throw new OddFile('not Opus');
    // The second packet is the one of words; it may run over pages and begins and ends with them.
    const isWords = packets === 1;
    if (isWords && page.at(-1) === undefined) throw new OddFile('empty page');
    packets += packets < 2 ? lacing.filter((length) => length < 255).length : 0;
    if (isWords && packets >= 2) pieces.push(numbered(wordsPage(page), pieces.length));
    if (!isWords) {
      const granule = page.readBigInt64LE(6);
      if (granule > samples) samples = granule;
      pieces.push(numbered(page, pieces.length));
    }
    at += size;
  }
  if (pieces.length < 3) throw new OddFile('no sound in it');
  return sound('oga', 'audio/ogg', Number(samples / 48n), pieces);
}

function wordsPage(like: Buffer): Buffer {
  const maker = Buffer.from('Oppiva');
  const packet = Buffer.alloc(8 + 4 + maker.length + 4);
  packet.write('OpusTags', 0, 'latin1');
  packet.writeUInt32LE(maker.length, 8);
  maker.copy(packet, 12);
  const head = Buffer.from(like.subarray(0, 27));
  head[5] = 0;
  head.writeBigInt64LE(0n, 6);
  head[26] = 1;
  return Buffer.concat([head, Buffer.from([packet.length]), packet]);
}

function numbered(page: Buffer, number: number): Buffer {
  page.writeUInt32LE(number, 18);
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(oggCrc(page), 22);
  return page;
}
