import type { Language } from '../../lib/i18n';

export const RUBRIC_LEVELS = 3;
export const MOST_CRITERIA = 5;

type Words = Partial<Record<Language, string>>;

/** One thing that is looked at in a practical task, and what it looks like on each level, the first steps first. */
export interface Criterion {
  key: string;
  name: Words;
  levels: Words[];
}

/** A criterion as it was when somebody looked by it. `chosen`: 0 for the first steps, up to RUBRIC_LEVELS - 1. */
export interface JudgedCriterion extends Criterion {
  chosen?: number | undefined;
}

export interface ToldCriterion {
  key: string;
  name: string;
  levels: string[];
  chosen: number | undefined;
}

/** The rubric in the first of these languages that each text has. */
export function tellRubric(rubric: readonly JudgedCriterion[], languages: readonly Language[]): ToldCriterion[] {
  const best = (words: Words | undefined) => {
    const language = languages.find((one) => words?.[one]?.trim()) ?? (Object.keys(words ?? {})[0] as Language);
    return words?.[language] ?? '';
  };
  return rubric.map(({ key, name, levels, chosen }) => ({
    key,
    name: best(name),
    levels: Array.from({ length: RUBRIC_LEVELS }, (_, index) => best(levels[index])),
    chosen,
  }));
}

/** What the judge chose, by the field of each criterion; undefined for those without a known level. */
export function chosenIn(rubric: readonly Criterion[], body: Record<string, unknown>): (number | undefined)[] {
  return rubric.map(({ key }) => {
    const sent = String(body[rubricField(key)] ?? '');
    return /^[0-2]$/.test(sent) ? Number(sent) : undefined;
  });
}

export const rubricField = (key: string): string => `rubric_${key}`;
