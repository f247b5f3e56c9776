/** Of a page, in points. */
export const MARGIN = 42;

/** What a table needs to know of the document it is in. */
export interface PdfSheet {
  doc: PDFKit.PDFDocument;
  width: number;
  bottom: number;
  needs(height: number): void;
  fitting(words: string): string;
  actual(words: string, drawn: string): { actual?: string };
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void;
  room(): Promise<void>;
}

export interface PdfColumn {
  heading: string;
  isNumber: boolean;
}

/** The first text is the heading of the row. `whole`: one text for all the rest. */
export interface PdfRow {
  cells: readonly string[];
  whole?: string;
}

const SIZE = 9;
const PAD = 4;
/** Rows from which the widths of the columns are told. */
const SAMPLE = 60;
const LETTER = SIZE * 0.56;
const WIDEST = 220;
/** Of capital W in bold. */
const WIDEST_LETTER = SIZE * 1.05;

/** A table over as many pages as it takes, its head again on each, for the eye only. */
export class PdfTable {
  private widths: number[] = [];
  private line = SIZE;

  constructor(
    private readonly pdf: PdfSheet,
    private readonly parent: PDFKit.PDFStructureElement,
  ) {}

  async write(columns: readonly PdfColumn[], rows: AsyncIterable<PdfRow>, most: number): Promise<boolean> {
    const { doc } = this.pdf;
    const table = doc.struct('Table');
    this.parent.add(table);
    let sample: PdfRow[] | undefined = [];
    let written = 0;
    let page: unknown;
    const begin = () => {
      this.widths = widthsOf(columns, sample ?? [], this.pdf.width);
      this.line = doc.font('bold').fontSize(SIZE).currentLineHeight(true);
      this.head(columns, table);
      page = doc.page;
      for (const row of sample ?? []) add(row);
      sample = undefined;
    };
    const add = (row: PdfRow) => {
      const height = this.heightOf(row);
      if (doc.y + height > this.pdf.bottom) doc.addPage();
      if (doc.page !== page) this.head(columns);
      page = doc.page;
      this.row(row, columns, height, table);
    };
    let more = false;
    for await (const row of rows) {
      if (written === most) {
        more = true;
        break;
      }
      written += 1;
      if (sample && sample.push(row) < SAMPLE) continue;
      if (sample) begin();
      else add(row);
      if (written % 20 === 0) await this.pdf.room();
    }
    if (sample) begin();
    table.end();
    return more;
  }

  /** With `table` the head itself; without, its picture at the top of a page. */
  private head(columns: readonly PdfColumn[], table?: PDFKit.PDFStructureElement): void {
    const { doc } = this.pdf;
    doc.font('bold').fontSize(SIZE);
    const height = Math.max(...columns.map(({ heading }, at) => this.cellHeight(heading, at))) + 2 * PAD;
    this.pdf.needs(height + 40);
    const { y } = doc;
    this.pdf.artifact('Layout', () => doc.rect(MARGIN, y, this.pdf.width, height).fill('#efeef8'));
    const cell = (at: number) => this.text(columns[at]?.heading ?? '', at, y, columns[at]?.isNumber ?? false, 'bold');
    if (table) {
      const row = doc.struct('TR');
      table.add(row);
      for (const [at] of columns.entries()) {
        const head = doc.struct('TH', { scope: 'Column' } as never, () => cell(at));
        row.add(head);
        head.end();
      }
      row.end();
    } else {
      this.pdf.artifact('Pagination', () => {
        for (const [at] of columns.entries()) cell(at);
      });
    }
    doc.y = y + height;
  }

