import { LANGUAGES, type Language } from '../../lib/i18n';
import type { Block } from '../blocks/block';
import { stateOf } from '../blocks/follow';
import type { DraftContent } from './drafts.document';

/** How many blocks of how many are written in a language for the original as it stands. */
export interface Coverage {
  language: Language;
  current: number;
  behind: number;
  missing: number;
  total: number;
  isOriginal: boolean;
}

/** Blocks by language, in the order of LANGUAGES. */
export function coverageOf({ original, blocks }: Pick<DraftContent, 'original' | 'blocks'>): Coverage[] {
  return LANGUAGES.map((language) => {
    const states = blocks.map((block: Block) => stateOf(block, original, language));
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    return {
      language,
      current: count('original', 'current'),
      behind: count('behind'),
      missing: count('missing'),
      total: blocks.length,
      isOriginal: language === original,
    };
  });
}

/** The same of several documents together: a course. */
export function coverageTogether(
  contents: readonly Pick<DraftContent, 'original' | 'blocks'>[],
): Omit<Coverage, 'isOriginal'>[] {
  const all = contents.map(coverageOf);
  return LANGUAGES.map((language, index) => {
    const sum = (name: 'current' | 'behind' | 'missing' | 'total') =>
      all.reduce((total, coverages) => total + (coverages[index]?.[name] ?? 0), 0);
    return { language, current: sum('current'), behind: sum('behind'), missing: sum('missing'), total: sum('total') };
  });
}
