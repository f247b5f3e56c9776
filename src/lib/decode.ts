/** A file that is no text at all, or a text cut in the middle of a letter. */
export class NotText extends Error {}

/**
 * The text of a file, whatever a spreadsheet saved it as: UTF-8 with or without its mark, UTF-16 of either order, or else
 * windows-1252. Throws NotText for what holds control characters, as programs and pictures do.
 */
export function decodeText(bytes: Buffer): { text: string; encoding: string } {
  const encoding = encodingOf(bytes);
  if (encoding.startsWith('utf-16') && bytes.length % 2 === 1) throw new NotText();
  const text = new TextDecoder(encoding).decode(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no text holds
  if (/[\u0000-\u0008\u000E-\u001F]/.test(text)) throw new NotText();
  return { text, encoding };
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 2000);
  // Without a mark: every other byte of Western text is zero in UTF-16.
  const zeros = [0, 1].map((odd) => start.filter((byte, index) => byte === 0 && index % 2 === odd).length);
  const many = start.length / 4;
  if ((zeros[1] ?? 0) > many) return 'utf-16le';
  if ((zeros[0] ?? 0) > many) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
