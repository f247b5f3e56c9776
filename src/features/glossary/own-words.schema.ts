import { z } from 'zod';
import { message } from '../../lib/forms';
import { oneLine } from '../../lib/text';
import { SPOKEN, type Spoken } from './hard-words';
import type { WordTexts } from './own-words.model';

const MOST_FORMS = 8;
const MOST_PARTS = 5;

/** A word or a phrase as it stands in texts: letters, and nothing that could not be found there. */
const Form = z
  .string()
  .max(60, message('glossary.own.word.long'))
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}\s-]*$/u, message('glossary.own.word.letters'));

/** The word, and after commas other forms of it. */
const Forms = z
  .string()
  .catch('')
  .transform((text) => [...new Set(oneLine(text).split(',').map(oneLine).filter(Boolean))])
  .pipe(
    z
      .array(Form.refine((form) => form.split(' ').length <= MOST_PARTS, message('glossary.own.word.long')))
      .max(MOST_FORMS, message('glossary.own.word.many')),
  );

const About = z
  .string()
  .catch('')
  .transform(oneLine)
  .pipe(z.string().max(200, message('glossary.own.about.long')));

const fields = Object.fromEntries(
  SPOKEN.flatMap((language) => [
    [`word_${language}`, Forms],
    [`about_${language}`, About],
  ]),
);

/** In each language a word and what it means, or neither; at least one language. */
export const WordForm = z.object({ id: z.uuid(message('errors.invalid')), ...fields }).transform((value, context) => {
  const given = value as Record<string, unknown>;
  const texts: WordTexts = {};
  for (const language of SPOKEN) {
    const words = given[`word_${language}`] as string[];
    const about = given[`about_${language}`] as string;
    const fault = words.length > 0 ? !about && 'about' : about && 'word';
    if (fault)
      context.addIssue({ code: 'custom', path: [`${fault}_${language}`], message: `glossary.own.${fault}.missing` });
    if (words.length > 0 && about) texts[language] = { words, about };
  }
  if (Object.keys(texts).length === 0 && context.issues.length === 0)
    context.addIssue({ code: 'custom', path: ['word_fi'], message: 'glossary.own.none' });
  return { id: given.id as string, texts };
});

/** What stands in the form for a word. */
export const valuesOf = (texts: WordTexts): Record<string, string> =>
  Object.fromEntries(
    (Object.entries(texts) as [Spoken, { words: string[]; about: string }][]).flatMap(
      ([language, { words, about }]) => [
        [`word_${language}`, words.join(', ')],
        [`about_${language}`, about],
      ],
    ),
  );
