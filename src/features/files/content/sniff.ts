export type Sniffed = 'picture' | 'mp4' | 'webm' | 'wav' | 'mp3' | 'ogg' | 'document';

const starts = (bytes: Buffer, hex: string) => bytes.toString('hex', 0, hex.length / 2) === hex;
const text = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);
const STILL = /^(avif|avis|heic|heix|mif1|msf1|hevc)$/;

/** What the first bytes say a file is, whatever its name; undefined for what we keep of nobody: programs, pages, pictures in code. */
export function sniff(start: Buffer): Sniffed | undefined {
  if (starts(start, 'ffd8ff') || starts(start, '89504e470d0a1a0a')) return 'picture';
  if (/^GIF8[79]a/.test(text(start, 0, 6)) || starts(start, '49492a00') || starts(start, '4d4d002a')) return 'picture';
  if (text(start, 0, 4) === 'RIFF') {
    const form = text(start, 8, 12);
    return form === 'WEBP' ? 'picture' : form === 'WAVE' ? 'wav' : undefined;
  }
  if (text(start, 4, 8) === 'ftyp') return STILL.test(text(start, 8, 12)) ? 'picture' : 'mp4';
  if (starts(start, '1a45dfa3')) return 'webm';
  if (text(start, 0, 4) === 'OggS') return 'ogg';
  if (text(start, 0, 3) === 'ID3' || (start[0] === 0xff && ((start[1] ?? 0) & 0xe6) === 0xe2)) return 'mp3';
  if (text(start, 0, 5) === '%PDF-' || starts(start, '504b0304')) return 'document';
  return undefined;
}

/** A picture of newer phones whose way of packing is patented: no browser but one shows it, and no reader of ours opens it. */
export const isHeic = (start: Buffer): boolean =>
  text(start, 4, 8) === 'ftyp' && /hei[cxms]|hev[cxms]/.test(text(start, 8, 64));
