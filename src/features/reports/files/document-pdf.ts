import { noonOf } from '../../../lib/calendar';
import { drawChart, WIDTHS } from '../../../lib/charts/chart';
import { htmlLang } from '../../../lib/i18n';
import type { PdfRow } from '../../../lib/pdf/pdf-table';
import { pdfPieces, type TaggedPdf } from '../../../lib/pdf/tagged-pdf';
import type { ReportDocument, ReportRow, ReportSection, ReportTable } from '../documents/document';
import { aboutParts } from '../documents/document-about';
import type { Reader } from '../documents/document-cells';
import { chartData, legendInks, MOST_CATEGORIES } from '../documents/document-chart';
import { isNumeric, screenRow, shownColumns } from '../documents/document-screen';
import { peeked } from './document-peek';

/** A PDF of more rows than this nobody reads; the other files have them all. */
export const MOST_IN_PDF = 5000;
/** More columns than this stand better on a page that lies down. */
const MOST_UPRIGHT = 6;

/** The report as a tagged PDF in chunks. */
export function pdfOf(document: ReportDocument, reader: Reader): AsyncGenerator<Buffer> {
  const { t } = reader;
  const isWide = document.sections.some(({ table }) => table && shownColumns(table).length > MOST_UPRIGHT);
  const about = {
    title: `${document.title}: ${document.scope}`,
    language: htmlLang(reader.lang),
    isWide,
    pageWords: (page: number) => t('reports.pdf.page', { page }),
  };
  return pdfPieces(about, async (pdf) => {
    start(pdf, document, reader);
    for (const section of document.sections) await writeSection(pdf, section, reader);
    pdf.heading(2, t('reports.sure.heading'));
    for (const [term, words] of aboutParts(document, reader)) pdf.term(term, words);
    if (document.about.definitions.length > 0) pdf.heading(2, t('reports.about.definitions'));
    for (const { term, meaning } of document.about.definitions) pdf.term(term, meaning);
  });
}

function start(pdf: TaggedPdf, { title, scope, period }: ReportDocument, { t, fmt }: Reader): void {
  pdf.heading(1, title);
  pdf.paragraph(scope);
  if (period) {
    const days = { from: fmt.date(noonOf(period.from)), to: fmt.date(noonOf(period.to)) };
    pdf.paragraph(`${t('reports.about.period')}: ${t('reports.about.days', days)}`);
  }
}

async function writeSection(pdf: TaggedPdf, section: ReportSection, reader: Reader): Promise<void> {
  const { heading, words, table, chart } = section;
  pdf.heading(2, heading);
  for (const sentence of words) pdf.paragraph(sentence);
  if (!table) return;
  const { first, all } = await peeked(table.rows, MOST_CATEGORIES + 1);
  const data = chart && chartData(chart, table.columns, first, reader);
  if (chart && data) pdf.figure(drawChart(data, WIDTHS.wide), chart.finding, legendInks(data, 'wide'));
  if (first.length === 0) return pdf.paragraph(reader.t('reports.document.empty'));
  if (table.caption) pdf.heading(3, table.caption);
  const columns = shownColumns(table).map(({ column }) => ({ heading: column.heading, isNumber: isNumeric(column) }));
  const more = await pdf.table(columns, rowsOf(table, all, reader), MOST_IN_PDF);
  if (more) pdf.paragraph(reader.t('reports.pdf.cut', { count: MOST_IN_PDF }));
}

async function* rowsOf(table: ReportTable, rows: AsyncIterable<ReportRow>, reader: Reader): AsyncGenerator<PdfRow> {
  const shown = shownColumns(table);
  for await (const row of rows) {
    const { start, cells, hidden } = screenRow(row, shown, reader);
    yield hidden ? { cells: [start.words], whole: hidden } : { cells: [start, ...cells].map(({ words }) => words) };
  }
}
