/** Signs that GIFT writes after a backslash, and what stands for each while the parser reads: signs that no text has. */
const SIGNS = '\\:#={}~n';
const STAND_INS = [...SIGNS].map((_, index) => String.fromCharCode(0xe000 + index));
/** A sign that means nothing where it stands, as itself. */
const standIn = (sign: string) => STAND_INS[SIGNS.indexOf(sign)] ?? sign;

/**
 * A question as the parser reads it. Moodle is gentler than the grammar: outside answers every sign but a brace is a letter,
 * and inside them a colon is one. What was written after a backslash is kept from the parser until `opened`.
 */
export function readable(text: string): string {
  const [title = ''] = /^\s*::[\s\S]*?(?<!\\)::/.exec(text) ?? [];
  const rest = withStandIns(text.slice(title.length).replace(/[\ue000-\ue00f]/g, ' '));
  const head = title && `::${letters(withStandIns(title.trim().slice(2, -2)))}::`;
  const parts = rest.split(/([{}])/);
  let inside = false;
  const shown = parts.map((part) => {
    if (part === '{') inside = true;
    if (part === '}') inside = false;
    if (part === '{' || part === '}') return part;
    return inside ? answers(part) : letters(part);
  });
  return head + shown.join('');
}

const withStandIns = (text: string) =>
  text.replace(/\\([\\:#={}~n])/g, (_, sign: string) => standIn(sign)).replace(/\\/g, standIn('\\'));
const letters = (text: string) => text.replace(/[:#=~]/g, standIn);

/** A colon in answers means something only between two numbers: "{#3:0.1}". */
function answers(text: string): string {
  if (/^\s*#/.test(text)) return text.replace(/(?<!\d\s*):|:(?!\s*[\d.])/g, standIn(':'));
  return text
    .replace(/:/g, standIn(':'))
    .replace(/^(\s*)(true|false)(?=\s*(#|$))/i, (_, space: string, word: string) => space + word.toUpperCase())
    .replace(/^(\s*)([tf])(?=\s*(#|$))/i, (_, space: string, word: string) => space + word.toUpperCase());
}

/** The text as its author meant it. */
export const opened = (text: string): string =>
  text.replace(/[\ue000-\ue007]/g, (sign) => {
    const meant = SIGNS[sign.charCodeAt(0) - 0xe000] ?? '';
    return meant === 'n' ? '\n' : meant;
  });
