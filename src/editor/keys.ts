import { type Editor, Extension } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import type { ResolvedPos } from '@tiptap/pm/model';
import { Selection, TextSelection } from '@tiptap/pm/state';
import { emptyPiece, type JsonNode, type KindFacts } from './data';

/** Where the block is in which the caret stands: its place among the blocks, its position and itself. */
export function pieceAt({ $from }: { $from: ResolvedPos }) {
  const index = $from.depth > 0 ? $from.index(0) : Math.min($from.index(0), $from.doc.childCount - 1);
  const node = $from.doc.child(index);
  let pos = 0;
  for (let before = 0; before < index; before += 1) pos += $from.doc.child(before).nodeSize;
  return { index, pos, node };
}

/** Moves the block of the caret over its neighbour; false at the ends. Like all presses of blocks, it is undone by itself. */
export function movePiece(editor: Editor, way: -1 | 1): boolean {
  const { state, view } = editor;
  const { index, pos, node } = pieceAt(state.selection);
  const other = state.doc.maybeChild(index + way);
  if (!other) return false;
  const caret = state.selection.from - pos;
  const target = way === -1 ? pos - other.nodeSize : pos + other.nodeSize;
  const { tr } = state;
  tr.delete(pos, pos + node.nodeSize).insert(target, node);
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(target + caret, tr.doc.content.size))));
  view.dispatch(closeHistory(tr).scrollIntoView());
  return true;
}

/** Puts blocks after the one of the caret, and the caret into the first of them. */
export function insertPieces(editor: Editor, pieces: readonly JsonNode[]): void {
  const { state, view } = editor;
  const { pos, node } = pieceAt(state.selection);
  const at = pos + node.nodeSize;
  const { tr } = state;
  tr.insert(
    at,
    pieces.map((piece) => state.schema.nodeFromJSON(piece)),
  );
  tr.setSelection(Selection.near(tr.doc.resolve(at + 1)));
  view.dispatch(closeHistory(tr).scrollIntoView());
  view.focus();
}

/** Takes the block of the caret away; the last one is emptied. Undoing brings it back. */
export function removePiece(editor: Editor, text: KindFacts): void {
  const { state, view } = editor;
  const { pos, node } = pieceAt(state.selection);
  const { tr } = state;
  if (state.doc.childCount === 1)
    tr.replaceWith(pos, pos + node.nodeSize, state.schema.nodeFromJSON(emptyPiece('text', text)));
  else tr.delete(pos, pos + node.nodeSize);
  tr.setSelection(Selection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size)), -1));
  view.dispatch(closeHistory(tr).scrollIntoView());
}

/** Keys of the page. Alt+Shift+arrows move the block; Enter in a line goes on; an empty block goes with Backspace. */
export const PageKeys = Extension.create<{ kinds: Record<string, KindFacts>; moved: () => void; add: () => void }>({
  name: 'pageKeys',
  priority: 1000,
  addKeyboardShortcuts() {
    const text = () => this.options.kinds.text as KindFacts;
    const move = (way: -1 | 1) => () => {
      if (movePiece(this.editor, way)) this.options.moved();
      return true;
    };
    return {
      'Alt-Shift-ArrowUp': move(-1),
      'Alt-Shift-ArrowDown': move(1),
      // In an empty line only: elsewhere it is a letter.
      '/': ({ editor }) => {
        const { $from, empty } = editor.state.selection;
        if (!empty || $from.parent.type.name !== 'paragraph' || $from.parent.content.size > 0) return false;
        this.options.add();
        return true;
      },
      Enter: ({ editor }) => goOn(editor, text()),
      Backspace: ({ editor }) => {
        const { selection, doc } = editor.state;
        const { node } = pieceAt(selection);
        const isBare =
          selection.empty && node.textContent === '' && node.content.size <= 4 * Math.max(1, node.childCount);
        if (!isBare || doc.childCount === 1) return false;
        removePiece(editor, text());
        return true;
      },
    };
  },
});

function goOn(editor: Editor, text: KindFacts): boolean {
  const { $from, empty } = editor.state.selection;
  const part = $from.node(2);
  if (part?.type.name === 'sourcePart') return editor.commands.insertContent('\n');
  if (
    part?.type.name === 'linesPart' &&
    empty &&
    $from.parent.content.size === 0 &&
    $from.index(2) === part.childCount - 1 &&
    part.childCount > 1
  ) {
    editor.view.dispatch(editor.state.tr.delete($from.before(), $from.after()));
    insertPieces(editor, [emptyPiece('text', text)]);
    return true;
  }
  if (part?.type.name !== 'linePart') return false;
  const { pos, node } = pieceAt(editor.state.selection);
  const next = Selection.findFrom(editor.state.doc.resolve($from.after(2)), 1, true);
  if (next && next.from < pos + node.nodeSize && next instanceof TextSelection) {
    editor.view.dispatch(editor.state.tr.setSelection(next).scrollIntoView());
  } else insertPieces(editor, [emptyPiece('text', text)]);
  return true;
}
