import PDFDocument from 'pdfkit';
import type { Drawing } from '../charts/drawing';
import type { Ink } from '../charts/inks';
import { drawOnPdf, drawSwatch } from './draw-chart';
import { type PdfFonts, pdfFonts } from './fonts';
import { MARGIN, type PdfColumn, type PdfRow, PdfTable } from './pdf-table';

export interface PdfAbout {
  title: string;
  /** Of the text: 'fi'. */
  language: string;
  isWide: boolean;
  /** "Page 3", in the reader's language. */
  pageWords: (page: number) => string;
  /** Draws what lies under everything else on the first page. */
  underFirst?: (pdf: TaggedPdf) => void;
}

const FOOT = 30;
/** Letters that any text of ours has; asking the font for each would take as long as drawing them. */
const PLAIN = /^[\n\x20-\x7E\xA0-\xFF\u2013\u2212]*$/;
/** Bytes that wait for a slow reader before the making waits, too. */
const MOST_WAITING = 512 * 1024;

/**
 * An A4 document that screen readers read as they read a page: headings, paragraphs, tables with heads, pictures with their words, in
 * their order and language; what repeats on each page is left out of it. PDF/UA asks for this (ISO 14289-1).
 */
export class TaggedPdf {
  readonly doc: PDFKit.PDFDocument;
  readonly fonts: PdfFonts = pdfFonts();
  private readonly root: PDFKit.PDFStructureElement;
  private pages = 0;
  isStopped = false;

  constructor(private readonly about: PdfAbout) {
    this.doc = new PDFDocument({
      size: 'A4',
      layout: about.isWide ? 'landscape' : 'portrait',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      pdfVersion: '1.7',
      tagged: true,
      lang: about.language,
      displayTitle: true,
      autoFirstPage: false,
      font: this.fonts.regular as never,
      info: { Title: about.title, Creator: 'Oppiva', Producer: 'Oppiva' },
    });
    this.doc.registerFont('regular', this.fonts.regular).registerFont('bold', this.fonts.bold);
    this.doc.on('pageAdded', () => this.drawFoot());
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
    this.doc.addPage();
  }

  /** `size` in points, where it is another than the level's own. */
  heading(level: 1 | 2 | 3, words: string, size: number = { 1: 22, 2: 15, 3: 11 }[level]): void {
    this.doc.font('bold').fontSize(size);
    // A heading stays with the beginning of what it names.
    this.needs(this.heightOf(words) + (level === 1 ? 40 : 70));
    if (level > 1) this.doc.moveDown(0.6);
    this.block(`H${level}`, words, () => this.doc.font('bold').fontSize(size).fillColor('#211f3d'));
    this.doc.moveDown(0.3);
  }

  paragraph(words: string): void {
    this.doc.font('regular').fontSize(10.5);
    this.block('P', words, () => this.doc.font('regular').fontSize(10.5).fillColor('#211f3d'));
    this.doc.moveDown(0.5);
  }

  /** A term in bold and what is said of it, in one paragraph. */
  term(term: string, words: string): void {
    const width = this.width;
    this.doc.font('regular').fontSize(10.5).fillColor('#211f3d');
    const [start, rest] = [this.fitting(`${term}: `), this.fitting(words)];
    this.needs(28);
    const paragraph = this.doc.struct('P', this.actual(`${term}: ${words}`, start + rest), () => {
      this.doc.font('bold').text(start, MARGIN, this.doc.y, { continued: true, width });
      this.doc.font('regular').text(rest, { width });
    });
    this.root.add(paragraph);
    paragraph.end();
    this.doc.moveDown(0.4);
  }

  /** A chart as lines and letters, with its words and the list of what its marks mean. */
  figure(drawing: Drawing, words: string, marks: readonly { ink?: Ink; words: string }[]): void {
    const scale = Math.min(0.75, this.width / drawing.width);
    const height = drawing.height * scale;
    this.needs(height + 16);
    const { y } = this.doc;
    const bbox: [number, number, number, number] = [MARGIN, y, MARGIN + drawing.width * scale, y + height];
    const figure = this.doc.struct('Figure', { alt: words, bbox } as never, () => {
      drawOnPdf(this.doc, drawing, { x: MARGIN, y, scale });
    });
    this.root.add(figure);
    figure.end();
    this.doc.y = y + height + 10;
    for (const mark of marks) this.mark(mark);
    this.doc.moveDown(0.5);
  }

