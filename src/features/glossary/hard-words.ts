import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Language } from '../../lib/i18n';
import { ROOT } from '../../lib/root';

/** The languages that have words of their own; easy Finnish takes the Finnish ones. */
export const SPOKEN = ['fi', 'sv', 'en'] as const;
export type Spoken = (typeof SPOKEN)[number];

/** A hard word in one language: how it is said, the forms it is known by, and what it means. */
export interface HardWord {
  id: string;
  word: string;
  forms: string[];
  about: string;
}

const texts = z.partialRecord(z.enum(SPOKEN), z.string().min(1));
const FILE = z.object({
  words: z.array(
    z.object({
      id: z.string(),
      glossary: z.string().optional(),
      words: z.partialRecord(z.enum(SPOKEN), z.array(z.string().min(1))),
      about: texts,
    }),
  ),
});
const GLOSSARY = z.object({
  terms: z.array(
    z.object({ id: z.string(), fi: z.string(), sv: z.string(), en: z.string(), fi_selko_explanation: z.string() }),
  ),
});

const read = (file: string) => JSON.parse(fs.readFileSync(path.join(ROOT, 'src', 'data', file), 'utf8'));

/** The language that the words of a text are of. */
export const spokenOf = (language: Language): Spoken => (language === 'fi-x-selko' ? 'fi' : language);

const known = new Map<Spoken, HardWord[]>();

/** Hard words of a language; those of easy Finnish are the Finnish ones. Read once. */
export function hardWords(language: Language): readonly HardWord[] {
  const spoken = spokenOf(language);
  const found = known.get(spoken) ?? wordsIn(spoken);
  known.set(spoken, found);
  return found;
}

function wordsIn(spoken: Spoken): HardWord[] {
  const terms = new Map(GLOSSARY.parse(read('glossary.json')).terms.map((term) => [term.id, term]));
  return FILE.parse(read('hard-words.json')).words.flatMap(({ id, glossary, words, about }) => {
    const term = glossary ? terms.get(glossary) : undefined;
    const forms = [...(term ? [term[spoken]] : []), ...(words[spoken] ?? [])];
    const meaning = spoken === 'fi' ? (term?.fi_selko_explanation ?? about.fi) : about[spoken];
    return meaning && forms[0] ? [{ id, word: forms[0], forms, about: meaning }] : [];
  });
}
