import type { Language } from '../../lib/i18n';
import type { DraftContent } from '../authoring/drafts.model';
import type { Block, BlockNeeds } from '../blocks/block';
import type { Card } from './cards.model';
import { kindOf } from './kinds';

/** What every lesson that answers a card still needs, in the card's own language whatever its maker's is. */
const WORDS: Record<Language, { helps: string; tried: string }> = {
  fi: { helps: 'Näin pääset eteenpäin', tried: '✎ Mitä lukija voi kokeilla itse?' },
  'fi-x-selko': { helps: 'Näin pääset eteenpäin', tried: '✎ Mitä lukija voi kokeilla?' },
  sv: { helps: 'Så kommer du vidare', tried: '✎ Vad kan läsaren själv prova?' },
  en: { helps: 'How to go on', tried: '✎ What can the reader try alone?' },
};

/** A lesson that begins from what a card tells, in its fields' order. Nothing is shown to learners before two have signed it. */
export function lessonOf(card: Card): DraftContent {
  const language = card.language as Language;
  const words = WORDS[language];
  const texts = kindOf(card.kind).fields.flatMap(({ key }) => (card.body[key]?.trim() ? [card.body[key]] : []));
  let number = 0;
  const block = (kind: Block['kind'], text: string, needs: BlockNeeds = {}): Block => {
    number += 1;
    return { ...{ id: `b${number}`, kind, version: 1, texts: { [language]: { text, follows: 1 } } }, ...needs };
  };
  return {
    ...{ original: language, title: { [language]: card.title }, minutes: 5, level: 1, competences: [], questions: [] },
    blocks: [
      ...texts.map((text) => block('text', text)),
      block('heading', words.helps, { level: 2 }),
      ...(card.learned ? [block('text', card.learned)] : []),
      block('try', words.tried),
    ],
  };
}
