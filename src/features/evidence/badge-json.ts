import { must } from './badge-fault';

export const LONGEST_TEXT = 256 * 1024;
const DEEPEST = 24;
const MOST_VALUES = 4000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text of JSON as an object, within limits of length, depth and number of values. Throws a BadgeFault. */
export function readJson(text: string): JsonObject {
  must(text.length <= LONGEST_TEXT, 'large');
  // Depth is counted before anything is built of it.
  must(depthOf(text) <= DEEPEST, 'deep');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    must(false, 'json');
  }
  must(isObject(value), 'json');
  let values = 0;
  const visit = (one: unknown): void => {
    values += 1;
    must(values <= MOST_VALUES, 'large');
    if (typeof one !== 'object' || one === null) return;
    for (const [key, inner] of Object.entries(one)) {
      must(!FORBIDDEN.has(key), 'keys', { where: key });
      visit(inner);
    }
  };
  visit(value);
  return value;
}

function depthOf(text: string): number {
  let [depth, deepest, inText] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inText) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return deepest;
}

/** A text of at most `longest` signs; undefined for anything else. */
export const textOf = (value: unknown, longest = 500): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= longest ? value : undefined;

/** The values of a field that may hold one or many. */
export const listOf = (value: unknown): unknown[] => (value === undefined || value === null ? [] : [value].flat());

/** The id of a thing that may be written as its id alone. */
export const idOf = (value: unknown): string | undefined => textOf(isObject(value) ? value.id : value);
