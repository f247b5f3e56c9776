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
    const { mine, theirs } = conflict;
    const card = element('div', { class: 'card conflict', role: 'group', 'aria-label': nameOf(mine, words) });
    card.append(
      element('h3', { class: 'govuk-heading-s' }, nameOf(mine, words)),
      element(
        'div',
        { class: 'conflict__texts' },
        text(words.mine ?? '', mine, words),
        text(words.theirs ?? '', theirs, words),
      ),
      element('div', {}, element('h4', { class: 'govuk-heading-s' }, words.differs ?? ''), difference(conflict, words)),
    );
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
        else place.focus();
        choose(conflict, choice);
      });
      buttons.append(button);
    }
    card.append(buttons);
    place.append(card);
  }
}

const nameOf = ({ attrs }: JsonNode, words: Words) => words.kinds[String(attrs?.kind ?? '')] ?? '';

const text = (label: string, node: JsonNode, words: Words) =>
  element(
    'div',
    {},
    element('h4', { class: 'govuk-heading-s' }, label),
    element('p', { class: 'keep-lines' }, saidBy(node, words)),
  );

/** The words of a block and what it has besides them, as words. */
function saidBy(node: JsonNode, words: Words): string {
  const { level, tone, decorative, link, file_id: file } = (node.attrs?.needs ?? {}) as Record<string, unknown>;
  const needs = [
    level && words.levels[String(level)],
    tone && words.tones[String(tone)],
    decorative && words.decorative,
    link && String(link),
    file && `/files/${file}`,
  ];
  return [wordsOf(node), ...needs].filter(Boolean).join('\n');
}

function difference({ mine, theirs }: Conflict, words: Words): HTMLElement {
  const line = element('p', { class: 'difference' });
  const hidden = (word: string | undefined) => element('span', { class: 'govuk-visually-hidden' }, `${word ?? ''}: `);
  for (const { value, added, removed } of diffWordsWithSpace(saidBy(mine, words), saidBy(theirs, words))) {
    if (added) line.append(element('ins', {}, hidden(words.new), value));
    else line.append(removed ? element('del', {}, hidden(words.gone), value) : value);
  }
  return line;
}
