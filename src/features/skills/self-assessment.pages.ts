import type { Competence } from './skills.model';

/** A page of the self-assessment: the items of one skill, or in simple mode one of them. */
export interface AskedPage {
  competence: Competence;
  items: Competence['selfItems'];
  href: string;
  /** In simple mode: which item of its skill, from 1. */
  item: number | undefined;
}

/** All pages in their order. */
export function pagesOf(competences: readonly Competence[], home: string, oneByOne: boolean): AskedPage[] {
  return competences.flatMap((competence): AskedPage[] => {
    const href = `${home}/${competence.code}`;
    if (!oneByOne) return [{ competence, items: competence.selfItems, href, item: undefined }];
    return competence.selfItems.map((item, index) => {
      return { competence, items: [item], href: index === 0 ? href : `${href}?item=${index + 1}`, item: index + 1 };
    });
  });
}

/** The page of a skill, at an item where pages have one each; -1 for a skill that is not asked. */
export function indexOfPage(pages: readonly AskedPage[], code: unknown, item: unknown): number {
  const exact = pages.findIndex((page) => page.competence.code === code && String(page.item) === item);
  return exact >= 0 ? exact : pages.findIndex((page) => page.competence.code === code);
}
