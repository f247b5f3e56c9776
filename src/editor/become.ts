import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import type { JsonNode } from './data';

/**
 * Makes the document another one by changing only the blocks that differ: the caret stays, and "undo" still undoes what was
 * written here and nothing that came from elsewhere.
 */
export function become(editor: Editor, next: JsonNode): void {
  const { state, view } = editor;
  const now = state.doc.content.content;
  const wanted = (next.content ?? []).map((json) => state.schema.nodeFromJSON(json));
  const stay = inBoth(now.map(idOf), wanted.map(idOf));
  const { tr } = state;
  let [pos, here, there] = [0, 0, 0];
  while (here < now.length || there < wanted.length) {
    const [old, fresh] = [now[here], wanted[there]];
    if (fresh && !stay.has(idOf(fresh))) {
      tr.insert(pos, fresh);
      pos += fresh.nodeSize;
      there += 1;
    } else if (old && !stay.has(idOf(old))) {
      tr.delete(pos, pos + old.nodeSize);
      here += 1;
    } else if (old && fresh) {
      change(tr, pos, old, fresh);
      pos += fresh.nodeSize;
      here += 1;
      there += 1;
    }
  }
  if (tr.docChanged) view.dispatch(tr.setMeta('addToHistory', false).setMeta('preventUpdate', true));
}

const idOf = (node: Node) => String(node.attrs.id);

/** Changes what differs between two forms of a block; all of it where that cannot be done by one step. */
function change(tr: Transaction, pos: number, old: Node, fresh: Node): void {
  if (old.eq(fresh)) return;
  const start = old.content.findDiffStart(fresh.content);
  const end = old.content.findDiffEnd(fresh.content);
  if (old.attrs.kind === fresh.attrs.kind) {
    tr.setNodeAttribute(pos, 'needs', fresh.attrs.needs);
    if (start !== null && end) {
      const more = Math.max(0, start - Math.min(end.a, end.b));
      tr.maybeStep(new ReplaceStep(pos + 1 + start, pos + 1 + end.a + more, fresh.slice(start, end.b + more)));
    }
  }
  const made = tr.doc.nodeAt(pos);
  if (made && !made.eq(fresh)) tr.replaceWith(pos, pos + made.nodeSize, fresh);
}

/** The ids that come in the same order in both lists: as many as can be. */
function inBoth(one: readonly string[], other: readonly string[]): Set<string> {
  const width = other.length + 1;
  const best = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number) => best[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      best[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found = new Set<string>();
  for (let row = 0, column = 0; row < one.length && column < other.length; ) {
    if (one[row] === other[column]) {
      found.add(one[row] as string);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
