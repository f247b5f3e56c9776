import { db } from '../../lib/db';
import { htmlLang, type Language } from '../../lib/i18n';

const DICTIONARIES: Record<string, string> = { fi: 'finnish_stem', sv: 'swedish_stem', en: 'english_stem' };

/** The stem of each word by PostgreSQL's stemmer of the language, in one query. A word that it does not stem is its own stem. */
export async function stemsOf(words: readonly string[], language: Language): Promise<Map<string, string>> {
  if (words.length === 0) return new Map();
  const { rows } = await db().raw<{ rows: { word: string; stem: string }[] }>(
    'select word, coalesce((ts_lexize(?::regdictionary, word))[1], word) as stem from unnest(?::text[]) word',
    [DICTIONARIES[htmlLang(language)] ?? 'simple', [...words]],
  );
  return new Map(rows.map(({ word, stem }) => [word, stem]));
}
