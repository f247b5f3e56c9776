import { LANGUAGES, type Language } from '../../lib/i18n';
import type { FormBody } from './block-form';
import { difference, type Piece } from './difference';
import type { DraftContent } from './drafts.document';
import { questionText } from './pieces';

interface Differing {
  language: Language;
  pieces: Piece[];
}

/**
 * What another kept while a form was filled in, where it differs from what was typed: titles and questions word by word, and the
 * texts that were typed in blocks and questions which the other took away. `blocksOnForm` tells of the blocks that are there.
 */
export function othersOnForm(
  typed: DraftContent,
  saved: DraftContent | undefined,
  languages: readonly Language[],
  body: FormBody,
) {
  if (!saved) return { titles: [], questions: {}, gone: [] };
  const differing = (theirs: (language: Language) => string, mine: (language: Language) => string): Differing[] =>
    languages
      .filter((language) => theirs(language).trim() !== mine(language).trim())
      .map((language) => ({ language, pieces: difference(theirs(language), mine(language)) }));
  const questions = typed.questions.flatMap((question) => {
    const theirs = saved.questions.find(({ id }) => id === question.id);
    const said = (language: Language) => (theirs ? questionText(theirs, language) : '');
    return [[question.id, differing(said, (language) => questionText(question, language))] as const];
  });
  return {
    titles: differing(
      (language) => saved.title[language] ?? '',
      (language) => typed.title[language] ?? '',
    ),
    questions: Object.fromEntries(questions) as Record<string, Differing[]>,
    gone: goneIn(typed, body),
  };
}

const TEXT_FIELD = new RegExp(`_(${[...LANGUAGES].sort((a, b) => b.length - a.length).join('|')})(_[a-z_]+)?$`);

/** Texts of the form that no block or question of the document takes. */
function goneIn({ blocks, questions }: DraftContent, body: FormBody): string[] {
  const known = [...blocks.map(({ id }) => `b_${id}_`), ...questions.map(({ id }) => `q_${id}_`)];
  const texts = Object.entries(body).flatMap(([name, value]) => {
    const isText = /^[bq]_/.test(name) && TEXT_FIELD.test(name) && !name.endsWith('_read');
    const isGone = isText && !known.some((start) => name.startsWith(start));
    return isGone && typeof value === 'string' && value.trim() ? [value.trim()] : [];
  });
  return [...new Set(texts)];
}
