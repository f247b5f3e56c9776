import { type ZipEntry, zipped } from '../zip-stream';
import { cellXml, columnName, escaped, type XlsxCell } from './cells';
import { STYLES_XML } from './styles';

/** A sheet of a workbook. Its rows are read once, as they are written. */
export interface Sheet {
  /** Made fit for Excel: 31 letters, no signs of paths, no two the same. */
  name: string;
  /** Width in letters. */
  columns: readonly { heading: string; width: number }[];
  rows: AsyncIterable<readonly XlsxCell[]> | Iterable<readonly XlsxCell[]>;
  /** The first row stays in sight and can be used to choose rows. Otherwise there is no row of headings. */
  headings: boolean;
}

/** Excel reads no more rows on one sheet. */
const MOST_ROWS = 1_048_576;

/**
 * A workbook for Excel as chunks, of any size: a sheet that is full goes on on the next one. Memory does not grow with rows.
 * The format: ECMA-376, SpreadsheetML.
 */
export function workbook(
  about: { title: string; language: string; made: Date },
  sheets: readonly Sheet[],
  mostRows = MOST_ROWS,
): AsyncGenerator<Buffer> {
  return zipped(parts(about, sheets, mostRows));
}

async function* parts(
  about: { title: string; language: string; made: Date },
  sheets: readonly Sheet[],
  mostRows: number,
): AsyncGenerator<ZipEntry> {
  const names: string[] = [];
  for (const sheet of sheets) {
    const rows = iteratorOf(sheet.rows);
    try {
      for (let goesOn = true; goesOn; ) {
        names.push(sheetName(sheet.name, names));
        const state = { full: false };
        yield {
          name: `xl/worksheets/sheet${names.length}.xml`,
          pieces: sheetXml(sheet, rows, mostRows, state, names.length === 1),
        };
        goesOn = state.full;
      }
    } finally {
      await rows.return?.();
    }
  }
  yield { name: 'xl/styles.xml', pieces: [STYLES_XML] };
  yield { name: 'xl/workbook.xml', pieces: [workbookXml(names)] };
  yield { name: 'xl/_rels/workbook.xml.rels', pieces: [workbookRels(names)] };
  yield { name: 'docProps/core.xml', pieces: [coreXml(about)] };
  yield { name: '_rels/.rels', pieces: [RELS] };
  yield { name: '[Content_Types].xml', pieces: [contentTypes(names)] };
}

type Rows = Pick<AsyncIterator<readonly XlsxCell[]>, 'next' | 'return'>;

function iteratorOf(rows: Sheet['rows']): Rows {
  return (async function* () {
    yield* rows;
  })();
}

/** One sheet's text in pieces. Sets `full` when rows are left over that need another sheet. */
async function* sheetXml(
  { columns, headings }: Sheet,
  rows: Rows,
  mostRows: number,
  state: { full: boolean },
  isFirst: boolean,
): AsyncGenerator<string> {
  const selected = isFirst ? ' tabSelected="1"' : '';
  const frozen = headings ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : '';
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${selected}>${frozen}</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  let number = 0;
  const line = (cells: readonly XlsxCell[]) => {
    number += 1;
    return `<row r="${number}">${cells.map((cell, at) => cellXml(cell, `${columnName(at)}${number}`)).join('')}</row>`;
  };
  if (headings) yield line(columns.map(({ heading }) => ({ text: heading, style: 'heading' })));
  for (;;) {
    if (number === mostRows) {
      state.full = true;
      break;
    }
    const next = await rows.next();
    if (next.done) break;
    yield line(next.value);
  }
  const filter = headings ? `<autoFilter ref="A1:${columnName(columns.length - 1)}${number}"/>` : '';
  yield `</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

/** Excel refuses a file with a name that is too long, repeated or has signs of paths in it. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const plain =
    wanted
      .replace(/[\\/?*[\]:\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Oppiva';
  for (let copy = 1; ; copy += 1) {
    const end = copy === 1 ? '' : ` ${copy}`;
    const name = `${plain.slice(0, 31 - end.length)}${end}`;
    if (!taken.some((one) => one.toLowerCase() === name.toLowerCase())) return name;
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const workbookXml = (names: readonly string[]) =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${names
    .map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('')}</sheets></workbook>`;

const workbookRels = (names: readonly string[]) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${names
    .map(
      (_, at) =>
        `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    )
    .join('')}<Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;

const RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="book" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="core" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;

const coreXml = ({ title, language, made }: { title: string; language: string; made: Date }) =>
  `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>Oppiva</dc:creator><dc:language>${language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${made.toISOString()}</dcterms:created></cp:coreProperties>`;

const contentTypes = (names: readonly string[]) =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${names
    .map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`)
    .join('')}</Types>`;
