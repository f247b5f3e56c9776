import { type Editor, Extension } from '@tiptap/core';
import { DOMParser as PageParser } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { emptyPiece, type JsonNode, type KindFacts } from './data';
import { insertPieces } from './keys';
import { cleaned } from './word';

/** Pasted text comes clean; pasted headings begin blocks of their own. What was copied on this page is pasted as it is. */
export const Paste = Extension.create<{ kinds: Record<string, KindFacts> }>({
  name: 'cleanPaste',
  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [
      new Plugin({
        props: {
          handlePaste: (_view, event) => {
            const html = event.clipboardData?.getData('text/html') ?? '';
            if (!html || html.includes('data-pm-slice')) return false;
            return pasteHtml(editor, options.kinds, html);
          },
        },
      }),
    ];
  },
});

/** False when the place takes plain text only: the editor then pastes the letters. */
export function pasteHtml(editor: Editor, kinds: Record<string, KindFacts>, html: string): boolean {
  const part = editor.state.selection.$from.node(2);
  if (part && part.type.name !== 'richPart') return false;
  const { schema } = editor.state;
  const rich = schema.nodes.richPart?.create();
  const read = PageParser.fromSchema(schema).parse(cleaned(html), rich ? { topNode: rich } : {});
  const nodes = (read.toJSON().content ?? []) as JsonNode[];
  if (nodes.length === 0) return false;
  if (part && !nodes.some(({ type }) => type === 'heading'))
    return editor.commands.insertContent(
      nodes.length === 1 && nodes[0]?.type === 'paragraph' ? (nodes[0].content ?? []) : nodes,
    );
  insertPieces(editor, inPieces(nodes, kinds));
  return true;
}

/** A block for each heading, and one for all that stands between two of them. */
function inPieces(nodes: readonly JsonNode[], kinds: Record<string, KindFacts>): JsonNode[] {
  const pieces: JsonNode[] = [];
  let open: JsonNode | undefined;
  for (const node of nodes) {
    if (node.type === 'heading') {
      const text = (node.content ?? []).map(({ text: words = '' }) => words).join('');
      const piece = emptyPiece('heading', kinds.heading as KindFacts, text ? [{ type: 'text', text }] : []);
      if (piece.attrs) piece.attrs.needs = { level: Number(node.attrs?.level) > 2 ? 3 : 2 };
      pieces.push(piece);
      open = undefined;
    } else if (open?.content?.[0]) open.content[0].content?.push(node);
    else {
      open = emptyPiece('text', kinds.text as KindFacts, [node]);
      pieces.push(open);
    }
  }
  return pieces;
}
