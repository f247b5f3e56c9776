import type { Actor } from '../organisations/organisations.model';
import { competenceNames } from '../skills/skills.model';
import type { BankFilter } from './bank.model';

/** The competences of the framework, by code and plain name, for a list to choose from. */
export async function competenceChoices({
  language,
}: Pick<Actor, 'language'>): Promise<{ value: string; text: string }[]> {
  const names = await competenceNames(language);
  return [...names].map(([code, { plain_name }]) => ({ value: code, text: `${code} ${plain_name}` }));
}

/** A filter as it stands in an address; what is not asked for is left out. */
export function queryOf(filter: Partial<BankFilter> & { draft?: string; page?: number }): string {
  const asked = Object.entries(filter).filter(([name, value]) => value && !(name === 'page' && value === 1));
  return new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)])).toString();
}
