import { must } from './badge-fault';
import { type JsonObject, LONGEST_TEXT, readJson } from './badge-json';
import { isPng, textOfPng } from './badge-png';

/** What was in the file: a badge as JSON, or as a signed text of three parts. */
export type BadgeInFile = { json: JsonObject } | { jws: string };

const JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Finds the badge in a file by its content, whatever its name is. Throws a BadgeFault. */
export function readBadgeFile(bytes: Buffer): BadgeInFile {
  if (isPng(bytes)) return readBadgeText(textOfPng(bytes));
  must(bytes.length <= 1024 * 1024, 'large');
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  return readBadgeText(/^<(\?xml|!--|svg|!DOCTYPE)/i.test(text) ? textOfSvg(text) : text);
}

function readBadgeText(given: string): BadgeInFile {
  const text = given.trim();
  must(text.length <= LONGEST_TEXT, 'large');
  if (JWS.test(text)) return { jws: text };
  must(text.startsWith('{'), 'none');
  return { json: readJson(text) };
}

/**
 * The badge in an SVG (Open Badges 2.0 and 3.0, "Baking"): the text of its one <openbadges:…> element, or the signed text in
 * its verify attribute. The drawing is not read, drawn or kept. Throws a BadgeFault.
 */
function textOfSvg(text: string): string {
  // Entities could make a small file great and another text than what was signed.
  must(!/<!(DOCTYPE|ENTITY)/i.test(text), 'svg');
  const found = [...text.matchAll(/<openbadges:(?:assertion|credential)\b([^<>]*?)(?:\/>|>)/g)];
  must(found.length > 0, 'none');
  must(found.length === 1, 'many');
  const [whole = '', attributes = ''] = found[0] ?? [];
  const start = (found[0]?.index ?? 0) + whole.length;
  const end = whole.endsWith('/>') ? start : text.indexOf('</openbadges:', start);
  must(end >= start, 'svg');
  const inside = text.slice(start, end).trim();
  const plain = /^<!\[CDATA\[([\s\S]*?)\]\]>$/.exec(inside)?.[1] ?? plainText(inside);
  return plain === '' ? (/\bverify\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '') : plain;
}

const NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plainText = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => NAMES[name] ?? '');
