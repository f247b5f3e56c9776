import { extensionOf } from './h5p.names';

/** How many first bytes of a file the check needs. */
export const HEAD_BYTES = 64;

const starts = (text: string) => (head: Buffer) => head.subarray(0, text.length).equals(Buffer.from(text, 'latin1'));
const at = (offset: number, pattern: RegExp) => (head: Buffer) =>
  pattern.test(head.subarray(offset, offset + 4).toString('latin1'));

const IMAGES = [
  starts('\x89PNG'),
  starts('\xff\xd8\xff'),
  starts('GIF8'),
  starts('BM'),
  starts('II*\0'),
  starts('MM\0*'),
  at(8, /^WEBP$/),
];

const SOUND_AND_FILM = [
  starts('\x1aE\xdf\xa3'), // WebM
  starts('OggS'),
  starts('RIFF'),
  starts('ID3'),
  at(4, /^(ftyp|moov|mdat|wide|free|skip|pnot)$/), // MP4 and its relatives
  (head: Buffer) => head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0, // MPEG audio and AAC without a tag
];

const PDF = [starts('%PDF')];

/** Real files are often named after another kind of picture or sound, so the family is checked, not the format. */
const FAMILIES: Record<string, ((head: Buffer) => boolean)[]> = {
  ...Object.fromEntries(['png', 'jpg', 'jpeg', 'gif', 'bmp', 'tif', 'tiff'].map((kind) => [kind, IMAGES])),
  ...Object.fromEntries(['webm', 'mp4', 'ogg', 'mp3', 'm4a', 'wav'].map((kind) => [kind, SOUND_AND_FILM])),
  pdf: PDF,
};

/** Whether a file's first bytes fit its name. Kinds without a signature of their own always fit; empty files too. */
export function fitsItsName(name: string, head: Buffer): boolean {
  const family = FAMILIES[extensionOf(name)];
  return !family || head.length === 0 || family.some((matches) => matches(head));
}
