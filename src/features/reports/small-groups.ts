/**
 * How one group splits into parts. Numbers only when no part tells of a few: every part that has anyone has `k` people,
 * and nobody can read from it that all are in one part. Otherwise a word: where most are, and whether that is nearly all.
 * A reader who sees a word cannot tell a hidden small part from a hidden "everyone".
 */
export type Split<Part extends string> =
  | { exact: true; n: number; counts: Record<Part, number> }
  | { exact: false; n: number; most: Part | undefined; nearlyAll: boolean };

/** From this share on a report says "90 % or more" and no more, be it nine of ten or everyone. */
export const NEARLY_ALL = 0.9;
/** In a smaller group 90 % or more would be everyone. */
export const NEARLY_ALL_FROM = 10;

export function splitOf<Part extends string>(counts: Readonly<Record<Part, number>>, k: number): Split<Part> {
  const parts = (Object.entries(counts) as [Part, number][]).filter(([, count]) => count > 0);
  const n = parts.reduce((sum, [, count]) => sum + count, 0);
  if (parts.length > 1 && parts.every(([, count]) => count >= k)) return { exact: true, n, counts: { ...counts } };
  const [largest] = parts.toSorted((a, b) => b[1] - a[1]);
  const most = largest && largest[1] > n / 2 ? largest[0] : undefined;
  const nearlyAll = most !== undefined && n >= NEARLY_ALL_FROM && (largest?.[1] ?? 0) >= NEARLY_ALL * n;
  return { exact: false, n, most, nearlyAll };
}

/** A share in tens of percent that never says "none" or "all": 10 stands for 10 or less, 90 for 90 or more. */
export function roughShare(part: number, whole: number): number {
  return Math.min(90, Math.max(10, Math.round((10 * part) / whole) * 10));
}
