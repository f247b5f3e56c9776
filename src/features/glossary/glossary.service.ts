import { createHash } from 'node:crypto';
import { htmlLang, type Language } from '../../lib/i18n';
import { explained, type StemmedWord, wordsMarked, wordsToStem } from './explain';
import { withFinnishForms } from './finnish-forms';
import { type HardWord, hardWords, spokenOf } from './hard-words';
import { selectOwnHardWords } from './own-words.model';
import { stemsOf } from './stems.model';

/** A text once explained is remembered by what it says: an edited lesson is another text. */
const remembered = new Map<string, string>();
const MOST = 500;
const stemmed = new Map<string, StemmedWord[]>();
const MOST_LISTS = 100;

/** The reader's organisation, and when its own words changed last (see OWN_WORDS_AT); null when it has none. */
export interface OwnWords {
  organisation_id: string;
  words_at: string | null;
}

/**
 * The HTML of a lesson with its hard words explained in place: those of the common glossary, and before them those of the
 * reader's organisation. Stems and own words are asked at the first reading only.
 */
export async function explainWords(html: string, language: Language, own: OwnWords): Promise<string> {
  const key = createHash('sha1')
    .update(`${language} ${keyOf(own)} ${html}`)
    .digest('base64');
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const words = [...(await ownWords(language, own)), ...(await commonWords(language))];
  const result = explained(html, words, await stemsOf(wordsToStem(html), language));
  keep(remembered, MOST, key, result);
  return result;
}

/** The hard words of a lesson's text with what they mean, in the order of the alphabet. */
export async function wordList(html: string, language: Language, own: OwnWords): Promise<HardWord[]> {
  return wordsMarked(await explainWords(html, language, own), [
    ...(await ownWords(language, own)),
    ...hardWords(language),
  ]);
}

const keyOf = ({ organisation_id, words_at }: OwnWords) => (words_at ? `${organisation_id} ${words_at}` : '');

async function ownWords(language: Language, own: OwnWords): Promise<StemmedWord[]> {
  if (!own.words_at) return [];
  const spoken = spokenOf(language);
  return withStems(`${spoken} ${keyOf(own)}`, language, () => selectOwnHardWords(own.organisation_id, spoken));
}

const commonWords = (language: Language) => withStems(language, language, async () => hardWords(language));

/** The words that `read` gives with the stems of their forms, remembered by the key. */
async function withStems(
  key: string,
  language: Language,
  read: () => Promise<readonly HardWord[]>,
): Promise<StemmedWord[]> {
  const known = stemmed.get(key);
  if (known) return known;
  const words = await read();
  const formsOf = htmlLang(language) === 'fi' ? withFinnishForms : (part: string) => [part];
  const partsOf = (form: string) => form.toLowerCase().split(/\s+/).map(formsOf);
  const stems = await stemsOf([...new Set(words.flatMap(({ forms }) => forms.flatMap(partsOf).flat()))], language);
  const made = words.map((word) => ({
    ...word,
    phrases: word.forms.map((form) =>
      partsOf(form).map((some) => [...new Set(some.map((one) => stems.get(one) ?? one))]),
    ),
  }));
  keep(stemmed, MOST_LISTS, key, made);
  return made;
}

/** What was kept first goes first. */
function keep<T>(all: Map<string, T>, most: number, key: string, value: T): void {
  if (all.size >= most) all.delete(all.keys().next().value as string);
  all.set(key, value);
}
