import { cleanMarks, escaped, MARK, trimmedLines } from './html-marks';
import type { Notes, SentPicture } from './item';

/** A piece of a text: the same words as plain text and as Markdown. */
export interface Block {
  kind: 'text' | 'picture' | 'other';
  plain: string;
  markdown: string;
}

/** Pictures that came with one question, and which of them its texts show. */
export interface Pictures {
  /** By the name that the file gives them. */
  byName: Map<string, string>;
  shown: SentPicture[];
}

/** Words in place of a picture, for its place in a text. */
export const pictureAddress = (index: number) => `picture:${index}`;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '').replace(/\u00a0/g, ' ');

const RAISED = new Map([...'0123456789+-'].map((sign, index) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][index] ?? sign]));
const LOWERED = new Map([...'0123456789+-'].map((sign, index) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋'][index] ?? sign]));

export class HtmlReader {
  private readonly blocks: Block[] = [];
  private plain = '';
  private markdown = '';
  private readonly lists: { ordered: boolean; number: number }[] = [];
  private items: { plain: string; markdown: string }[] = [];
  private rows: string[][] | undefined;
  private readonly links: string[] = [];
  private small: Map<string, string> | undefined;
  private isHeading = false;
  private isCode = false;
  private isQuote = false;

  constructor(
    private readonly notes: Notes,
    private readonly pictures: Pictures | undefined,
  ) {}

  read(html: string): Block[] {
    for (const [, end, name, attributes, text] of html.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+)/g)) {
      if (text !== undefined) this.text(decoded(text));
      else if (end) this.close(name ?? '');
      else this.open(name ?? '', attributes ?? '');
    }
    this.closeAll();
    return this.blocks;
  }

  private text(text: string): void {
    const spaced = this.isCode ? text : text.replace(/\s+/g, ' ');
    const shown = this.small ? [...spaced].map((sign) => this.small?.get(sign) ?? sign).join('') : spaced;
    const joined = (before: string) => (/(^|\s)$/.test(before) && !this.isCode ? shown.replace(/^ /, '') : shown);
    const plain = joined(this.plain);
    this.plain += plain;
    this.markdown += this.isCode ? plain : escaped(plain);
  }

  private open(name: string, attributes: string): void {
    if (name === 'br') this.lineBreak();
    else if (name === 'img') this.picture(attributes);
    else if (name === 'strong' || name === 'b') this.mark('**');
    else if (name === 'em' || name === 'i') this.mark('*');
    else if (name === 'sup') this.small = RAISED;
    else if (name === 'sub') this.small = LOWERED;
    else if (name === 'a') this.links.push(decoded(/href="([^"]*)"/.exec(attributes)?.[1] ?? ''));
    else if (name !== 'code') this.openBlock(name);
  }

  private openBlock(name: string): void {
    if ((name === 'td' || name === 'th') && this.rows) this.cell();
    else if (this.rows && name !== 'tr') this.lineBreak();
    else if (name === 'tr') this.rows?.push([]);
    else this.beginBlock(name);
  }

  private beginBlock(name: string): void {
    this.flush();
    if (name === 'table') this.rows = [];
    if (name === 'ul' || name === 'ol') this.lists.push({ ordered: name === 'ol', number: 0 });
    if (name === 'pre') this.isCode = true;
    if (name === 'blockquote') this.isQuote = true;
    if (/^h\d$/.test(name)) this.isHeading = true;
    const list = this.lists.at(-1);
    if (name === 'li' && list) list.number += 1;
  }

  private close(name: string): void {
    if (name === 'strong' || name === 'b') this.mark('**');
    else if (name === 'em' || name === 'i') this.mark('*');
    else if (name === 'sup' || name === 'sub') this.small = undefined;
    else if (name === 'a') this.link(this.links.pop() ?? '');
    else if (name !== 'code') this.closeBlock(name);
  }

  private closeBlock(name: string): void {
    if ((name === 'td' || name === 'th') && this.rows) this.cell();
    else if (name === 'table' && this.rows) this.table();
    else if (!this.rows) this.endBlock(name);
  }

  private endBlock(name: string): void {
    this.flush();
    if (name === 'ul' || name === 'ol') {
      this.lists.pop();
      if (this.lists.length === 0) this.list();
    }
    if (name === 'pre') this.isCode = false;
    if (name === 'blockquote') this.isQuote = false;
    if (/^h\d$/.test(name)) this.isHeading = false;
  }

  private lineBreak(): void {
    // An empty line begins a new paragraph.
    if (/\n$/.test(this.plain) && !this.isCode && !this.rows && this.lists.length === 0) {
      this.flush();
      return;
    }
    this.plain = `${this.plain.trimEnd()}\n`;
    this.markdown = `${this.markdown.trimEnd()}${this.isCode ? '' : '\\'}\n`;
  }

  private mark(sign: string): void {
    if (!this.isCode) this.markdown += `${MARK}${sign}`;
  }

  private link(href: string): void {
    if (!href || this.isCode) return;
    const words = this.plain.trim();
    if (!words.includes(href.replace(/^mailto:|^tel:/, ''))) {
      this.plain = `${this.plain.trimEnd()} (${href})`;
      this.markdown = `${this.markdown.trimEnd()} (${escaped(href)})`;
    }
  }

  private picture(attributes: string): void {
    const source = decoded(/src="([^"]*)"/.exec(attributes)?.[1] ?? '');
    const alt = decoded(/alt="([^"]*)"/.exec(attributes)?.[1] ?? '')
      .replace(/[[\]\n]/g, ' ')
      .trim();
    if (!this.pictures) {
      this.notes.add('pictureHere', alt ? { words: alt } : { words: nameOf(source) });
      return;
    }
    const data = this.pictures.byName.get(nameOf(source));
    if (data === undefined) {
      this.notes.add('pictureMissing', { name: nameOf(source) || alt || '–' });
      return;
    }
    if (!alt) this.notes.add('pictureWords');
    const index = this.pictures.shown.push({ name: nameOf(source), data }) - 1;
    const markdown = `![${alt}](${pictureAddress(index)})`;
    // A picture inside a list or a table comes after it.
    if (this.lists.length === 0 && !this.rows) this.flush();
    this.blocks.push({ kind: 'picture', plain: '', markdown });
  }

  private cell(): void {
    const words = this.plain.replace(/\s+/g, ' ').trim();
    if (words) this.rows?.at(-1)?.push(words);
    this.clear();
  }

  /** A table of one column is a list of lines; others keep their columns. */
  private table(): void {
    this.cell();
    const rows = (this.rows ?? []).filter((row) => row.length > 0);
    this.rows = undefined;
    if (rows.length === 0) return;
    const columns = Math.max(...rows.map((row) => row.length));
    const line = (row: string[]) =>
      `| ${Array.from({ length: columns }, (_, at) => escaped(row[at] ?? '')).join(' | ')} |`;
    const [first = [], ...rest] = rows;
    this.notes.add('table');
    this.blocks.push({
      kind: 'other',
      plain: rows.map((row) => row.join(' | ')).join('\n'),
      markdown: [line(first), `|${' --- |'.repeat(columns)}`, ...rest.map(line)].join('\n'),
    });
  }

  private list(): void {
    const { items } = this;
    this.items = [];
    if (items.length === 0) return;
    const plain = items.map((item) => item.plain).join('\n');
    this.blocks.push({ kind: 'other', plain, markdown: items.map(({ markdown }) => markdown).join('\n') });
  }

  private flush(): void {
    const plain = trimmedLines(this.plain, this.isCode);
    const markdown = cleanMarks(
      trimmedLines(this.markdown, this.isCode).replace(/\\+$/, (end) => (end.length % 2 ? end.slice(1) : end)),
    );
    this.clear();
    if (plain === '') return;
    const list = this.lists.at(-1);
    if (list) {
      const sign = list.ordered ? `${list.number}.` : '-';
      const indent = '   '.repeat(this.lists.length - 1);
      const one = (text: string) => text.replace(/\\?\n/g, ' ');
      this.items.push({
        plain: `${list.ordered ? sign : '–'} ${one(plain)}`,
        markdown: `${indent}${sign} ${one(markdown)}`,
      });
      return;
    }
    if (this.isCode) {
      const code = plain.replace(/\n\s*\n/g, '\n');
      this.blocks.push({ kind: 'other', plain, markdown: `\`\`\`\n${code}\n\`\`\`` });
    } else if (this.isQuote) {
      this.blocks.push({ kind: 'other', plain, markdown: `> ${markdown.replace(/\n/g, '\n> ')}` });
    } else if (this.isHeading) {
      // Headings of a page are not a question's to make.
      this.blocks.push({ kind: 'text', plain, markdown: `**${escaped(plain.replace(/\n/g, ' '))}**` });
    } else this.blocks.push({ kind: 'text', plain, markdown });
  }

  private clear(): void {
    this.plain = '';
    this.markdown = '';
  }

  private closeAll(): void {
    if (this.rows) this.table();
    this.flush();
    this.lists.length = 0;
    this.list();
  }
}

/** The last part of an address, as the file names its pictures. */
function nameOf(source: string): string {
  if (source.startsWith('inline:')) return source;
  const name = source.replace(/^@@PLUGINFILE@@\/?/, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
