import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root';
import { missingOutline, outlinesOf, type WebFont } from './outlines';
import { trueType } from './truetype';

const FAMILY = 'Atkinson Hyperlegible Next';
const LICENCE =
  'Copyright 2020-2024 The Atkinson Hyperlegible Next Project Authors. This Font Software is licensed under the SIL Open Font License, Version 1.1.';
const FILES = ['latin', 'latin-ext'].map((part) => `atkinson-hyperlegible-next-${part}-wght-normal.woff2`);
const WEIGHTS = { Regular: 400, Bold: 700 } as const;

export interface PdfFonts {
  regular: Buffer;
  bold: Buffer;
  /** Whether there is a letter for this code. */
  has: (code: number) => boolean;
}

let made: PdfFonts | undefined;

/**
 * Our own font as PDFs take it: two plain weights of the variable web font that pages use, its two files in one. Made once,
 * when the first PDF is.
 */
export function pdfFonts(): PdfFonts {
  made ??= makeFonts();
  return made;
}

function makeFonts(): PdfFonts {
  const open = () => FILES.map((file) => webFont(fs.readFileSync(path.join(ROOT, 'public', 'fonts', file))));
  const make = (style: keyof typeof WEIGHTS) => {
    // A font of its own for each weight: what fontkit has worked out for one it keeps.
    const fonts = open();
    const [first] = fonts as [WebFont];
    const known = new Set<number>();
    const letters = fonts.flatMap((font) => {
      const own = outlinesOf(font, WEIGHTS[style]).map((outline) => ({
        ...outline,
        codes: outline.codes.filter((code) => !known.has(code)),
      }));
      for (const { codes } of own) for (const code of codes) known.add(code);
      return own.filter(({ codes }) => codes.length > 0);
    });
    const { unitsPerEm, ascent, descent, capHeight, xHeight } = first;
    const facts = { unitsPerEm, ascent, descent, capHeight, xHeight, weight: WEIGHTS[style], style };
    return {
      known,
      bytes: trueType([missingOutline(first), ...letters], { ...facts, family: FAMILY, copyright: LICENCE }),
    };
  };
  const [regular, bold] = [make('Regular'), make('Bold')];
  return { regular: regular.bytes, bold: bold.bytes, has: (code) => regular.known.has(code) };
}

function webFont(bytes: Buffer): WebFont {
  // The font engine of pdfkit; it has no types of its own.
  return (require('fontkit') as { create(bytes: Buffer): WebFont }).create(bytes);
}
