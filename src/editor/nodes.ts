import { type Extensions, Node } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';

const Doc = Node.create({ name: 'doc', topNode: true, content: 'piece+' });

const name = {
  name: {
    default: 'text',
    parseHTML: (element: HTMLElement) => element.dataset.part ?? 'text',
    renderHTML: ({ name: part }: Record<string, unknown>) => ({ 'data-part': String(part) }),
  },
};

const part = (type: string, content: string, more: object = {}) =>
  Node.create({
    name: type,
    group: 'part',
    content,
    isolating: true,
    defining: true,
    selectable: false,
    addAttributes: () => name,
    parseHTML: () => [{ tag: `div[data-way="${type}"]`, preserveWhitespace: 'full' as const }],
    renderHTML: ({ HTMLAttributes }) => ['div', { ...HTMLAttributes, 'data-way': type, class: `part ${type}` }, 0],
    ...more,
  });

const Item = Node.create({
  name: 'item',
  content: 'inline*',
  defining: true,
  parseHTML: () => [{ tag: 'div[data-item]' }],
  renderHTML: () => ['div', { 'data-item': '', class: 'item' }, 0],
});

/** Nothing but an address of the web, mail or a telephone is a link. */
export const isLink = (href: string): boolean => /^(https?:\/\/|mailto:|tel:)\S+$/i.test(href);

/** Everything that a text may have; what is not here is dropped when something is pasted. */
export const PARTS: Extensions = [
  Doc,
  part('linePart', 'text*', { marks: '' }),
  part('linesPart', 'item+'),
  part('richPart', 'block+'),
  part('sourcePart', 'text*', { marks: '', code: true }),
  Item,
  StarterKit.configure({
    document: false,
    underline: false,
    trailingNode: false,
    heading: { levels: [2, 3, 4, 5, 6] },
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      protocols: ['http', 'https', 'mailto', 'tel'],
      isAllowedUri: isLink,
      HTMLAttributes: { target: null, rel: null, class: null },
    },
    dropcursor: { class: 'page-drop', width: 4, color: false },
  }),
];
