import { Node, type NodeViewRendererProps } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { newId, type PageData, type Words } from './data';
import type { LibraryFile } from './dialog';
import { element } from './dom';
import { needsOf } from './needs';
import { type FootTools, footOf } from './piece-foot';
import type { Questions } from './questions';
import { enterPart } from './stops';

interface PieceOptions {
  words: Words;
  about: () => PageData['about'];
  onRead: (id: string) => void;
  data: () => PageData;
  questions: Questions;
  tools: Omit<FootTools, 'editor'>;
}

/** A block of the lesson: its texts where the reader will see them, its name above them, the original beside a follower. */
export const Piece = Node.create<PieceOptions>({
  name: 'piece',
  content: 'part*',
  isolating: true,
  defining: true,
  draggable: true,
  addAttributes: () => ({
    id: { default: null, parseHTML: (dom: HTMLElement) => dom.dataset.id, renderHTML: ({ id }) => ({ 'data-id': id }) },
    kind: {
      default: 'text',
      parseHTML: (dom: HTMLElement) => dom.dataset.kind,
      renderHTML: ({ kind }) => ({ 'data-kind': kind }),
    },
    needs: {
      default: {},
      parseHTML: (dom: HTMLElement) => JSON.parse(dom.dataset.needs ?? '{}'),
      renderHTML: ({ needs }) => ({ 'data-needs': JSON.stringify(needs) }),
    },
  }),
  parseHTML: () => [{ tag: 'section[data-piece]' }],
  renderHTML: ({ HTMLAttributes }) => ['section', { ...HTMLAttributes, 'data-piece': '' }, 0],
  addNodeView() {
    return (view) => pieceView(view, this.options);
  },
  addProseMirrorPlugins() {
    const { words } = this.options;
    return [ownIds(), labels(words)];
  },
});

const TOLD = new Set<() => void>();

/** Shows beside each block what the server says of it by now. */
export const showAbout = (): void => {
  for (const tell of TOLD) tell();
};

function pieceView({ node, editor, getPos }: NodeViewRendererProps, options: PieceOptions) {
  const { words, about, onRead } = options;
  const { id, kind } = node.attrs as { id: string; kind: string };
  let facts = about()[id];
  const dom = element('section', {
    class: `piece piece--${kind}`,
    // A lesson has many: as landmarks they would be noise.
    role: 'group',
    'data-piece': '',
    'data-id': String(id),
    'aria-label': words.kinds[kind] ?? kind,
  });
  const head = element('div', { class: 'piece__head', contenteditable: 'false' });
  head.append(
    element(
      'span',
      { class: 'piece__drag', 'data-drag-handle': '', draggable: 'true', title: words.drag ?? '' },
      words.kinds[kind] ?? kind,
    ),
  );
  const state = element('span', { hidden: '' });
  head.append(state);
  const needs = element('div', { class: 'piece__needs', contenteditable: 'false' });
  const content = element('div', { class: 'piece__content' });
  const foot = footOf(String(id), kind, { ...options.tools, editor });
  dom.append(head, needs, content, foot);
  let side: HTMLElement | undefined;
  const tell = () => {
    const name = facts?.state === 'behind' || facts?.state === 'missing' ? facts.state : undefined;
    state.hidden = !name;
    state.className = name ? `govuk-tag piece__state is-${name}` : '';
    state.textContent = (name && words[name]) ?? '';
    side?.remove();
    side = facts?.original ? beside(facts, words, () => onRead(id)) : undefined;
    if (side) dom.append(side);
  };
  tell();

  let now = node.attrs.needs as Record<string, unknown>;
  const show = () => {
    const fields = needsOf(kind, now, { words, data: options.data, questions: options.questions, set, choose });
    // A question's form that stands here already stays as it is, and the focus in it.
    if (fields[0]?.parentElement !== needs || fields.length > 1) needs.replaceChildren(...fields);
  };
  const set = (more: Record<string, unknown>) => {
    const pos = getPos();
    if (pos === undefined) return;
    editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'needs', { ...now, ...more }));
  };
  const choose = (file: LibraryFile) => {
    set({ file_id: file.id, ...(kind === 'video' && { link: undefined }) });
    const part = content.querySelector('.part');
    if (!part) return;
    enterPart(editor, part);
    const words = file.alts[options.data().language] ?? (kind === 'image' ? '' : file.name.replace(/\.\w{2,4}$/, ''));
    if (part.textContent === '' && words) editor.commands.insertContent({ type: 'text', text: words });
  };
  show();
  const tellAgain = () => {
    const now = about()[id];
    if (JSON.stringify(now) === JSON.stringify(facts)) return;
    facts = now;
    tell();
  };
  TOLD.add(tellAgain);
  return {
    destroy: () => void TOLD.delete(tellAgain),
    dom,
    contentDOM: content,
    update(next: NodeViewRendererProps['node']) {
      if (next.type.name !== 'piece' || next.attrs.id !== id || next.attrs.kind !== kind) return false;
      if (JSON.stringify(next.attrs.needs) !== JSON.stringify(now)) {
        now = next.attrs.needs;
        show();
      }
      return true;
    },
    ignoreMutation: (mutation: { target: globalThis.Node; type: string }) =>
      mutation.type !== 'selection' && !content.contains(mutation.target),
    stopEvent: (event: Event) => [needs, foot, side].some((part) => part?.contains(event.target as HTMLElement)),
  };
}

