import { Editor } from '@tiptap/core';
import type { Start } from './data';
import { PageKeys, pieceAt } from './keys';
import { leaveSaved } from './leave';
import { PARTS } from './nodes';
import { Paste } from './paste';
import { Piece, showAbout } from './piece';
import { keepInStep } from './sync';
import { makeToolbar } from './toolbar';

const { data: first, words, kinds } = JSON.parse(document.querySelector('#page-start')?.textContent ?? '{}') as Start;
const place = document.querySelector('#page') as HTMLElement;
const part = (name: string) => document.querySelector(`[data-page="${name}"]`) as HTMLElement;
const title = part('title') as HTMLInputElement;
const here = `/write/drafts/${first.draft}`;

let about = first.about;

place.replaceChildren();
const editor = new Editor({
  element: place,
  injectCSS: false,
  extensions: [
    ...PARTS,
    Piece.configure({
      words,
      about: () => about,
      onRead: (id: string) => step.read(id),
      upload,
    }),
    PageKeys.configure({ kinds, moved: () => say(words.moved ?? '') }),
    Paste.configure({ kinds }),
  ],
  content: first.doc,
  // Until what this device had is back.
  editable: false,
  editorProps: {
    attributes: {
      class: 'prose page-text',
      'aria-label': words.title ?? '',
      'aria-multiline': 'true',
      role: 'textbox',
      lang: first.language.slice(0, 2),
      spellcheck: 'true',
    },
  },
  onUpdate: () => step.changed(),
});
title.value = first.title;
const step = keepInStep(first, {
  editor,
  words,
  title,
  part,
  told: (data) => {
    about = data.about;
    showAbout();
  },
});
title.addEventListener('input', step.changed);
makeToolbar(part('toolbar'), { editor, words, kinds, say });
place.addEventListener('keydown', (event) => {
  if (event.altKey && event.key === 'F10') part('toolbar').querySelector<HTMLElement>('[tabindex="0"]')?.focus();
});
part('alert').addEventListener('click', () => part('conflicts').focus());
leaveSaved(step);
void step.restored.finally(() => {
  editor.setEditable(true, false);
  document.documentElement.classList.add('has-page');
});

function say(text: string): void {
  part('said').textContent = text;
}
function status(text: string): void {
  part('status').textContent = text;
}

async function upload(file: File): Promise<string | undefined> {
  const form = new FormData();
  form.append('picture', file);
  try {
    const response = await fetch(`${here}/pictures`, { method: 'POST', body: form });
    const said = await response.json();
    if (response.ok) return said.file_id;
    status(said.message ?? words.refused ?? '');
  } catch {
    status(words.offline ?? '');
  }
  return undefined;
}

/** For tests: where the caret is. */
(globalThis as { pageCaret?: () => number }).pageCaret = () => pieceAt(editor.state.selection).index;
