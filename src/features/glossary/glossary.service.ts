import { createHash } from 'node:crypto';
import { htmlLang, type Language } from '../../lib/i18n';
import { explained, type StemmedWord, wordsMarked, wordsToStem } from './explain';
import { withFinnishForms } from './finnish-forms';
import { type HardWord, hardWords } from './hard-words';
import { stemsOf } from './stems.model';

/** A text once explained is remembered by what it says: an edited lesson is another text. */
const remembered = new Map<string, string>();
const MOST = 500;
const stemmed = new Map<Language, StemmedWord[]>();

/** The HTML of a lesson with its hard words explained in place. Stems are asked at the first reading only. */
export async function explainWords(html: string, language: Language): Promise<string> {
  const key = createHash('sha1').update(`${language} ${html}`).digest('base64');
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const result = explained(html, await stemmedWords(language), await stemsOf(wordsToStem(html), language));
  if (remembered.size >= MOST) remembered.delete(remembered.keys().next().value as string);
  remembered.set(key, result);
  return result;
}

/** The hard words of a lesson's text with what they mean, in the order of the alphabet. */
export async function wordList(html: string, language: Language): Promise<HardWord[]> {
  return wordsMarked(await explainWords(html, language), hardWords(language));
}

async function stemmedWords(language: Language): Promise<StemmedWord[]> {
  const known = stemmed.get(language);
  if (known) return known;
  const words = hardWords(language);
  const formsOf = htmlLang(language) === 'fi' ? withFinnishForms : (part: string) => [part];
  const partsOf = (form: string) => form.toLowerCase().split(/\s+/).map(formsOf);
  const stems = await stemsOf([...new Set(words.flatMap(({ forms }) => forms.flatMap(partsOf).flat()))], language);
  const made = words.map((word) => ({
    ...word,
    phrases: word.forms.map((form) =>
      partsOf(form).map((some) => [...new Set(some.map((one) => stems.get(one) ?? one))]),
    ),
  }));
  stemmed.set(language, made);
  return made;
}
