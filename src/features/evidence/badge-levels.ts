import type { Alignment } from './badge-facts';

/** A skill that a badge says it is about; a level only where the badge tells one. */
export interface BadgeLevel {
  competence_code: string;
  level: number | null;
}

const CODE = /^(?:DC|DigComp)?[\s:_-]*(\d\.\d)(?:[\s:/._-]*(?:L|level|taso)?[\s:_-]*([1-8]))?$/i;
const DIGCOMP = /dig-?comp/i;

/**
 * The skills that a badge is aligned with, by our competence codes (those of DigComp): "4.2" or "4.2 L3" in a framework that
 * calls itself DigComp, or an address of DigComp that ends so. No level is made up: without one the issuer's mapping tells it.
 */
export function alignedSkills(alignments: readonly Alignment[], known: ReadonlySet<string>): BadgeLevel[] {
  const found = new Map<string, BadgeLevel>();
  for (const { code, url, framework } of alignments) {
    const isDigComp = DIGCOMP.test(framework) || DIGCOMP.test(url);
    const ending = url.split(/[/#]/).pop() ?? '';
    const [, competence_code, level] = (isDigComp && (CODE.exec(code.trim()) ?? CODE.exec(decodeSafely(ending)))) || [];
    if (!competence_code || !known.has(competence_code)) continue;
    const before = found.get(competence_code)?.level ?? 0;
    const told = Math.max(before, Number(level ?? 0));
    found.set(competence_code, { competence_code, level: told || null });
  }
  return [...found.values()];
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The levels that count: what the administrator mapped for the issuer's badge goes before what the badge says. */
export function levelsOf(aligned: readonly BadgeLevel[], mapped: readonly BadgeLevel[]): BadgeLevel[] {
  const all = new Map([...aligned, ...mapped].map((one) => [one.competence_code, one]));
  return [...all.values()].sort((a, b) => a.competence_code.localeCompare(b.competence_code));
}
