import { Editor } from '@tiptap/core';
import { Selection } from '@tiptap/pm/state';
import { AddMenu } from './add-menu';
import { Checks, showChecks } from './checks';
import type { Start } from './data';
import { PageKeys, pieceAt } from './keys';
import { leaveSaved } from './leave';
import { PARTS } from './nodes';
import { Paste } from './paste';
import { Piece, showAbout } from './piece';
import { Questions } from './questions';
import { tellMissing } from './review';
import { walkByTab } from './stops';
import { keepInStep } from './sync';
import { makeToolbar } from './toolbar';

const { data: first, words, kinds } = JSON.parse(document.querySelector('#page-start')?.textContent ?? '{}') as Start;
const place = document.querySelector('#page') as HTMLElement;
const part = (name: string) => document.querySelector(`[data-page="${name}"]`) as HTMLElement;
const title = part('title') as HTMLInputElement;

let data = first;

const questions = new Questions({
  words,
  data: () => data,
  changed: () => step.changed(),
  save: () => void step.flush(),
  say,
});

place.replaceChildren();
const editor = new Editor({
  element: place,
  injectCSS: false,
  extensions: [
    ...PARTS,
    Piece.configure({
      words,
      about: () => data.about,
      onRead: (id: string) => step.read(id),
      data: () => data,
      questions,
      tools: { words, kinds, say, menu: () => menu },
    }),
    PageKeys.configure({ kinds, moved: () => say(words.moved ?? ''), add: openMenu }),
    Paste.configure({ kinds, noPictures: () => say(words.noPictures ?? '') }),
    Checks.configure({ place: part('checks') }),
  ],
  content: first.doc,
  // Until what this device had is back.
  editable: false,
  editorProps: {
    // A block that was chosen as a whole is not typed over.
    handleTextInput: (view, from) => !view.state.doc.resolve(from).parent.isTextblock,
    // The caret is where it was, before the first letter comes: browsers would put it between the blocks.
    handleDOMEvents: { focus: (view) => void view.focus() },
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
editor.view.dispatch(editor.state.tr.setSelection(Selection.atStart(editor.state.doc)));
title.value = first.title;
const step = keepInStep(first, {
  editor,
  words,
  title,
  part,
  more: questions,
  told: (now) => {
    data = now;
    showAbout();
    showMissing();
    showChecks(editor, part('checks'), words, data.checks);
  },
});
title.addEventListener('input', step.changed);
const menu = new AddMenu({ editor, words, kinds, say, added: (kind) => kind === 'question' && void step.flush() });
makeToolbar(part('toolbar'), { editor, words, kinds, say, menu });
walkByTab(place, editor, say);
const showMissing = tellMissing({ editor, words, part, questions, data: () => data, save: step.flush });
showChecks(editor, part('checks'), words, first.checks);
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

/** The kinds of blocks below the block of the caret, asked for from its text. */
function openMenu(): void {
  const { node } = pieceAt(editor.state.selection);
  const foot = place.querySelector<HTMLElement>(`[data-id="${CSS.escape(node.attrs.id)}"] .piece__foot`);
  if (foot) menu.open(foot, node.attrs.id, () => editor.view.focus());
}

/** For tests: where the caret is. */
(globalThis as { pageCaret?: () => number }).pageCaret = () => pieceAt(editor.state.selection).index;
