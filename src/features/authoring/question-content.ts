import type { Language } from '../../lib/i18n';
import { numberIn } from '../quizzes/question-types/numeric';
import { type ContentTypeName, typeOf } from '../quizzes/question-types/registry';
import { isWords } from '../quizzes/question-types/words';

/** What is set by sending a picture, never by a field of the form. */
const BY_PICTURE = new Set(['picture', 'width', 'height', 'key']);

/**
 * The content with what the form of the editor holds: each value has a field named by its way in the content
 * (`q_ID_pairs_a_left_sv`), so that no type needs a reader of its own. What the type's schema does not take is cut to its
 * length, or stays as it was.
 */
export function contentFromForm(
  type: ContentTypeName,
  content: object,
  body: Readonly<Record<string, unknown>>,
  prefix: string,
  languages: readonly Language[],
): object {
  const typed = walked(content, prefix);
  const schema = typeOf(type).content;
  let read = schema.safeParse(typed);
  if (read.success) return read.data;
  for (const issue of read.error.issues)
    mend(typed, content, issue.path, 'maximum' in issue ? Number(issue.maximum) : 0);
  read = schema.safeParse(typed);
  return read.success ? read.data : content;

  function walked(value: unknown, field: string): unknown {
    if (isWords(value)) {
      const sent = languages.flatMap((language) => {
        const text = body[`${field}_${language}`];
        return typeof text === 'string' ? [[language, text.replace(/\r\n?/g, '\n').trim()]] : [];
      });
      return { ...value, ...Object.fromEntries(sent) };
    }
    if (Array.isArray(value)) return value.map((item) => walked(item, `${field}_${item.key}`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          BY_PICTURE.has(name) ? item : walked(item, `${field}_${name}`),
        ]),
      );
    }
    if (typeof value === 'boolean') return `${field}_shown` in body ? body[field] === 'yes' : value;
    const text = body[field];
    if (typeof text !== 'string') return value;
    return typeof value === 'string' ? text : text.trim() === '' ? null : (numberIn(text) ?? value);
  }
}

/** A text too long is cut; any other value goes back to what it was. */
function mend(typed: unknown, before: unknown, path: readonly PropertyKey[], maximum: number): void {
  const [last, ...rest] = path.toReversed();
  const parents = [typed, before].map((whole) =>
    rest.toReversed().reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown>)?.[step], whole),
  ) as Record<PropertyKey, unknown>[];
  const [now, old] = parents;
  if (!now || last === undefined) return;
  const value = now[last];
  now[last] = typeof value === 'string' && maximum > 0 ? value.slice(0, maximum) : old?.[last];
}

type Row = { key: string };

/** The content after a press on a row: `add-row` of `nodes/a/choices`, or `remove-row`, `up-row`, `down-row` of `pairs/b`. */
export function contentAfter(type: ContentTypeName, content: object, verb: string, way: string): object {
  const copy = structuredClone(content);
  const steps = way.split('/');
  const isAdding = verb === 'add-row';
  const name = (isAdding ? steps : steps.slice(0, -1)).filter((_, index) => index % 2 === 0).join('.');
  const rule = Object.hasOwn(typeOf(type).rows, name) ? typeOf(type).rows[name] : undefined;
  const rows = rule && rowsAt(copy, isAdding ? steps : steps.slice(0, -1));
  if (!rule || !rows) return content;
  if (isAdding) {
    if (rows.length < rule.most) rows.push(rule.blank(freeKey(rows)) as Row);
    return copy;
  }
  const at = rows.findIndex(({ key }) => key === steps.at(-1));
  if (at < 0) return content;
  const [row] = rows.splice(at, 1);
  const to = verb === 'up-row' ? at - 1 : at + 1;
  if (verb !== 'remove-row' && row) rows.splice(Math.max(0, to), 0, row);
  return copy;
}

function rowsAt(content: object, [list, key, ...rest]: readonly string[]): Row[] | undefined {
  const rows =
    list !== undefined && Object.hasOwn(content, list) ? (content as Record<string, Row[]>)[list] : undefined;
  if (!Array.isArray(rows) || key === undefined) return Array.isArray(rows) ? rows : undefined;
  const row = rows.find((one) => one.key === key);
  return row && rowsAt(row, rest);
}

/** A key that no row has, those of types that put a letter before it too. */
function freeKey(rows: readonly Row[]): string {
  for (let number = 1; ; number += 1) {
    const key = number <= 26 ? String.fromCharCode(96 + number) : `n${number}`;
    if (!rows.some((row) => row.key === key || row.key === `x${key}`)) return key;
  }
}
