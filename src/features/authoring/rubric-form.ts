import { randomUUID } from 'node:crypto';
import type { Language } from '../../lib/i18n';
import { type Criterion, MOST_CRITERIA, RUBRIC_LEVELS } from '../evidence/rubric.model';

const LONGEST = 300;

/** The rubric with what was typed in the shown languages; the others stay as they were. */
export function applyRubric(
  rubric: readonly Criterion[],
  body: Record<string, unknown>,
  languages: readonly Language[],
): Criterion[] {
  return rubric.map((criterion) => {
    const typed = (words: Criterion['name'] | undefined, field: string) => {
      const next = { ...words };
      for (const language of languages) {
        const given = body[`r_${criterion.key}_${field}_${language}`];
        if (typeof given === 'string') next[language] = given.trim().slice(0, LONGEST);
      }
      return next;
    };
    const levels = Array.from({ length: RUBRIC_LEVELS }, (_, index) => typed(criterion.levels[index], String(index)));
    return { ...criterion, name: typed(criterion.name, 'name'), levels };
  });
}

/** The rubric with one more criterion, while it has not the most there may be. */
export function withCriterion(rubric: readonly Criterion[]): Criterion[] {
  const blank = { key: randomUUID().slice(0, 8), name: {}, levels: Array.from({ length: RUBRIC_LEVELS }, () => ({})) };
  return rubric.length < MOST_CRITERIA ? [...rubric, blank] : [...rubric];
}

/** What readers get: criteria that have a name in the original language. */
export const writtenRubric = (rubric: readonly Criterion[], original: Language): Criterion[] =>
  rubric.filter(({ name }) => name[original]?.trim());
