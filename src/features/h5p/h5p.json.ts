import type { ArchiveLimits } from './h5p.limits';
import { RefusalError } from './h5p.refusals';

/**
 * Reads a JSON file of a package: UTF-8 with or without a byte order mark, no deeper than the limit, without `__proto__`.
 * Throws a RefusalError that names the file.
 */
export function parseJson(bytes: Buffer, file: string, limits: ArchiveLimits): unknown {
  if (bytes.length > limits.jsonBytes) throw new RefusalError('jsonTooLarge', { file });
  const text = decode(bytes, file);
  if (isDeeperThan(text, limits.jsonDepth)) throw new RefusalError('jsonTooDeep', { file });
  try {
    return withoutPrototypes(JSON.parse(text));
  } catch {
    throw new RefusalError('badJson', { file });
  }
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RefusalError('badJson', { file });
  }
}

/** Counts brackets outside strings, before anything is built from them. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if ((char === '{' || char === '[') && ++depth > limit) return true;
    else if (char === '}' || char === ']') depth--;
  }
  return false;
}

function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const child of Object.values(value)) withoutPrototypes(child);
  return value;
}
