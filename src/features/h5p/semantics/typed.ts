import type { Field, TextField } from './field';

/** How a value is shown in a form's field: text as a person writes it. An absent value shows what the library takes for it. */
export function shownValue(field: Field, value: unknown): string {
  const given = value === undefined ? field.default : value;
  switch (field.kind) {
    case 'text':
      if (typeof given !== 'string') return scalar(given);
      return field.tags ? richToTyped(given) : decoded(given);
    case 'boolean':
      return given === true || given === 1 || given === '1' || given === 'true' ? 'yes' : 'no';
    default:
      return scalar(given);
  }
}

/**
 * The value of what was typed. What was not changed keeps its very value, so that opening and saving a content changes
 * nothing in it. A number that is none stays as it was typed, for a message.
 */
export function readTyped(field: Field, value: unknown, typed: string): unknown {
  if (withLines(typed) === withLines(shownValue(field, value))) return value;
  switch (field.kind) {
    case 'text':
      return field.tags ? typedToRich(typed, field) : encoded(withLines(typed));
    case 'number':
      return typed.trim() === '' ? undefined : numberOf(typed);
    case 'boolean':
      return typed === 'yes';
    case 'select':
      return typed === '' ? undefined : typed;
    default:
      return value;
  }
}

function numberOf(typed: string): number | string {
  const number = Number(typed.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : typed.slice(0, 100);
}

const scalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Forms send lines with two signs each. */
const withLines = (text: string) => text.replace(/\r\n?/g, '\n');

/** One paragraph or several, without attributes: the usual text, which is shown without its tags. */
const PARAGRAPHS = /^(?:\s*<(p|div)>(?:(?!<\/?(?:p|div)\b)[\s\S])*<\/\1>)+\s*$/i;

function richToTyped(html: string): string {
  if (!PARAGRAPHS.test(html)) return /<\/?(p|div|br|ul|ol|h\d|table)\b/i.test(html) ? html : looseSigns(html);
  const parts = [...html.matchAll(/<(p|div)>([\s\S]*?)<\/\1>/gi)].map(([, , text = '']) =>
    text.replace(/\s*\n\s*/g, ' ').replace(/<br\s*\/?>/gi, '\n'),
  );
  return looseSigns(parts.join('\n\n'));
}

function typedToRich(typed: string, field: TextField): string {
  const text = withLines(typed).trim();
  if (text === '') return '';
  if (/<(p|div|ul|ol|h\d|table|pre|blockquote)\b/i.test(text)) return tightSigns(text);
  const { paragraph } = field;
  return text
    .split(/\n{2,}/)
    .map((part) => `<${paragraph}>${tightSigns(part).replaceAll('\n', '<br>')}</${paragraph}>\n`)
    .join('')
    .trimEnd();
}

/** Signs that are no markup are shown as themselves. */
const looseSigns = (html: string) =>
  html
    .replace(/&(?:nbsp|#160);/g, '\u00a0')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;/g, "'")
    .replace(/&gt;/g, '>')
    .replace(/&lt;(?![a-z/!?])/gi, '<')
    .replace(/&amp;(?!#?\w{1,30};)/g, '&');

const tightSigns = (text: string) => text.replace(/<(?![a-z/!?])/gi, '&lt;').replace(/&(?!#?\w{1,30};)/g, '&amp;');

const SIGNS: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", '#039': "'", amp: '&' };

/** H5P stores text without markup as a part of a page, its signs written out. */
const decoded = (text: string) => text.replace(/&(lt|gt|quot|#0?39|amp);/g, (_all, name) => SIGNS[name] ?? '');

const encoded = (text: string) =>
  text.replace(/&(?=(?:lt|gt|quot|#0?39|amp);)/g, '&amp;').replace(/<(?=[a-z/!?])/gi, '&lt;');
