import { toString as drawCode } from 'qrcode';
import { blocksOf, wordsOf } from '../../lib/html-blocks';

/** About as many letters as two A4 pages hold beside the code and the room for writing. */
const MOST_LETTERS = 4_800;

/** As much of the lesson's text as fits on the leaflet, cut between blocks; `isWhole` says whether all of it did. */
export function textOfLeaflet(html: string, most = MOST_LETTERS): { html: string; isWhole: boolean } {
  let letters = 0;
  const kept: string[] = [];
  for (const block of blocksOf(html)) {
    letters += wordsOf(block.html).length + 60;
    if (letters > most && kept.length > 0) return { html: withoutEnd(kept).join('\n'), isWhole: false };
    kept.push(block.html);
  }
  return { html: kept.join('\n'), isWhole: true };
}

/** A heading is never the last thing on paper. */
const withoutEnd = (blocks: string[]) => (/^<h\d/.test(blocks.at(-1) ?? '') ? blocks.slice(0, -1) : blocks);

/** The address as a QR code, in SVG without styles. Reads still when a quarter of it is smudged. */
export function codeOf(address: string): Promise<string> {
  return drawCode(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'Q' });
}
