const LONGEST = 120;

/**
 * The name of a file as people may read it: no folders, no signs that turn the direction of writing or are not seen, no ending.
 * Browsers send names in bytes that Multer takes for Latin-1.
 */
export function readName(given: string): { name: string; ending: string } {
  const isBytes = !/[^\0-\xff]/.test(given);
  const decoded = isBytes ? Buffer.from(given, 'latin1').toString('utf8') : given;
  const whole = (decoded.includes('\ufffd') ? given : decoded).normalize('NFC');
  const last = whole.split(/[/\\]/).at(-1) ?? '';
  // Letters, numbers, marks and plain signs; control signs, direction overrides and the like are none of these.
  const plain = last.replace(/[^\p{L}\p{M}\p{N}\p{Zs}.,_()+&'!#@=-]/gu, '').replace(/\p{Zs}+/gu, ' ');
  const [, stem = plain, ending = ''] = /^(.*)\.([A-Za-z0-9]{1,5})$/.exec(plain.trim()) ?? [];
  return { name: stem.replace(/^[.\s]+|[.\s]+$/g, '').slice(0, LONGEST), ending: ending.toLowerCase() };
}
