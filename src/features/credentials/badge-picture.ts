import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { ROOT } from '../../lib/root';
import { textLines, textOutlines } from '../../lib/text-paths';
import type { Template } from './achievements.model';

/** Drawings of the product by the name of the template. */
const DRAWINGS: Record<Template, string> = {
  sprout: 'plant-sprout',
  berries: 'plant-berries',
  boat: 'boat',
  path: 'module-path',
  lock: 'module-lock',
  hands: 'two-at-a-table',
};

/** A file has no style sheet: the colours of the theme, written out. */
const INKS: Record<string, string> = {
  'a-sun': 'fill="#ffb748"',
  'a-sky': 'fill="#efeef8"',
  'a-far': 'fill="#c9cfe6"',
  'a-mid': 'fill="#9fb8b8"',
  'a-near': 'fill="#5f9160"',
  'a-leaf': 'fill="#7fae6d"',
  'a-deep': 'fill="#3c6f45"',
  'a-seed': 'fill="#c07f35"',
  'a-water': 'fill="#b9cfe4"',
  'a-path': 'fill="#fdf3dd"',
  'a-milk': 'fill="#efeef8"',
  'a-ink': 'fill="#2b2869"',
  'a-berry': 'fill="#4a4599"',
  'a-hair': 'fill="#2b2869"',
  'a-stem': 'fill="none" stroke="#3c6f45" stroke-linecap="round"',
  'a-stroke': 'fill="none" stroke="#2b2869" stroke-linecap="round"',
  'a-stroke-path': 'fill="none" stroke="#fdf3dd" stroke-linecap="round"',
};

const SIZE = 600;
const drawings = new Map<Template, string>();

function drawingOf(template: Template): string {
  const known = drawings.get(template);
  if (known) return known;
  const file = path.join(ROOT, 'views', 'art', `${DRAWINGS[template] ?? DRAWINGS.sprout}.ejs`);
  const plain = fs
    .readFileSync(file, 'utf8')
    .replace(/<%#[\s\S]*?%>\s*/g, '')
    .replace(/class="(a-[\w-]+)"/g, (_, ink: string) => INKS[ink] ?? '')
    .replace(/<svg ([^>]*)>/, (_, attributes: string) => {
      const box = /viewBox="([^"]+)"/.exec(attributes)?.[1] ?? '0 0 100 100';
      return `<svg x="130" y="48" width="340" height="262" viewBox="${box}" preserveAspectRatio="xMidYMid meet">`;
    });
  drawings.set(template, plain);
  return plain;
}

const forXml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`).replace(/[^\P{C}\n]/gu, '');

export interface BadgeWords {
  name: string;
  issuer: string;
  /** What the picture shows. */
  words: string;
  template: string;
}

/** The picture of a badge as SVG: the drawing of its template, and its words as outlines. `inside` is put first in it. */
export function badgeSvg({ name, issuer, words, template }: BadgeWords, inside = ''): string {
  const lines = textLines(name, { width: 430, size: 44, most: 3 });
  const top = 412 - (lines.length - 1) * 12;
  const title = forXml(`${name}. ${words}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${title}">${inside}<title>${title}</title>
<clipPath id="round"><circle cx="300" cy="300" r="286"/></clipPath>
<circle cx="300" cy="300" r="286" fill="#faf8f3"/>
${drawingOf(template as Template)}
<g clip-path="url(#round)"><path fill="#2b2869" d="M0 344c120-40 200-40 300-30s200 10 300-22v308H0Z"/></g>
${lines.map((line, at) => textOutlines(line, { x: 300, y: top + at * 48, size: 44, weight: 'bold', fill: '#ffffff' })).join('\n')}
${textOutlines(textLines(issuer, { width: 300, size: 24, most: 1 })[0] ?? '', { x: 300, y: 548, size: 24, weight: 'regular', fill: '#d3d0f0' })}
<circle cx="300" cy="300" r="286" fill="none" stroke="#ffb748" stroke-width="14"/>
</svg>`;
}

/** The same as PNG. */
export const badgePng = (words: BadgeWords): Promise<Buffer> =>
  sharp(Buffer.from(badgeSvg(words)), { density: 72 })
    .png({ compressionLevel: 9 })
    .toBuffer();
