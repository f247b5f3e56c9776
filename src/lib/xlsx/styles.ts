/**
 * The looks of cells: 'typed' is a text that Excel would take for a formula if somebody opened and closed the cell;
 * 'd0'...'d3' are numbers with that many decimals, 's1' a change with its sign.
 */
const STYLES = [
  'plain',
  'heading',
  'typed',
  'note',
  'wrapped',
  'd0',
  'd1',
  'd2',
  'd3',
  's1',
  'percent',
  'date',
  'moment',
] as const;
export type XlsxStyle = (typeof STYLES)[number];

/** Numbers of ready formats of Excel follow the reader's own way to write days (14) and numbers (3). */
const FORMATS: Partial<Record<XlsxStyle, number>> = {
  d0: 3,
  d1: 164,
  d2: 4,
  d3: 165,
  s1: 166,
  percent: 9,
  date: 14,
  moment: 22,
};

const CUSTOM = [
  [164, '#,##0.0'],
  [165, '#,##0.000'],
  [166, '+0.0;-0.0;&quot;±&quot;0.0'],
];

export const styleNumber = (style: XlsxStyle) => STYLES.indexOf(style);

const FONTS: Partial<Record<XlsxStyle, number>> = { heading: 1, note: 2 };
const MORE: Partial<Record<XlsxStyle, string>> = {
  heading: '<alignment vertical="top" wrapText="1"/>',
  wrapped: '<alignment vertical="top" wrapText="1"/>',
};

const formatOf = (style: XlsxStyle) => {
  const [format, font] = [FORMATS[style] ?? 0, FONTS[style] ?? 0];
  const fill = style === 'heading' ? 2 : 0;
  const typed = style === 'typed' ? ' quotePrefix="1"' : '';
  const start = `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"${typed}`;
  const more = MORE[style];
  return more ? `${start} applyAlignment="1">${more}</xf>` : `${start}/>`;
};

export const STYLES_XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${CUSTOM.length}">${CUSTOM.map(
  ([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`,
).join(
  '',
)}</numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><i/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEFEEF8"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.map(formatOf).join('')}</cellXfs></styleSheet>`;
