import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import type { AddMenu } from './add-menu';
import type { KindFacts, Words } from './data';
import { element, icon } from './dom';
import { movePiece, removePiece } from './keys';

export interface FootTools {
  editor: Editor;
  words: Words;
  kinds: Record<string, KindFacts>;
  menu: () => AddMenu;
  say: (text: string) => void;
}

/** What is done with a block as a whole: one stop of the tab key, arrows go from one button to the next. */
export function footOf(id: string, kind: string, tools: FootTools): HTMLElement {
  const { editor, words, kinds, menu, say } = tools;
  const name = words.kinds[kind] ?? kind;
  const bar = element('div', {
    class: 'piece__tools',
    role: 'toolbar',
    'aria-label': `${words.pieceTools ?? ''}: ${name}`,
  });
  const foot = element('div', { class: 'piece__foot', contenteditable: 'false' }, bar);
  const add = button('addHere', 'plus', () => menu().open(foot, id, () => add.focus()));
  add.setAttribute('aria-haspopup', 'menu');
  add.classList.add('piece__add');
  bar.append(
    add,
    button('up', 'up', () => move(-1)),
    button('down', 'down', () => move(1)),
    button('remove', 'trash', remove),
  );
  const all = [...bar.children] as HTMLElement[];
  for (const one of all) one.tabIndex = one === add ? 0 : -1;
  bar.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    all[(all.indexOf(document.activeElement as HTMLElement) + step + all.length) % all.length]?.focus();
  });
  return foot;

  function button(word: string, look: string, press: () => void): HTMLElement {
    const one = element('button', { type: 'button', class: 'piece__tool' }, icon(look), words[word] ?? word);
    one.append(element('span', { class: 'govuk-visually-hidden' }, `, ${name}`));
    one.addEventListener('click', press);
    return one;
  }

  /** This block is chosen, so that what moves or goes is this one. */
  function here(): void {
    editor.state.doc.forEach((node, offset) => {
      if (node.attrs.id !== id) return;
      const { tr } = editor.state;
      editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, offset)));
    });
  }

  function move(way: -1 | 1): void {
    here();
    say(movePiece(editor, way) ? (words.moved ?? '') : (words.nothing ?? ''));
    const again = editor.view.dom.querySelectorAll<HTMLElement>(`[data-id="${CSS.escape(id)}"] .piece__tool`);
    again[way === -1 ? 1 : 2]?.focus();
  }

  function remove(): void {
    here();
    removePiece(editor, kinds.text as KindFacts);
    say(`${name}: ${words.removed ?? ''}`);
    editor.view.focus();
  }
}