  /** Rows are read as they are written; those past `most` are not. Returns whether there were more. */
  async table(columns: readonly PdfColumn[], rows: AsyncIterable<PdfRow>, most: number): Promise<boolean> {
    const table = new PdfTable(this, this.root);
    const more = await table.write(columns, rows, most);
    this.doc.moveDown(1);
    return more;
  }

  /** The width between the margins, in points. */
  get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  /** The lowest place for a line. */
  get bottom(): number {
    return this.doc.page.height - MARGIN - FOOT;
  }

  /** Begins a new page when there is not this much room. */
  needs(height: number): void {
    if (this.doc.y + height > this.bottom && this.doc.y > MARGIN + 1) this.doc.addPage();
  }

  /** Letters that the font lacks: without their marks, or a sign that stands for them. */
  fitting(words: string): string {
    if (PLAIN.test(words)) return words;
    return words.replace(/[^\n]/gu, (letter) => {
      if (this.fonts.has(letter.codePointAt(0) ?? 0)) return letter;
      const plain = letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return plain !== '' && [...plain].every((one) => this.fonts.has(one.codePointAt(0) ?? 0)) ? plain : '\uFFFD';
    });
  }

  /** The real text, for programs that read aloud or copy, when what is drawn is not it. */
  actual(words: string, drawn: string): { actual?: string } {
    return words === drawn ? {} : { actual: words };
  }

  /** Waits for a slow reader, and lets others have their turn. Throws when the reader has gone. */
  async room(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.isStopped && this.doc.readableLength > MOST_WAITING)
      await new Promise((resolve) => setTimeout(resolve, 5));
    if (this.isStopped) throw new Error('the reader has gone');
  }

  end(): void {
    this.root.end();
    this.doc.end();
  }

  private block(tag: string, words: string, style: () => void): void {
    const drawn = this.fitting(words);
    const element = this.doc.struct(tag, this.actual(words, drawn), () => {
      style();
      this.doc.text(drawn, MARGIN, this.doc.y, { width: this.width });
    });
    this.root.add(element);
    element.end();
  }

  private mark({ ink, words }: { ink?: Ink; words: string }): void {
    this.needs(16);
    const { y } = this.doc;
    if (ink) this.artifact('Layout', () => drawSwatch(this.doc, ink, MARGIN, y + 1));
    const drawn = this.fitting(words);
    const element = this.doc.struct('P', this.actual(words, drawn), () => {
      this.doc.font('regular').fontSize(9.5).fillColor('#211f3d');
      this.doc.text(drawn, MARGIN + (ink ? 26 : 0), y, { width: this.width - 26 });
    });
    this.root.add(element);
    element.end();
  }

  private heightOf(words: string): number {
    return this.doc.heightOfString(words, { width: this.width });
  }

  /** What is not part of the text: lines, repeated heads, page numbers. */
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  private drawFoot(): void {
    this.pages += 1;
    const { doc } = this;
    const { x, y } = doc;
    const { bottom } = doc.page.margins;
    if (this.pages === 1) this.about.underFirst?.(this);
    // Else a text this low would begin another page.
    doc.page.margins.bottom = 0;
    this.artifact('Pagination', () => {
      doc.font('regular').fontSize(9).fillColor('#55526f');
      const words = `${this.about.title} · ${this.about.pageWords(this.pages)}`;
      doc.text(this.fitting(words), MARGIN, doc.page.height - MARGIN, {
        width: this.width,
        lineBreak: false,
        ellipsis: true,
      });
    });
    doc.page.margins.bottom = bottom;
    [doc.x, doc.y] = [x, y];
  }
}

/** A document as chunks while `write` makes it. A reader who stops early stops the making. */
export async function* pdfPieces(about: PdfAbout, write: (pdf: TaggedPdf) => Promise<void>): AsyncGenerator<Buffer> {
  const pdf = new TaggedPdf(about);
  const done = write(pdf).then(
    () => pdf.end(),
    (error: Error) => {
      pdf.doc.destroy(error);
    },
  );
  try {
    for await (const chunk of pdf.doc as AsyncIterable<Buffer>) yield chunk;
  } finally {
    pdf.isStopped = true;
    await done;
  }
}
