import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, Selection, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Finding, PageData, Words } from './data';
import { element } from './dom';

interface Options {
  place: HTMLElement;
}

const KEY = new PluginKey<DecorationSet>('checks');
/** What must be mended is in the list of what is missing before sending, see review.ts. */
const WEIGHTS = ['advice', 'excepted'] as const;

/** What there is to mend: a list with the way to each place, and the same in words under each block. Comes with each saving. */
export const Checks = Extension.create<Options>({
  name: 'checks',
  addKeyboardShortcuts() {
    return {
      'Alt-F9': () => {
        this.options.place.focus();
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: () => DecorationSet.empty,
          apply(tr, before) {
            const findings = tr.getMeta(KEY) as Finding[] | undefined;
            return findings ? notes(tr.doc, findings) : before.map(tr.mapping, tr.doc);
          },
        },
        props: { decorations: (state) => KEY.getState(state) },
      }),
    ];
  },
});

let told = '';

/** Shows what the server found. Nothing is touched when it is what was found before: a caret that was just put stays. */
export function showChecks(editor: Editor, place: HTMLElement, words: Words, checks: PageData['checks']): void {
  const now = JSON.stringify(checks);
  if (now === told) return;
  told = now;
  list(editor, place, words, checks);
  editor.view.dispatch(editor.state.tr.setMeta(KEY, checks.findings).setMeta('addToHistory', false));
}

/** Under each block what was found in it. */
function notes(doc: Node, findings: readonly Finding[]): DecorationSet {
  const byBlock = Map.groupBy(findings, ({ block }) => block);
  const found: Decoration[] = [];
  doc.forEach((piece, offset) => {
    const own = (byBlock.get(piece.attrs.id) ?? []).filter(({ weight }) => weight !== 'excepted');
    if (own.length === 0) return;
    found.push(
      Decoration.widget(offset + piece.nodeSize - 1, () => noteOf(own), {
        side: 1,
        ignoreSelection: true,
        key: JSON.stringify(own.map(({ key, quote, text }) => [key, quote, text])),
      }),
    );
  });
  return DecorationSet.create(doc, found);
}

const noteOf = (own: readonly Finding[]) =>
  element(
    'div',
    { class: 'piece__notes', contenteditable: 'false' },
    ...own.map(({ weight, text, quote, language }) =>
      element(
        'p',
        { class: `piece__note is-${weight}` },
        ...(quote ? [quoted(quote, language), ' '] : []),
        element('span', {}, text),
      ),
    ),
  );

const quoted = (quote: string, language: string) =>
  element('q', { class: 'finding__quote', lang: language.slice(0, 2) }, quote);

function list(editor: Editor, place: HTMLElement, words: Words, { findings, sum }: PageData['checks']): void {
  const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
  const some = WEIGHTS.flatMap((weight) => {
    const own = findings.filter((finding) => finding.weight === weight);
    return own.length === 0
      ? []
      : [
          element('h3', { class: `checks__head is-${weight}` }, words.checks[weight] ?? ''),
          element('ul', { class: 'plain checks__list' }, ...own.map((one) => item(editor, words, one))),
        ];
  });
  place.replaceChildren(element('p', { class: 'checks__sum' }, sum), ...some);
  if (focused) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  place.onkeydown = ({ key }) => {
    if (key === 'Escape') editor.commands.focus();
  };
}

function item(editor: Editor, words: Words, finding: Finding): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'checks__jump', 'data-key': `${finding.key} ${finding.quote}` },
    element('span', { class: 'checks__place' }, finding.place),
    element('span', { class: 'checks__short' }, finding.short),
    ...(finding.quote ? [quoted(finding.quote, finding.language)] : []),
  );
  button.addEventListener('click', () => jump(editor, finding));
  return element(
    'li',
    {},
    button,
    ...(finding.captions ? [element('a', { href: finding.captions }, words.checks.captionsLink ?? '')] : []),
    ...(finding.reason ? [element('p', { class: 'finding__reason' }, finding.reason)] : []),
  );
}

/** The caret goes to the passage, which is chosen, or to the text where something is missing. */
export function jump(editor: Editor, { block, part, quote }: Pick<Finding, 'block' | 'part' | 'quote'>): void {
  const { doc } = editor.state;
  let at = -1;
  doc.forEach((piece, offset) => {
    if (piece.attrs.id === block) at = offset;
  });
  if (at < 0) return;
  const piece = doc.nodeAt(at) as Node;
  const place = passage(piece, at, quote) ?? partAt(piece, at, part);
  const selection =
    typeof place === 'object'
      ? TextSelection.create(doc, place.from, place.to)
      : Selection.near(doc.resolve(Math.min(place, doc.content.size)));
  editor.view.dispatch(editor.state.tr.setSelection(selection).scrollIntoView());
  editor.view.focus();
  const dom = editor.view.nodeDOM(at);
  if (dom instanceof HTMLElement) {
    dom.scrollIntoView({ block: 'center' });
    if (!editor.view.hasFocus()) dom.querySelector<HTMLElement>('input, select, a')?.focus();
  }
}

function passage(piece: Node, at: number, quote: string): { from: number; to: number } | undefined {
  const wanted = quote.replace(/…$/, '');
  if (!wanted) return undefined;
  let found: { from: number; to: number } | undefined;
  piece.descendants((node, offset) => {
    if (found || !node.isTextblock) return !found;
    const begins = node.textBetween(0, node.content.size, undefined, ' ').indexOf(wanted);
    if (begins >= 0) {
      const from = at + 1 + offset + 1 + begins;
      found = { from, to: from + wanted.length };
    }
    return false;
  });
  return found;
}

function partAt(piece: Node, at: number, part: string): number {
  let found = at + 1;
  piece.forEach((node, offset) => {
    if (node.attrs.name === part) found = at + 1 + offset + 1;
  });
  return found;
}
