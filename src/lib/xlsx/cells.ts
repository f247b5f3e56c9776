import { styleNumber, type XlsxStyle } from './styles';

/** A number with its look, a text, or nothing. A text is text whatever it looks like: no cell is ever a formula. */
export type XlsxCell = { number: number; style: XlsxStyle } | { text: string; style?: XlsxStyle } | null;

const MOST_LETTERS = 32_767;

export function cellXml(cell: XlsxCell, place: string): string {
  if (cell === null) return '';
  if ('number' in cell) return `<c r="${place}" s="${styleNumber(cell.style)}"><v>${cell.number}</v></c>`;
  const style = cell.style ?? (/^\s*[=+\-@]/.test(cell.text) ? 'typed' : 'plain');
  const text = escaped(cell.text.slice(0, MOST_LETTERS));
  return `<c r="${place}" s="${styleNumber(style)}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** A, B, ... Z, AA: the name of a column counted from 0. */
export function columnName(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : `${columnName(Math.floor(at / 26) - 1)}${columnName(at % 26)}`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 may not hold, also half of a pair. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** Excel reads this as a sign by its number; it has to be told that the line is a line. */
const CODE = /_(?=x[0-9A-Fa-f]{4}_)/g;

export function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replace(CODE, '_x005F_')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A day as Excel counts it: days since 30.12.1899. `text` is 2026-05-31 or 2026-05-31 10:20:30, in the reader's time. */
export function dayNumber(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : 'T00:00:00Z'}`) / 86_400_000 + 25_569;
}