/** The original that this block follows, and what changed in it since. */
function beside(facts: PageData['about'][string], words: Words, read: () => void): HTMLElement {
  // A lesson has many: as landmarks they would be noise.
  const side = element('div', {
    class: 'piece__beside',
    role: 'group',
    contenteditable: 'false',
    'aria-label': words.original ?? '',
  });
  side.append(element('p', { class: 'piece__side-head' }, words.original ?? ''));
  if (facts.changed) {
    const line = element('p', { class: 'difference' });
    for (const { text, way } of facts.changed)
      line.append(way === 'same' ? text : element(way === 'gone' ? 'del' : 'ins', {}, text));
    const button = element(
      'button',
      { type: 'button', class: 'govuk-button govuk-button--secondary' },
      words.stillFits ?? '',
    );
    button.addEventListener('click', read);
    side.append(line, button);
  } else {
    const words = element('div', { class: 'prose' });
    // Rendered and cleaned on our own server.
    words.innerHTML = facts.original ?? '';
    side.append(words);
  }
  return side;
}

/** Each block has an id of its own: a copy gets a new one. */
function ownIds() {
  return new Plugin({
    appendTransaction(transactions, _before, state) {
      if (!transactions.some(({ docChanged }) => docChanged)) return null;
      const met = new Set<string>();
      const { tr } = state;
      state.doc.forEach((node, offset) => {
        if (!node.attrs.id || met.has(node.attrs.id)) tr.setNodeAttribute(offset, 'id', newId());
        met.add(node.attrs.id);
      });
      return tr.docChanged ? tr : null;
    },
  });
}

/** Each text says what it is, to eyes while it is empty and to screen readers always. */
function labels(words: Words) {
  return new Plugin({
    props: {
      decorations(state) {
        const found: Decoration[] = [];
        const { from, to } = state.selection;
        state.doc.forEach((piece, offset) => {
          const end = offset + piece.nodeSize;
          if (from < end && to > offset) found.push(Decoration.node(offset, end, { class: 'is-here' }));
          piece.forEach((part, inside) => {
            const at = offset + 1 + inside;
            const name = `${piece.attrs.kind}.${part.attrs.name}`;
            const label = words.parts[name] ?? '';
            const isEmpty = part.textContent === '' && part.childCount < 2;
            found.push(
              Decoration.node(at, at + part.nodeSize, {
                role: 'group',
                'aria-label': label,
                'data-label': label,
                ...(name === 'text.text' && { 'data-hint': words.begin ?? '' }),
                ...(isEmpty && { 'data-empty': '' }),
              }),
            );
          });
        });
        return DecorationSet.create(state.doc, found);
      },
    },
  });
}
