import { type FileBytes, lengthOf, OddFile, type Piece, type ReadMedia } from './bytes';
import { element, readElement, uint } from './ebml';

const ID = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codec: 0x86,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  cluster: 0x1f43b675,
  time: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
} as const;
/** Other parts of a segment: looked for by players, or of no use to them. None is kept: SeekHead, Cues, Tags, Chapters, Attachments, Void, CRC. */
const DROPPED = new Set([0x114d9b74, 0x1c53bb6b, 0x1254c367, 0x1043a770, 0x1941a469, 0xec, 0xbf]);
const IN_CLUSTER = new Set([ID.time, ID.simpleBlock, ID.blockGroup, 0xa7, 0xab, 0xec, 0xbf]);
const CODEC = /^(V_VP8|V_VP9|V_AV1|V_MPEG4\/ISO\/AVC|A_OPUS|A_VORBIS)$/;
const LARGEST_HEAD = 4 * 1024 * 1024;

interface Cluster {
  pieces: { start: number; end: number }[];
  time: number;
  lastBlock: number;
}

/**
 * Reads a WebM file and writes its head anew: only the tracks and what is seen and heard stay. What a browser recorded gets the
 * length and the places to jump to that recorders leave out.
 */
export async function readWebm(file: FileBytes): Promise<ReadMedia> {
  const header = await readElement(file, 0);
  if (header.id !== ID.header || header.end === undefined || header.end > 4096) throw new OddFile('not EBML');
  const type = await childOf(file, header.body, header.end, ID.docType);
  if (type?.toString('latin1').replace(/\0+$/, '') !== 'webm') throw new OddFile('not WebM');
  const segment = await readElement(file, header.end);
  if (segment.id !== ID.segment) throw new OddFile('no segment');
  const limit = segment.end ?? file.size;
  if (limit !== file.size) throw new OddFile('something after its end');

  let scale = 1_000_000;
  let tracks: Buffer | undefined;
  const clusters: Cluster[] = [];
  for (let at = segment.body; at < limit; ) {
    const part = await readElement(file, at);
    if (part.id === ID.cluster) {
      const [cluster, next] = await readCluster(file, part.body, part.end ?? limit, part.end === undefined);
      clusters.push(cluster);
      at = next;
      continue;
    }
    if (part.end === undefined || part.end > limit) throw new OddFile('a part without an end');
    if (part.id === ID.info) scale = uintOf(await childOf(file, part.body, part.end, ID.scale)) || scale;
    else if (part.id === ID.tracks) {
      if (part.end - part.body > LARGEST_HEAD) throw new OddFile('tracks too large');
      tracks = Buffer.from(await file.at(at, part.end - at));
    } else if (!DROPPED.has(part.id)) throw new OddFile(`part ${part.id.toString(16)}`);
    at = part.end;
  }
  if (!tracks || clusters.length === 0) throw new OddFile('nothing in it');
  const facts = readTracks(tracks);
  const last = Math.max(...clusters.map(({ time, lastBlock }) => time + lastBlock));
  const durationMs = Math.round((last * scale) / 1_000_000) || null;
  const pieces = written(file, header.end, { scale, tracks, clusters, last, track: facts.number });
  return facts.isSeen
    ? { kind: 'video', ending: 'webm', mime: 'video/webm', durationMs, ...facts.size, pieces }
    : { kind: 'audio', ending: 'weba', mime: 'audio/webm', durationMs, width: 0, height: 0, pieces };
}

/** A cluster's blocks, and where it ends: one of unknown length ends before the next part of the segment. */
async function readCluster(file: FileBytes, body: number, end: number, isOpen: boolean): Promise<[Cluster, number]> {
  const cluster: Cluster = { pieces: [], time: 0, lastBlock: 0 };
  let at = body;
  while (at < end) {
    const child = await readElement(file, at);
    if (!IN_CLUSTER.has(child.id)) {
      if (isOpen) break;
      throw new OddFile(`in a cluster ${child.id.toString(16)}`);
    }
    if (child.end === undefined || child.end > end) throw new OddFile('half a block');
    if (child.id === ID.time) cluster.time = uintOf(await file.at(child.body, child.end - child.body));
    if (child.id === ID.simpleBlock && child.end - child.body >= 4)
      cluster.lastBlock = Math.max(cluster.lastBlock, (await file.at(child.body + 1, 2)).readInt16BE(0));
    if (child.id !== 0xec && child.id !== 0xbf) keep(cluster.pieces, at, child.end);
    at = child.end;
  }
  return [cluster, at];
}