  private row(row: PdfRow, columns: readonly PdfColumn[], height: number, table: PDFKit.PDFStructureElement): void {
    const { doc } = this.pdf;
    const { y } = doc;
    const line = doc.struct('TR');
    table.add(line);
    for (const [at, words] of row.cells.entries()) {
      const options = this.pdf.actual(words, this.pdf.fitting(words));
      const draw = () =>
        this.text(words, at, y, (columns[at]?.isNumber ?? false) && at > 0, at === 0 ? 'bold' : 'regular');
      const cell = doc.struct(at === 0 ? 'TH' : 'TD', { ...options, ...(at === 0 && { scope: 'Row' }) } as never, draw);
      line.add(cell);
      cell.end();
    }
    if (row.whole !== undefined) this.whole(row.whole, columns.length - 1, y, line);
    line.end();
    this.pdf.artifact('Layout', () => {
      doc
        .moveTo(MARGIN, y + height)
        .lineTo(MARGIN + this.pdf.width, y + height)
        .lineWidth(0.5)
        .stroke('#dedbe9');
    });
    doc.y = y + height;
  }

  /** One cell over all columns but the first. */
  private whole(words: string, columns: number, y: number, line: PDFKit.PDFStructureElement): void {
    const { doc } = this.pdf;
    const cell = doc.struct('TD', {}, () => {
      doc.font('regular').fontSize(SIZE).fillColor('#55526f');
      const left = this.left(1);
      doc.text(this.pdf.fitting(words), left + PAD, y + PAD, { width: MARGIN + this.pdf.width - left - 2 * PAD });
    });
    (cell as unknown as { dictionary: { data: Record<string, unknown> } }).dictionary.data.A = {
      O: 'Table',
      ColSpan: columns,
    };
    line.add(cell);
    cell.end();
  }

  private text(words: string, at: number, y: number, isRight: boolean, font: 'bold' | 'regular'): void {
    const { doc } = this.pdf;
    doc.font(font).fontSize(SIZE).fillColor('#211f3d');
    const width = (this.widths[at] ?? 0) - 2 * PAD;
    doc.text(this.pdf.fitting(words), this.left(at) + PAD, y + PAD, { width, align: isRight ? 'right' : 'left' });
  }

  private heightOf({ cells, whole }: PdfRow): number {
    this.pdf.doc.font('bold').fontSize(SIZE);
    const heights = cells.map((words, at) => this.cellHeight(words, at));
    const room = this.pdf.width - (this.widths[0] ?? 0) - 2 * PAD;
    if (whole !== undefined) heights.push(this.pdf.doc.heightOfString(this.pdf.fitting(whole), { width: room }));
    // A cell higher than a page is cut by it: better than a page that never ends.
    return Math.min(Math.max(SIZE, ...heights) + 2 * PAD, this.pdf.bottom - MARGIN - 60);
  }

  private cellHeight(words: string, at: number): number {
    if (words === '') return 0;
    const width = (this.widths[at] ?? 0) - 2 * PAD;
    // Most texts are plainly short enough for one line; only the others are laid out to see.
    if (words.length * WIDEST_LETTER < width && !words.includes('\n')) return this.line;
    return this.pdf.doc.heightOfString(this.pdf.fitting(words), { width });
  }

  private left(at: number): number {
    return MARGIN + this.widths.slice(0, at).reduce((sum, width) => sum + width, 0);
  }
}

/** As wide as its texts want, at least as its longest word; when that is too much for the page, all the wider ones give. */
function widthsOf(columns: readonly PdfColumn[], rows: readonly PdfRow[], room: number): number[] {
  const texts = columns.map(({ heading }, at) => [heading, ...rows.map(({ cells }) => cells[at] ?? '')]);
  const wanted = texts.map((own) =>
    Math.min(WIDEST, Math.max(...own.map(({ length }) => length)) * LETTER + 2 * PAD + 4),
  );
  const least = texts.map((own) => {
    const words = own.flatMap((text) => text.split(/[\s-]+/).map(({ length }) => length));
    return Math.min(120, Math.max(1, ...words) * LETTER * 1.1 + 2 * PAD + 2);
  });
  const [total, floor] = [sum(wanted), sum(least)];
  if (total <= room) return wanted.map((width) => (width * room) / total);
  if (floor >= room) return least.map((width) => (width * room) / floor);
  const give = (room - floor) / sum(wanted.map((width, at) => Math.max(0, width - (least[at] ?? 0))));
  return wanted.map((width, at) => (least[at] ?? 0) + Math.max(0, width - (least[at] ?? 0)) * give);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
