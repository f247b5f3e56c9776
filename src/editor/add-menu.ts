import type { Editor } from '@tiptap/core';
import { Selection } from '@tiptap/pm/state';
import { emptyPiece, type KindFacts, type Words } from './data';
import { element, icon } from './dom';
import { pieceAt } from './keys';
import { enterPart } from './stops';

/** What is added most comes first. */
const ORDER = [
  'text',
  'heading',
  'image',
  'audio',
  'video',
  'file',
  'question',
  'steps',
  'callout',
  'word',
  'limits',
  'try',
  'h5p',
];

interface Around {
  editor: Editor;
  words: Words;
  kinds: Record<string, KindFacts>;
  say: (text: string) => void;
  /** Called when a block was added that the server must know at once. */
  added: (kind: string) => void;
}

/** The kinds of blocks to choose from, below the block that they come after. One for the page: opened where it is asked for. */
export class AddMenu {
  readonly #menu: HTMLElement;
  #isOpen = false;
  #typed = '';
  #typedAt = 0;
  #after: string | undefined;
  #back: (() => void) | undefined;

  constructor(readonly around: Around) {
    const { words, kinds } = around;
    this.#menu = element('div', { class: 'page-menu', role: 'menu', 'aria-label': words.addHere ?? '' });
    for (const kind of ORDER.filter((name) => kinds[name])) {
      const name = words.kinds[kind] ?? kind;
      const one = element(
        'button',
        { type: 'button', class: 'page-tool', role: 'menuitem', tabindex: '-1' },
        icon(kind),
        name,
      );
      one.addEventListener('click', () => this.#choose(kind));
      this.#menu.append(one);
    }
    this.#menu.addEventListener('keydown', (event) => this.#key(event));
    this.#menu.addEventListener('focusout', (event) => {
      if (!this.#menu.contains(event.relatedTarget as Node)) this.close();
    });
  }

  /** Opens in `place`, for a block after the one with this id. `back`: where the focus goes when nothing is chosen. */
  open(place: HTMLElement, after: string | undefined, back: () => void): void {
    this.#after = after;
    this.#back = back;
    place.append(this.#menu);
    this.#isOpen = true;
    this.#typed = '';
    (this.#menu.firstElementChild as HTMLElement).focus();
    this.#menu.scrollIntoView({ block: 'nearest' });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#menu.remove();
  }

  #key(event: KeyboardEvent): void {
    const all = [...this.#menu.children] as HTMLElement[];
    const here = all.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.close();
      this.#back?.();
    } else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (step) all[(here + step + all.length) % all.length]?.focus();
    else if (event.key.length === 1 && event.key !== ' ') {
      this.#find(event.key, all, here);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The kind whose name begins so; letters typed soon after another belong together. */
  #find(letter: string, all: HTMLElement[], here: number): void {
    const now = Date.now();
    const isMore = now - this.#typedAt < 1000 && this.#typed !== '';
    this.#typed = (isMore ? this.#typed : '') + letter.toLocaleLowerCase();
    this.#typedAt = now;
    const start = isMore ? here : here + 1;
    const turned = [...all.slice(start), ...all.slice(0, start)];
    turned.find(({ textContent }) => textContent?.toLocaleLowerCase().startsWith(this.#typed))?.focus();
  }

  #choose(kind: string): void {
    const { editor, kinds, words, say, added } = this.around;
    const facts = kinds[kind] as KindFacts;
    const after = this.#after;
    this.close();
    const piece = emptyPiece(kind, facts);
    const { tr, schema, doc } = editor.state;
    let at = 0;
    let until = 0;
    doc.forEach((node, offset) => {
      if (after ? node.attrs.id !== after : offset !== pieceAt(editor.state.selection).pos) return;
      until = offset + node.nodeSize;
      // An empty text makes room for what is wanted instead.
      at = node.attrs.kind === 'text' && isBare(node) && kind !== 'text' ? offset : until;
    });
    tr.replaceWith(at, until, schema.nodeFromJSON(piece));
    tr.setSelection(Selection.near(tr.doc.resolve(at + 1)));
    editor.view.dispatch(tr.scrollIntoView());
    say(`${words.kinds[kind] ?? kind}: ${words.added ?? ''}`);
    added(kind);
    intoPiece(editor, String(piece.attrs?.id));
  }
}

const isBare = (node: { textContent: string; content: { size: number } }) =>
  node.textContent === '' && node.content.size <= 4;

/** The focus goes to what is to be done first in a block: its file or question, or else its text. */
export function intoPiece(editor: Editor, id: string): void {
  const piece = editor.view.dom.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
  const first = piece?.querySelector<HTMLElement>('[data-first]');
  const part = piece?.querySelector('.part');
  if (first) first.focus();
  else if (part) enterPart(editor, part);
  piece?.scrollIntoView({ block: 'nearest' });
}
