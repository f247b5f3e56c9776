import zlib from 'node:zlib';
import { must } from './badge-fault';
import { LONGEST_TEXT } from './badge-json';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const KEYWORDS = ['openbadgecredential', 'openbadges'];
const MOST_CHUNKS = 5000;

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(SIGNATURE);

/**
 * The badge in a PNG (Open Badges 2.0 and 3.0, "Baking"): the text of its one iTXt chunk. Only that chunk is unpacked, and
 * never to more than a badge may be long. Throws a BadgeFault.
 */
export function textOfPng(bytes: Buffer): string {
  const found: string[] = [];
  let at = 8;
  for (let chunks = 0; at + 12 <= bytes.length; chunks += 1) {
    must(chunks < MOST_CHUNKS, 'png');
    const length = bytes.readUInt32BE(at);
    must(at + 12 + length <= bytes.length, 'png');
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    must(zlib.crc32(bytes.subarray(at + 4, at + 8 + length)) === bytes.readUInt32BE(at + 8 + length), 'png');
    if (kind === 'iTXt') found.push(...badgeIn(data));
    if (kind === 'IEND') break;
    at += 12 + length;
  }
  must(found.length > 0, 'none');
  must(found.length === 1, 'many');
  return found[0] as string;
}

/** https://www.w3.org/TR/png-3/#11iTXt: keyword, 0, compressed or not, method, language, 0, translated keyword, 0, text. */
function badgeIn(data: Buffer): string[] {
  const keywordEnd = data.indexOf(0);
  if (!KEYWORDS.includes(data.toString('latin1', 0, Math.max(0, keywordEnd)))) return [];
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translatedEnd = data.indexOf(0, languageEnd + 1);
  must(keywordEnd > 0 && languageEnd > 0 && translatedEnd > 0, 'png');
  const text = data.subarray(translatedEnd + 1);
  return [(data[keywordEnd + 1] === 1 ? unpack(text) : text).toString('utf8')];
}

function unpack(packed: Buffer): Buffer {
  try {
    return zlib.inflateSync(packed, { maxOutputLength: LONGEST_TEXT });
  } catch (error) {
    must((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE', 'large');
    must(false, 'png');
  }
}
