/** What a person reads of a field; names, types and tags are never taken from a translation. */
const READ = new Set(['label', 'description', 'entity', 'placeholder', 'unit']);
const DEEPEST = 40;

/** Semantics with their words from a library's translation, which is made like them and may lack parts. */
export function translated(semantics: unknown, words: unknown, depth = 0): unknown {
  if (words === undefined || words === null || depth > DEEPEST) return semantics;
  if (Array.isArray(semantics)) {
    if (!Array.isArray(words)) return semantics;
    return semantics.map((item, index) => translated(item, words[index], depth + 1));
  }
  if (typeof semantics !== 'object' || semantics === null || typeof words !== 'object') return semantics;
  const given = words as Record<string, unknown>;
  const isText = (semantics as { type?: unknown }).type === 'text';
  return Object.fromEntries(
    Object.entries(semantics).map(([key, value]) => {
      const word = Object.hasOwn(given, key) ? given[key] : undefined;
      const isRead = READ.has(key) || (key === 'default' && isText);
      if (typeof value === 'string') return [key, isRead && typeof word === 'string' && word ? word : value];
      return [key, translated(value, word, depth + 1)];
    }),
  );
}
