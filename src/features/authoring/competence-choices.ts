import type { Language } from '../../lib/i18n';
import { competenceNames } from '../skills/skills.model';

/** The competences of the framework, by code and plain name. */
export async function competenceChoices(language: Language): Promise<{ value: string; text: string }[]> {
  const names = await competenceNames(language);
  return [...names].map(([code, { plain_name }]) => ({ value: code, text: `${code} ${plain_name}` }));
}
