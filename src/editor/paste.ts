import { type Editor, Extension } from '@tiptap/core';
import { Fragment, DOMParser as PageParser, Slice } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { emptyPiece, type JsonNode, type KindFacts, wordsOf } from './data';
import { insertPieces } from './keys';
import { cleaned, hasPictures } from './word';

interface PasteOptions {
  kinds: Record<string, KindFacts>;
  /** Called when pictures were left out. */
  noPictures: () => void;
}

/** Pasted text comes clean; pasted headings begin blocks of their own. What was copied on this page is pasted as it is. */
export const Paste = Extension.create<PasteOptions>({
  name: 'cleanPaste',
  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [
      new Plugin({
        // Before the editor reads what was copied: its styles are not allowed on the page.
        props: {
          handleDOMEvents: {
            paste: (_view, event) => {
              const { clipboardData } = event;
              const html = clipboardData?.getData('text/html') ?? '';
              if (html.includes('data-pm-slice')) return false;
              const isRich = editor.state.selection.$from.node(2)?.type.name === 'richPart';
              const letters = isRich ? '' : (clipboardData?.getData('text/plain') ?? '');
              const nodes = html ? read(editor, html) : plain(letters);
              if (hasPictures(html)) options.noPictures();
              if (nodes.length === 0) return false;
              event.preventDefault();
              return pasteNodes(editor, options.kinds, nodes);
            },
          },
        },
      }),
    ];
  },
});

const plain = (text: string): JsonNode[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] }));

function read({ state: { schema } }: Editor, html: string): JsonNode[] {
  const rich = schema.nodes.richPart?.create();
  const made = PageParser.fromSchema(schema).parse(cleaned(html), rich ? { topNode: rich } : {});
  return ((made.toJSON().content ?? []) as JsonNode[]).filter(
    (node) => wordsOf(node).trim() || node.type !== 'paragraph',
  );
}

/** What a text of letters takes is letters; what a list of lines takes is lines. */
function pasteNodes(editor: Editor, kinds: Record<string, KindFacts>, nodes: readonly JsonNode[]): boolean {
  const { state, view } = editor;
  const part = state.selection.$from.node(2);
  if (part && part.type.name !== 'richPart') {
    const lines = linesIn(nodes);
    if (part.type.name === 'linesPart') {
      const items = lines.map((content) => state.schema.nodeFromJSON({ type: 'item', content }));
      view.dispatch(state.tr.replaceSelection(new Slice(Fragment.from(items), 1, 1)).scrollIntoView());
    } else {
      const between = part.type.name === 'sourcePart' ? '\n' : ' ';
      view.dispatch(state.tr.insertText(lines.map((content) => content.map(wordsOf).join('')).join(between)));
    }
    return true;
  }
  if (part && !nodes.some(({ type }) => type === 'heading')) {
    const [only] = nodes;
    return editor.commands.insertContent(
      nodes.length === 1 && only?.type === 'paragraph' ? (only.content ?? []) : [...nodes],
    );
  }
  insertPieces(editor, inPieces(nodes, kinds));
  return true;
}

/** What stands on each line of the nodes. */
const linesIn = (nodes: readonly JsonNode[]): JsonNode[][] =>
  nodes.flatMap((node) => {
    const inside = node.content ?? [];
    return inside.some(({ type }) => type === 'text' || type === 'hardBreak') ? [inside] : linesIn(inside);
  });

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
