/** What pictures are made of, and nothing that tells of a place, a camera or a colour profile, or that moves. */
const PARTS = new Set(['VP8 ', 'VP8L', 'ALPH', 'VP8X']);
/** Of VP8X: only "something shows through". */
const ALPHA = 0x10;

/** Whether a WebP holds pixels alone, to its last byte. The format: https://developers.google.com/speed/webp/docs/riff_container */
export function isPlainWebp(bytes: Buffer): boolean {
  if (bytes.length < 20 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return false;
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) return false;
  let [at, pictures] = [12, 0];
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (!PARTS.has(name)) return false;
    if (name === 'VP8X' && (at !== 12 || ((bytes[at + 8] ?? 255) & ~ALPHA) !== 0)) return false;
    if (name === 'VP8 ' || name === 'VP8L') pictures += 1;
    at += 8 + size + (size % 2);
  }
  return at === bytes.length && pictures === 1;
}
