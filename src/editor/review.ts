import type { Editor } from '@tiptap/core';
import { intoPiece } from './add-menu';
import type { PageData, Words } from './data';
import { element, icon } from './dom';
import type { Questions } from './questions';

interface Around {
  editor: Editor;
  words: Words;
  part: (name: string) => HTMLElement;
  questions: Questions;
  data: () => PageData;
  /** Resolves when what is written has been sent. */
  save: () => Promise<void>;
}

/** What is still missing is told beside the page and leads to its place; sending asks for it first. */
export function tellMissing({ editor, words, part, questions, data, save }: Around): () => void {
  const form = part('send') as HTMLFormElement;
  const list = part('missing');
  let isWhole = false;

  function show(): void {
    const { missing } = data();
    if (missing.length === 0) {
      list.replaceChildren(element('p', { class: 'icon-line' }, icon('check'), words.nothingMissing ?? ''));
      return;
    }
    const links = missing.map(({ text, href }) => element('li', {}, element('a', { href }, text)));
    list.replaceChildren(
      element('p', {}, words.stillMissing ?? ''),
      element('ul', { class: 'page-missing' }, ...links),
    );
  }

  list.addEventListener('click', (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a');
    const address = link && new URL(link.href);
    if (!address || address.pathname !== location.pathname) return;
    if ((address.searchParams.get('language') ?? data().language) !== data().language) return;
    if (!goTo(editor, address.hash)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.addEventListener('submit', async (event) => {
    if (isWhole) return;
    event.preventDefault();
    event.stopPropagation();
    await save();
    isWhole = data().missing.length === 0;
    if (isWhole) form.requestSubmit(event.submitter);
    else (list.querySelector('a') ?? form).focus();
  });
  const question = /^#q_([^_]+)_/.exec(location.hash)?.[1];
  if (!goTo(editor, location.hash) && question) questions.focusSoon(question, location.hash.slice(1));
  return show;
}

/** The focus goes to a block, or to a field; a question's fields come a moment later. */
export function goTo(editor: Editor, hash: string): boolean {
  const id = decodeURIComponent(hash.slice(1));
  const piece = id.startsWith('piece-') && editor.view.dom.querySelector(`[data-id="${CSS.escape(id.slice(6))}"]`);
  if (piece) {
    // What a file lacks is at its fields; a file that is there lacks its words.
    intoPiece(editor, id.slice(6));
    return true;
  }
  const field = id && document.getElementById(id);
  if (!field) return false;
  field.focus();
  return true;
}
