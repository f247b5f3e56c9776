/** What is the same to a reader is the same here: letters' case, spaces, kinds of quotes and dashes, a full stop at the end. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLocaleLowerCase('fi')
    .replace(/[\u2018\u2019\u201b\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!?]+$/, '')
    .trimEnd();
}

/**
 * Whether a text is one that the author wrote. The only sign with a meaning of its own is `*`: any letters, none too
 * ("salasana*" takes every inflection). Nothing that an author writes is run as a regular expression; time grows with the
 * lengths of the two texts multiplied.
 */
export function fits(pattern: string, text: string): boolean {
  const [wanted, given] = [plain(pattern), plain(text)];
  let [at, star, resume] = [0, -1, 0];
  let index = 0;
  while (index < given.length) {
    if (wanted[at] === '*') [star, resume, at] = [at, index, at + 1];
    else if (wanted[at] === given[index]) [at, index] = [at + 1, index + 1];
    else if (star >= 0) {
      resume += 1;
      [at, index] = [star + 1, resume];
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}

/** Shorter words than this differ too easily: "salo" and "sala" are two words, not one with a slip. */
const SHORTEST_WITH_A_SLIP = 5;

/** Whether one slip of the finger away: a letter too many, too few, another, or two that changed places. Never in numbers. */
export function isSlipOf(wanted: string, text: string): boolean {
  const [a, b] = [[...plain(wanted)], [...plain(text)]];
  if (a.length < SHORTEST_WITH_A_SLIP || wanted.includes('*') || /\d/.test(wanted) || Math.abs(a.length - b.length) > 1)
    return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length + restB.length === 0) return false;
  const changedPlaces = restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
  return (restA.length <= 1 && restB.length <= 1) || changedPlaces;
}

export type Spelling = 'right' | 'almost' | 'other' | 'empty';

/** How a text compares with what is accepted; one slip is told of only when the author forgives it. */
export function compared(accepted: readonly string[], text: string, forgivesSlip: boolean): Spelling {
  if (plain(text) === '') return 'empty';
  if (accepted.some((pattern) => fits(pattern, text))) return 'right';
  return forgivesSlip && accepted.some((pattern) => isSlipOf(pattern, text)) ? 'almost' : 'other';
}