function keep(pieces: { start: number; end: number }[], start: number, end: number): void {
  const last = pieces.at(-1);
  if (last?.end === start) last.end = end;
  else pieces.push({ start, end });
}

const uintOf = (bytes: Buffer | undefined): number =>
  bytes && bytes.length > 0 && bytes.length <= 6 ? bytes.readUIntBE(0, bytes.length) : 0;

async function childOf(file: FileBytes, body: number, end: number, wanted: number): Promise<Buffer | undefined> {
  for (let at = body; at < end; ) {
    const child = await readElement(file, at);
    if (child.end === undefined || child.end > end) throw new OddFile('half an element');
    if (child.id === wanted) return Buffer.from(await file.at(child.body, child.end - child.body));
    at = child.end;
  }
  return undefined;
}

function readTracks(bytes: Buffer) {
  const facts = { isSeen: false, number: 1, size: { width: 0, height: 0 } };
  const codecs: string[] = [];
  for (const track of element.childrenOf(element.bodyOf(bytes))) {
    if (track.id !== ID.track) continue;
    const parts = element.childrenOf(track.body);
    const part = (id: number) => parts.find((one) => one.id === id)?.body;
    codecs.push(part(ID.codec)?.toString('latin1') ?? '');
    if (uintOf(part(ID.trackType)) !== 1) continue;
    const video = element.childrenOf(part(ID.video) ?? Buffer.alloc(0));
    const side = (id: number) => uintOf(video.find((one) => one.id === id)?.body);
    Object.assign(facts, { isSeen: true, number: uintOf(part(ID.trackNumber)) || 1 });
    facts.size = { width: side(ID.width), height: side(ID.height) };
  }
  if (codecs.length === 0 || !codecs.every((codec) => CODEC.test(codec))) throw new OddFile(`codecs ${codecs}`);
  return facts;
}

interface Parts {
  scale: number;
  tracks: Buffer;
  clusters: Cluster[];
  /** In units of `scale`. */
  last: number;
  track: number;
}

function written(_file: FileBytes, headerEnd: number, { scale, tracks, clusters, last, track }: Parts): Piece[] {
  const length = Buffer.alloc(8);
  length.writeDoubleBE(last);
  const app = Buffer.from('Oppiva');
  const info = element.of(ID.info, [
    element.of(ID.scale, [uint(scale)]),
    element.of(0x4489, [length]),
    element.of(0x4d80, [app]),
    element.of(0x5741, [app]),
  ]);
  const bodies = clusters.map(({ pieces }) => pieces.reduce((sum, piece) => sum + lengthOf(piece), 0));
  const heads = bodies.map((size) => element.head(ID.cluster, size));
  // Numbers of eight bytes keep the length of the list the same whatever stands in it.
  const cuesAt = (start: number) => {
    let at = start;
    const points = clusters.map(({ time }, index) => {
      const place = at;
      at += (heads[index] as Buffer).length + (bodies[index] as number);
      const position = element.of(0xb7, [element.of(0xf7, [uint(track)]), element.of(0xf1, [uint(place)])]);
      return element.of(0xbb, [element.of(0xb3, [uint(time)]), position]);
    });
    return element.of(0x1c53bb6b, points);
  };
  const before = info.length + tracks.length;
  const cues = cuesAt(before + cuesAt(0).length);
  const all =
    before + cues.length + heads.reduce((sum, head) => sum + head.length, 0) + bodies.reduce((a, b) => a + b, 0);
  return [
    { start: 0, end: headerEnd },
    Buffer.concat([element.head(ID.segment, all), info, tracks, cues]),
    ...clusters.flatMap(({ pieces }, index) => [heads[index] as Buffer, ...pieces]),
  ];
}
