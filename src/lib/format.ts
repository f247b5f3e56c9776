const TIME_ZONE = 'Europe/Helsinki';
const MINUS = '\u2212';

/** How dates and numbers are written in one language, always in Finnish time. */
export interface Formatter {
  /** 14.5.2026 */
  date(value: Date): string;
  /** 14.5. */
  shortDate(value: Date): string;
  /** 14.5.2026 klo 10.20 */
  dateTime(value: Date): string;
  /** 10.20 */
  time(value: Date): string;
  /** touko */
  shortMonth(value: Date): string;
  /** toukokuu 2026 */
  month(value: Date): string;
  /** 2,3 with as many decimals as asked; the minus is a true minus sign. */
  number(value: number, decimals?: number): string;
  /** 12 kt, or 1,2 Mt from a megabyte on, of a number of bytes; never 0. */
  bytes(value: number): string;
  /** +0,8 or −0,3; a change that rounds to zero is ±0,0. */
  signed(value: number, decimals?: number): string;
}

const formatters = new Map<string, Formatter>();

/** The formatter of an interface language ('fi', 'sv', 'en', 'fi-x-selko'); made once for each. */
export function formatter(lang: string): Formatter {
  const known = formatters.get(lang);
  if (known) return known;
  const made = createFormatter(lang);
  formatters.set(lang, made);
  return made;
}

/** Swedish and English as they are written in Finland and in Europe: day first, 24 hours. */
const locales: Record<string, string> = { fi: 'fi-FI', 'fi-x-selko': 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

function createFormatter(lang: string): Formatter {
  const locale = locales[lang] ?? 'fi-FI';
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, ...options });
    return (value: Date) => format.format(value);
  };
  const dayAndMonth: Intl.DateTimeFormatOptions =
    locale === 'en-GB' ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'numeric' };
  const numbers = numberFormats(locale);

  return {
    date: dates({ ...dayAndMonth, year: 'numeric' }),
    shortDate: dates(dayAndMonth),
    dateTime: dates({ ...dayAndMonth, year: 'numeric', hour: 'numeric', minute: '2-digit' }),
    time: dates({ hour: 'numeric', minute: '2-digit' }),
    shortMonth: dates({ month: 'short' }),
    month: dates({ month: 'long', year: 'numeric' }),
    number: (value, decimals = 0) => plain(numbers(decimals).format(value)),
    bytes: (value) => sizeOf(locale, value),
    signed: (value, decimals = 1) => withSign(numbers(decimals), value, decimals),
  };
}

function sizeOf(locale: string, bytes: number): string {
  const isLarge = bytes >= 1024 * 1024;
  const format = {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  } as const;
  return new Intl.NumberFormat(locale, format).format(isLarge ? bytes / 1024 / 1024 : Math.max(1, bytes / 1024));
}

function numberFormats(locale: string) {
  const made = new Map<number, Intl.NumberFormat>();
  return (decimals: number) => {
    const format =
      made.get(decimals) ??
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    made.set(decimals, format);
    return format;
  };
}

function withSign(format: Intl.NumberFormat, value: number, decimals: number): string {
  const size = format.format(Math.abs(value));
  const isZero = Math.round(Math.abs(value) * 10 ** decimals) === 0;
  return `${isZero ? '±' : value < 0 ? MINUS : '+'}${size}`;
}

/** English writes a hyphen for minus; a number is never written with one here. */
function plain(text: string): string {
  const trueMinus = text.replace('-', MINUS);
  return /^\u2212[0.,]*$/.test(trueMinus) ? trueMinus.slice(1) : trueMinus;
}
