import type { Editor } from '@tiptap/core';
import { Selection } from '@tiptap/pm/state';

const CONTROLS =
  'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea, summary, audio[controls], video[controls], iframe, [tabindex="0"]';

const isShown = (one: HTMLElement) => one.tabIndex >= 0 && one.checkVisibility() && !isOtherRadio(one);

/** Radio buttons of a name are one stop: the chosen one, or the first. */
function isOtherRadio(one: HTMLElement): boolean {
  if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return false;
  const group = [...document.getElementsByName(one.name)] as HTMLInputElement[];
  return (group.find(({ checked }) => checked) ?? group[0]) !== one;
}

/** Puts the caret at the end of a text of the page. */
export function enterPart(editor: Editor, part: Element): void {
  const end = editor.view.posAtDOM(part, part.childNodes.length);
  editor.view.dispatch(
    editor.state.tr.setSelection(Selection.near(editor.state.doc.resolve(end), -1)).scrollIntoView(),
  );
  editor.view.focus();
}

/** The text in which the caret stands. */
function partOfCaret(editor: Editor): HTMLElement | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from);
  const at = node instanceof Element ? node : node.parentElement;
  return at?.closest<HTMLElement>('.part') ?? null;
}

/**
 * The tab key goes through the page as it is read: each text and each button once, and then out of it. By itself a browser
 * would pass over the texts between the buttons, as all of them are one field.
 */
export function walkByTab(place: HTMLElement, editor: Editor, say: (text: string) => void): void {
  place.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
      const here = document.activeElement as HTMLElement;
      const isText = here === editor.view.dom;
      // A cell of a table has its own way, and so have the buttons inside a player.
      if (isText && editor.isActive('table')) return;
      if (here instanceof HTMLMediaElement || here.localName === 'iframe') return;
      const from = isText ? partOfCaret(editor) : here;
      const way = event.shiftKey ? -1 : 1;
      const stops = [...place.querySelectorAll<HTMLElement>(`.part, ${CONTROLS}`)].filter(
        (one) => one.classList.contains('part') || (isShown(one) && one !== editor.view.dom),
      );
      const index = from ? stops.indexOf(from) : -1;
      const next = index < 0 ? undefined : stops[index + way];
      event.preventDefault();
      event.stopPropagation();
      if (next?.classList.contains('part')) {
        enterPart(editor, next);
        say(next.dataset.label ?? '');
      } else (next ?? outside(place, way))?.focus();
    },
    true,
  );
}

/** The next thing after the page, or the one before it. */
function outside(place: HTMLElement, way: 1 | -1): HTMLElement | undefined {
  const side = way === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const all = [...document.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (one) => !place.contains(one) && !one.contains(place) && isShown(one) && place.compareDocumentPosition(one) & side,
  );
  return way === 1 ? all[0] : all.at(-1);
}
