import type { Actor } from '../organisations/organisations.model';
import { type AskedWord, type Meaning, readMeanings } from './meaning.queries';
import { byTongue, otherWords, soughtWords, TONGUES, type Tongue } from './other-words';

/** A search as PostgreSQL asks it. */
export interface Asked {
  /** For each tongue what a text must have, as ways of which one is enough; none when no text of it can. */
  all: Record<Tongue, string[]>;
  /** For each tongue what it should have, one for each word that means something. */
  any: Record<Tongue, string[]>;
  /** What was probably meant, when a word was strange and others look like it. */
  suggestion: string | undefined;
}

/** Turns a typed text into what to look for: inflections, compounds, other words for the same, and the nearest of a misspelt one. */
export async function understand(actor: Actor, text: string): Promise<Asked> {
  const words = soughtWords(text);
  const none = byTongue<string[][]>(() => []);
  const others = new Map(words.map((word) => [word, otherWords(word)]));
  const whole = words.length > 1 ? otherWords(words.join(' ')) : none;
  const asked: AskedWord[] = [
    ...words.map((word) => ({ word, tongue: null })),
    ...TONGUES.flatMap((tongue) =>
      [...new Set([...others.values(), whole].flatMap((ways) => ways[tongue].flat()))]
        .filter((word) => !words.includes(word))
        .map((word) => ({ word, tongue })),
    ),
  ];
  const meanings = new Map<string, Meaning>();
  for (const meaning of await readMeanings(actor, asked)) meanings.set(`${meaning.tongue} ${meaning.word}`, meaning);
  const at = (tongue: Tongue, word: string) => meanings.get(`${tongue} ${word}`);

  const mended = new Map(
    words.flatMap((word) =>
      nearest(
        word,
        TONGUES.flatMap((tongue) => at(tongue, word) ?? []),
      ),
    ),
  );
  const stemsOf = (tongue: Tongue, word: string) => {
    const near = mended.get(word)?.filter((one) => one.tongue === tongue) ?? [];
    return [...(at(tongue, word)?.stems ?? []), ...near.map(({ stem }) => stem)];
  };
  const phrase = (tongue: Tongue, alternative: string[]) =>
    allOf(alternative.map((word) => anyOf((at(tongue, word)?.stems ?? []).map(literal))));
  const waysOf = (tongue: Tongue, word: string) =>
    present([
      ...stemsOf(tongue, word)
        .concat(mended.has(word) ? [] : word)
        .map(literal),
      ...(others.get(word) ?? none)[tongue].map((alternative) => phrase(tongue, alternative)),
    ]);
  const wordQuery = (tongue: Tongue, word: string) => anyOf(waysOf(tongue, word));

  const [only] = words;
  const all = byTongue((tongue) =>
    // The ways of one word are looked up one by one: an index is slow at a long list of which any is enough.
    words.length === 1 && only
      ? waysOf(tongue, only)
      : present([
          allOf(words.map((word) => wordQuery(tongue, word))),
          ...whole[tongue].map((alternative) => phrase(tongue, alternative)),
        ]),
  );
  const any = byTongue((tongue) => words.flatMap((word) => wordQuery(tongue, word) ?? []));
  const spelt = (word: string) => TONGUES.flatMap((tongue) => at(tongue, word)?.spelt ?? [])[0];
  const better = words.map((word) => mended.get(word)?.[0]?.word ?? spelt(word) ?? word).join(' ');
  return { all, any, suggestion: better === words.join(' ') ? undefined : better };
}

type Near = { word: string; stem: string; tongue: Tongue };

/** The words that a strange one may be meant to be: those fewest letters away, when these are few for its length. */
function nearest(word: string, meanings: readonly Meaning[]): [string, Near[]][] {
  const most = word.length <= 5 ? 1 : word.length <= 8 ? 2 : 3;
  const candidates = meanings
    .flatMap(({ tongue, near }) => near.map((one) => ({ ...one, tongue, away: lettersAway(word, one.word) })))
    .sort((a, b) => a.away - b.away);
  const [best] = candidates;
  if (!best) return [];
  // A misspelt inflection is further from every form that a text has; its beginning tells.
  const isClose = (away: number, other: string) =>
    away <= most || lettersAway(word.slice(0, other.length), other) <= most;
  const close = candidates.filter(({ away, word: other }) => away <= best.away + 1 && isClose(away, other));
  return close.length > 0 ? [[word, close]] : [];
}

/** How many letters are left out, put in, changed, or swapped with the next (Damerau's distance, of neighbours only). */
export function lettersAway(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : i)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      const row = rows[i];
      if (row) row[j] = swapped ? Math.min(least, at(i - 2, j - 2) + 1) : least;
    }
  return at(a.length, b.length);
}

/** Parts of a tsquery. Words are letters and digits, so little needs to be escaped; null is what no text can have. */
const literal = (stem: string) => `'${stem.replaceAll("'", "''")}'`;

const present = (parts: readonly (string | null)[]) => [...new Set(parts.filter((part) => part !== null))];

function anyOf(parts: readonly string[]): string | null {
  return parts.length > 0 ? `(${[...new Set(parts)].join('|')})` : null;
}

function allOf(parts: readonly (string | null)[]): string | null {
  return parts.length > 0 && parts.every((part) => part !== null) ? `(${parts.join('&')})` : null;
}
