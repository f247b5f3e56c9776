import type { Language } from '../../../lib/i18n';
import { type ContentTypeName, typeOf } from './registry';
import type { ContentFault } from './type';
import { mapWords } from './words';

/**
 * What keeps a question's content from its readers: what its type finds, and texts that one of these languages lacks though
 * the question is in it. The first language is the original: a text that it lacks is needed only where the type says so.
 */
export function contentFaultsOf(
  type: ContentTypeName,
  content: object,
  languages: readonly Language[],
): ContentFault[] {
  const { needs, faults } = typeOf(type);
  const lacking: ContentFault[] = [];
  const [original] = languages;
  mapWords(content, (text, path) => {
    const isNeeded = needs.includes(path.at(-1) ?? '') || Boolean(original && text[original]?.trim());
    for (const language of isNeeded ? languages : [])
      if (!text[language]?.trim())
        lacking.push({ path: `${path.join('_')}_${language}`, key: 'authoring.fault.empty' });
    return text;
  });
  const found = [...faults(content, languages), ...lacking];
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}
