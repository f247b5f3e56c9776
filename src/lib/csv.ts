/** A number is written with its decimals; text is text, whatever it looks like; null is an empty cell. */
export type CsvCell = string | { value: number; decimals: number } | null;

const SEPARATOR = ';';
const NEW_LINE = '\r\n';
/** Without it, Excel reads UTF-8 as the letters of another alphabet. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a file begins with. */
export const CSV_START = BYTE_ORDER_MARK;

/**
 * A line of a table as a spreadsheet of a Finnish computer opens it: UTF-8 with its mark (`CSV_START`), semicolons, CRLF.
 * `lang` decides the decimal sign. No cell can be a formula: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(cells: readonly CsvCell[], lang: string): string {
  return cells.map((cell) => written(cell, lang)).join(SEPARATOR) + NEW_LINE;
}

function written(cell: CsvCell, lang: string): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return numberOf(cell.value, cell.decimals, lang);
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[";\r\n\t,']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A hyphen for minus and no plus: what every spreadsheet takes for a number. Never "-0". */
function numberOf(value: number, decimals: number, lang: string): string {
  const digits = value.toFixed(decimals);
  const text = Number(digits) === 0 ? digits.replace('-', '') : digits;
  return lang === 'en' ? text : text.replace('.', ',');
}

/**
 * Whether a spreadsheet would reckon the text. Programs start a formula at = + - or @, some after spaces, a tab, a new line
 * or quotation marks of their own, and some at the wide letters of Japanese keyboards. An apostrophe before it makes the
 * cell text.
 */
export function isFormula(text: string): boolean {
  return /^[\s"'\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) || /^\p{Cc}/u.test(text);
}
