/**
 * How one group splits into parts. Numbers only when no part tells of a few: every part that has anyone has `k` people,
 * and nobody can read from it that all are in one part. Otherwise a word: where most are, and whether that is nearly all.
 * A reader who sees a word cannot tell a hidden small part from a hidden "everyone", and no word stands for one number.
 * Of two parts `most` is the one with at least half.
 */
export type Split<Part extends string> =
  | { exact: true; n: number; counts: Record<Part, number> }
  | {
      exact: false;
      n: number;
      most: Part | undefined;
      nearlyAll: boolean;
      /** Of many groups: percent of the first of two parts, in tens; 10 stands for 10 or less, 90 for 90 or more. */
      share?: number;
    };

/** From this share on a report says "90 % or more" and no more, be it nine of ten or everyone. */
export const NEARLY_ALL = 0.9;
/** In a smaller group 90 % or more would be everyone. */
export const NEARLY_ALL_FROM = 10;

export function splitOf<Part extends string>(counts: Readonly<Record<Part, number>>, k: number): Split<Part> {
  const parts = (Object.entries(counts) as [Part, number][]).filter(([, count]) => count > 0);
  const n = parts.reduce((sum, [, count]) => sum + count, 0);
  if (parts.length > 1 && parts.every(([, count]) => count >= k)) return { exact: true, n, counts: { ...counts } };
  const [largest] = parts.toSorted((a, b) => b[1] - a[1]);
  const isPair = Object.keys(counts).length === 2;
  const most = largest && (isPair ? 2 * largest[1] >= n : 2 * largest[1] > n) ? largest[0] : undefined;
  const nearlyAll = most !== undefined && isNearlyAll(largest?.[1] ?? 0, n, isPair ? k : undefined);
  return { exact: false, n, most, nearlyAll };
}

/**
 * Of two parts a word says that the smaller has 0 … k-1 people, and "nearly all" cuts that in two. Both pieces have at least
 * two numbers in them: of 30 people "most, but not nearly all" would otherwise be 26.
 */
function isNearlyAll(part: number, n: number, k: number | undefined): boolean {
  if (n < NEARLY_ALL_FROM) return false;
  const from = Math.ceil(NEARLY_ALL * n);
  if (k !== undefined && n >= 2 * k && from - (n - k + 1) === 1) return false;
  return part >= from;
}

/**
 * How several counted groups split together: numbers when each of them may be told in numbers. Otherwise a word made only
 * of what may be told of each, as if "most" were three quarters, so that a sum tells nothing that its parts do not.
 */
export function splitOfGroups<Part extends string>(
  groups: readonly { counts: Readonly<Record<Part, number>>; k: number }[],
): Split<Part> {
  const splits = groups.map(({ counts, k }) => splitOf(counts, k));
  const [only] = splits;
  if (only && splits.length === 1) return only;
  const names = Object.keys(groups[0]?.counts ?? {}) as Part[];
  const n = splits.reduce((sum, split) => sum + split.n, 0);
  const about = Object.fromEntries(
    names.map((name) => [name, splits.reduce((sum, split) => sum + told(split, name, names.length), 0)]),
  ) as Record<Part, number>;
  if (splits.every(({ exact }) => exact)) return { exact: true, n, counts: about };
  const largest = names.toSorted((a, b) => about[b] - about[a])[0];
  const most = largest !== undefined && 2 * about[largest] > n ? largest : undefined;
  const nearlyAll =
    most !== undefined && splits.every((split) => !split.exact && split.nearlyAll && split.most === most);
  const share = names.length === 2 ? shareOf(groups, splits, names as [Part, Part]) : undefined;
  const word = { n, most: most ?? (names.length === 2 ? names[0] : undefined), nearlyAll };
  return { exact: false, ...word, ...(share !== undefined && { share }) };
}

/** A tenth of the people is then at least as many as any one group has. */
const GROUPS_FOR_SHARE = 10;

/**
 * The share of the first part over many groups, in tens: known no better than to as many people as the largest of them has, so
 * that two such shares cannot be subtracted to one group. Near what the words allow at the most or the least it is drawn
 * inwards by a group's limit, so that it never tells that every group is at its end.
 */
function shareOf<Part extends string>(
  groups: readonly { counts: Readonly<Record<Part, number>>; k: number }[],
  splits: readonly Split<Part>[],
  [first]: [Part, Part],
): number | undefined {
  const n = splits.reduce((sum, split) => sum + split.n, 0);
  const largest = Math.max(...splits.map((split) => split.n));
  if (groups.length < GROUPS_FOR_SHARE || 10 * largest > n) return undefined;
  const ends = groups.map(({ counts, k }) => endsOf(counts, k, first));
  const inward = Math.max(...groups.map(({ k }) => k));
  const part = groups.reduce((sum, { counts }) => sum + counts[first], 0);
  const low = ends.reduce((sum, [least]) => sum + least, 0) + inward;
  const high = ends.reduce((sum, [, most]) => sum + most, 0) - inward;
  return roughShare(low > high ? (low + high) / 2 : Math.min(high, Math.max(low, part)), n);
}

/** The least and the most that the first part can be, for who reads the group's split. */
function endsOf<Part extends string>(counts: Readonly<Record<Part, number>>, k: number, first: Part): [number, number] {
  const [, second] = Object.keys(counts).toSorted((a) => (a === first ? -1 : 1)) as [Part, Part];
  const n = counts[first] + counts[second];
  const told = JSON.stringify(splitOf(counts, k));
  const same = Array.from({ length: n + 1 }, (_, part) => part).filter((part) => {
    const other = { ...counts, [first]: part, [second]: n - part } as Record<Part, number>;
    return JSON.stringify(splitOf(other, k)) === told;
  });
  return [same[0] ?? 0, same.at(-1) ?? n];
}

/** What a reader may take a part to be: the number itself, or the middle of what a word stands for. */
function told<Part extends string>(split: Split<Part>, part: Part, parts: number): number {
  if (split.exact) return split.counts[part] ?? 0;
  if (split.most === undefined) return split.n / parts;
  const share = split.nearlyAll ? 0.95 : 0.75;
  return split.n * (split.most === part ? share : (1 - share) / (parts - 1));
}

/** A share in tens of percent that never says "none" or "all": 10 stands for 10 or less, 90 for 90 or more. */
export function roughShare(part: number, whole: number): number {
  return Math.min(90, Math.max(10, Math.round((10 * part) / whole) * 10));
}
