import type { Words } from './data';
import { element, icon } from './dom';

/** A file as the library tells of it. */
export interface LibraryFile {
  id: string;
  kind: string;
  name: string;
  alt: string;
  alts: Record<string, string>;
  is_decoration: boolean;
  src: string;
  small?: string;
  duration_ms: number | null;
}

export interface MediaAround {
  words: Words;
  language: string;
  /** The block's file, and words for its empty text. */
  choose: (file: LibraryFile) => void;
  set: (more: Record<string, unknown>) => void;
}

let number = 0;

export function button(text: string, look: string, press: () => void): HTMLButtonElement {
  const one = element('button', { type: 'button', class: 'media-way' }, icon(look), text) as HTMLButtonElement;
  one.addEventListener('click', press);
  return one;
}

/** A dialog of the page with a heading and a way out; it is gone when it closes. */
export function aDialog(heading: string, words: Words, closed: () => void): HTMLDialogElement {
  number += 1;
  const id = `dialog-${number}`;
  const dialog = element('dialog', { class: 'page-dialog', 'aria-labelledby': id }) as HTMLDialogElement;
  const away = element('button', { type: 'button', class: 'page-dialog__close' }, icon('close'), words.close ?? '');
  away.addEventListener('click', () => dialog.close());
  dialog.append(
    element('div', { class: 'page-dialog__head' }, element('h2', { id, class: 'govuk-heading-m' }, heading), away),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    closed();
  });
  document.querySelector('main')?.append(dialog);
  dialog.showModal();
  return dialog;
}
