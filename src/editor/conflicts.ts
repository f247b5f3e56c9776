import { diffWordsWithSpace } from 'diff';
import { type JsonNode, type Words, wordsOf } from './data';
import { element } from './dom';
import type { Conflict } from './merge';

export type Choice = 'mine' | 'theirs' | 'both';

/** Blocks that two changed at once: both texts, the difference between them, and three ways out. Nothing is lost meanwhile. */
export function showConflicts(
  place: HTMLElement,
  conflicts: readonly Conflict[],
  words: Words,
  choose: (conflict: Conflict, choice: Choice) => void,
): void {
  place.replaceChildren();
  if (conflicts.length === 0) return;
  place.append(element('h2', { class: 'govuk-heading-m' }, words.conflict ?? ''));
  for (const conflict of conflicts) {
    const kind = String(conflict.mine.attrs?.kind ?? '');
    const card = element('section', { class: 'card conflict', 'aria-label': words.kinds[kind] ?? '' });
    card.append(text(words.mine ?? '', conflict.mine), text(words.theirs ?? '', conflict.theirs), difference(conflict));
    const buttons = element('p', { class: 'button-column' });
    for (const [choice, label] of [
      ['mine', words.keepMine],
      ['theirs', words.takeTheirs],
      ['both', words.keepBoth],
    ] as const) {
      const button = element('button', { type: 'button', class: 'govuk-button govuk-button--secondary' }, label ?? '');
      button.addEventListener('click', () => {
        card.remove();
        if (!place.querySelector('.conflict')) place.replaceChildren();
        choose(conflict, choice);
      });
      buttons.append(button);
    }
    card.append(buttons);
    place.append(card);
  }
}

const text = (label: string, node: JsonNode) =>
  element(
    'div',
    {},
    element('h3', { class: 'govuk-heading-s' }, label),
    element('p', { class: 'keep-lines' }, wordsOf(node)),
  );

function difference({ mine, theirs }: Conflict): HTMLElement {
  const line = element('p', { class: 'difference' });
  for (const { value, added, removed } of diffWordsWithSpace(wordsOf(mine), wordsOf(theirs))) {
    line.append(added ? element('ins', {}, value) : removed ? element('del', {}, value) : value);
  }
  return line;
}
