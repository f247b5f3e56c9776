import zlib from 'node:zlib';
import { type BadgeWords, badgePng, badgeSvg } from './badge-picture';

const SIGNATURE_AND_HEADER = 8 + 25;

/** An SVG with the credential in it (Open Badges 3.0, "Baking"). */
export function bakedSvg(words: BadgeWords, credential: string): string {
  // No text of the credential may end the part that it stands in.
  const inside = credential.replace(/>/g, '\\u003e');
  return badgeSvg(words, `<openbadges:credential><![CDATA[${inside}]]></openbadges:credential>`);
}

/** A PNG with the credential in an iTXt chunk (Open Badges 3.0, "Baking"), right behind its head. */
export async function bakedPng(words: BadgeWords, credential: string): Promise<Buffer> {
  const picture = await badgePng(words);
  const text = Buffer.concat([Buffer.from('openbadgecredential\0\0\0\0\0', 'latin1'), Buffer.from(credential, 'utf8')]);
  return Buffer.concat([
    picture.subarray(0, SIGNATURE_AND_HEADER),
    chunk('iTXt', text),
    picture.subarray(SIGNATURE_AND_HEADER),
  ]);
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([length, body, sum]);
}
