import type { Language } from '../../lib/i18n';
import type { DraftContent } from '../authoring/drafts.model';
import type { Block, BlockNeeds } from '../blocks/block';
import type { CardWords } from './cards.model';

/** The headings of a lesson made from a card, in the card's own language whatever its maker's is. */
const HEADINGS: Record<Language, { helped: string; forWhom: string; tried: string }> = {
  fi: { helped: 'Mikä auttoi', forWhom: 'Kenelle tämä sopii', tried: '✎ Mitä lukija voi kokeilla itse?' },
  'fi-x-selko': { helped: 'Mikä auttoi', forWhom: 'Kenelle tämä sopii', tried: '✎ Mitä lukija voi kokeilla?' },
  sv: { helped: 'Vad som hjälpte', forWhom: 'För vem det passar', tried: '✎ Vad kan läsaren själv prova?' },
  en: { helped: 'What helped', forWhom: 'Whom this suits', tried: '✎ What can the reader try alone?' },
};

/** A card as the beginning of a lesson: what happened, what helped, for whom, and what to beware of. */
export function cardContent(card: Omit<CardWords, 'is_shown'>): DraftContent {
  const { language } = card;
  const words = HEADINGS[language];
  let number = 0;
  const block = (kind: Block['kind'], text: string, needs: BlockNeeds = {}): Block[] => {
    if (!text.trim()) return [];
    number += 1;
    return [{ ...{ id: `b${number}`, kind, version: 1, texts: { [language]: { text, follows: 1 } } }, ...needs }];
  };
  const isList = card.helped.trim().split('\n').filter(Boolean).length > 1;
  return {
    original: language,
    title: { [language]: card.title },
    minutes: 5,
    level: 1,
    competences: [],
    blocks: [
      ...block('text', card.happened),
      ...block('heading', words.helped, { level: 2 }),
      ...block(isList ? 'steps' : 'text', card.helped),
      ...(card.for_whom.trim() ? block('heading', words.forWhom, { level: 2 }) : []),
      ...block('text', card.for_whom),
      ...block('callout', card.beware, { tone: 'careful' }),
      ...block('try', words.tried),
    ],
    questions: [],
  };
}
