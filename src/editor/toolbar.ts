import type { Editor } from '@tiptap/core';
import type { AddMenu } from './add-menu';
import type { KindFacts, Words } from './data';
import { element } from './dom';
import { movePiece, removePiece } from './keys';
import { isLink } from './nodes';

interface Around {
  editor: Editor;
  words: Words;
  kinds: Record<string, KindFacts>;
  say: (text: string) => void;
  menu: AddMenu;
}

/** Buttons with words, one stop of the tab key: arrows go from one to the next, as screen readers expect of a toolbar. */
export function makeToolbar(bar: HTMLElement, around: Around): void {
  const { editor, words, kinds, say, menu } = around;
  const kindName = () => words.kinds[String(editor.state.selection.$from.node(1)?.attrs.kind ?? '')] ?? '';
  const buttons = [
    button('undo', () => editor.chain().focus().undo().run()),
    button('redo', () => editor.chain().focus().redo().run()),
    button('bold', () => editor.chain().focus().toggleBold().run(), 'bold'),
    button('italic', () => editor.chain().focus().toggleItalic().run(), 'italic'),
    button('link', () => askLink(around, bar), 'link'),
    button('list', () => editor.chain().focus().toggleBulletList().run(), 'bulletList'),
    button('numbers', () => editor.chain().focus().toggleOrderedList().run(), 'orderedList'),
    button('up', () => say(movePiece(editor, -1) ? (words.moved ?? '') : (words.nothing ?? ''))),
    button('down', () => say(movePiece(editor, 1) ? (words.moved ?? '') : (words.nothing ?? ''))),
    button('remove', () => {
      const name = kindName();
      removePiece(editor, kinds.text as KindFacts);
      say(`${name}: ${words.removed ?? ''}`);
      editor.commands.focus();
    }),
  ];
  const add = button('add', () => menu.open(bar, undefined, () => add.focus()));
  add.setAttribute('aria-haspopup', 'menu');
  const all = [add, ...buttons];
  bar.append(...all);
  for (const one of all) one.setAttribute('tabindex', one === add ? '0' : '-1');
  bar.addEventListener('keydown', (event) => walk(event, all));
  editor.on('transaction', mark);
  mark();

  function button(name: string, press: () => unknown, active?: string): HTMLElement {
    const one = element(
      'button',
      {
        type: 'button',
        class: 'page-tool',
        'data-tool': name,
        ...(active && { 'data-active': active, 'aria-pressed': 'false' }),
      },
      words[name] ?? name,
    );
    one.addEventListener('click', press);
    return one;
  }

  function mark(): void {
    for (const one of buttons) {
      const { active } = one.dataset;
      if (active) one.setAttribute('aria-pressed', String(editor.isActive(active)));
    }
  }
}

function walk(event: KeyboardEvent, stops: readonly HTMLElement[]): void {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const step = steps[event.key];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  if (!step || here < 0) return;
  event.preventDefault();
  const next = stops[(here + step + stops.length) % stops.length];
  for (const one of stops) one.setAttribute('tabindex', one === next ? '0' : '-1');
  next?.focus();
}

/** The address of a link is asked in a dialog of the page; an empty one takes the link away. */
function askLink({ editor, words, say }: Around, bar: HTMLElement): void {
  const dialog = element('dialog', { class: 'page-dialog', 'aria-label': words.link ?? '' }) as HTMLDialogElement;
  const field = element('input', { class: 'govuk-input', id: 'link-address', inputmode: 'url' }) as HTMLInputElement;
  field.value = editor.getAttributes('link').href ?? 'https://';
  const form = element(
    'form',
    { method: 'dialog' },
    element('label', { class: 'govuk-label', for: field.id }, words.linkAddress ?? ''),
    field,
  );
  form.append(element('button', { class: 'govuk-button', type: 'submit' }, words.link ?? ''));
  dialog.append(form);
  bar.after(dialog);
  form.addEventListener('submit', () => {
    const href = field.value.trim();
    const chain = editor.chain().focus().extendMarkRange('link');
    if (isLink(href)) chain.setLink({ href }).run();
    else if (href === '' || href === 'https://') chain.unsetLink().run();
    else say(words.linkWrong ?? '');
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    editor.commands.focus();
  });
  dialog.showModal();
  field.select();
}
