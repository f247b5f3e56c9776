import { SaxesParser } from 'saxes';
import { unread } from './item';

/** An element of a question in Moodle XML. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  /** Its own words, without those of its children. */
  text: string;
}

const DEEPEST = 20;
const MOST_NODES = 3000;

/** Letters that hand-written files name as HTML does. Nothing else has a name: a file cannot bring words of its own. */
const NAMED: Record<string, string> = {
  ...{ nbsp: '\u00a0', auml: 'ä', Auml: 'Ä', ouml: 'ö', Ouml: 'Ö', aring: 'å', Aring: 'Å', euro: '€', ndash: '–' },
  ...{ mdash: '—', hellip: '…', rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', eacute: 'é', uuml: 'ü', times: '×' },
};

/** Reads one element, strictly. Throws Unread for what is no XML, and for what is deeper or more than a question can be. */
export function readXml(xml: string): XmlNode {
  const parser = new SaxesParser();
  Object.assign(parser.ENTITIES, NAMED);
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let count = 0;
  parser.on('error', (error) => {
    throw unread('notXml', { fault: error.message.replace(/^(?:\d+:)*\s*/, '').slice(0, 120) });
  });
  parser.on('doctype', () => {
    throw unread('notXml', { fault: 'DOCTYPE' });
  });
  parser.on('opentag', ({ name, attributes }) => {
    count += 1;
    if (open.length > DEEPEST || count > MOST_NODES) throw unread('tooDeep');
    const node: XmlNode = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  const words = (text: string) => {
    const node = open.at(-1);
    if (node) node.text += text;
  };
  parser.on('text', words);
  parser.on('cdata', words);
  parser.write(xml).close();
  const [element] = root.children;
  if (!element) throw unread('notXml', { fault: '' });
  return element;
}

export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);
export const childrenOf = (node: XmlNode, ...names: string[]): XmlNode[] =>
  node.children.filter(({ name }) => names.includes(name));

/** The words of a child: its own, or those of the `<text>` in it. */
export function wordsIn(node: XmlNode | undefined, name: string): string {
  return ownWords(childOf(node, name)).trim();
}

/** The words of an element, or of the `<text>` in it. */
export const ownWords = (node: XmlNode | undefined): string => childOf(node, 'text')?.text ?? node?.text ?? '';

/** A number in a child or an attribute; undefined for anything else. */
export function numberOf(text: string | undefined): number | undefined {
  const bare = (text ?? '').trim().replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i.test(bare) ? Number(bare) : undefined;
}
