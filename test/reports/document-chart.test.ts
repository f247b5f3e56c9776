import * as cheerio from 'cheerio';
import type { ReportChart } from '../../src/features/reports/documents/document';
import { screenOf } from '../../src/features/reports/documents/document-screen';
import { aDocument, readerIn } from '../support/a-document';

const reader = readerIn('fi');

async function chartOf(values: Partial<ReportChart> = {}) {
  const [section] = (await screenOf(aDocument({}, values), reader)).sections;
  return section?.chart;
}

const KINDS: Partial<ReportChart>[] = [
  { kind: 'interval' },
  { kind: 'bars', values: ['mean', 'level'] },
  { kind: 'stacked', values: ['share'] },
  { kind: 'line', values: ['level'], low: 'low', high: 'high' },
  { kind: 'line', values: ['level', 'mean'] },
  { kind: 'heat', values: ['level', 'mean', 'people'] },
];

it.each(KINDS)('draws %j without style, scripts or colours of its own', async (values) => {
  const chart = await chartOf(values);
  for (const svg of [chart?.wide ?? '', chart?.narrow ?? '']) {
    expect(svg).not.toMatch(/<style|style=|<script|on\w+=|#[0-9a-f]{6}|rgb\(|CDATA|NaN|undefined|font-family/i);
    const $ = cheerio.load(svg, { xml: true });
    expect([$('svg').attr('role'), $('svg').attr('aria-label')]).toEqual(['img', 'Verkkoturva kasvoi <eniten>.']);
    const drawn = $('path, circle').toArray().length;
    expect(drawn).toBeGreaterThan(3);
    for (const shape of $('path, circle, text').toArray()) expect($(shape).attr('class')).toMatch(/^e-/);
    for (const text of $('text').toArray()) expect(Number($(text).attr('font-size'))).toBeGreaterThanOrEqual(14);
  }
});

it('writes the values of the table as the table writes them, and leaves out what is hidden or in words', async () => {
  const chart = await chartOf();
  const texts = cheerio
    .load(chart?.wide ?? '', { xml: true })('text[font-weight]')
    .toArray()
    .map((text) => cheerio.load(text).text());
  const [section] = (await screenOf(aDocument(), reader)).sections;
  const means = section?.table?.rows.filter(({ hidden }) => !hidden).map(({ cells }) => cells[1]?.words);
  expect(texts).toEqual(means);
  expect(texts).toEqual(['+0,8', '±0,0', '−0,7']);
});

it('gives each hatching a name of its own on the page', async () => {
  const chart = await chartOf({ kind: 'bars', values: ['mean', 'level'] });
  const ids = [...JSON.stringify(chart).matchAll(/ id=\\"([^\\]+)/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(2);
  expect(new Set(ids).size).toBe(ids.length);
  expect(chart?.legend.map(({ words }) => words)).toEqual(['Keskimäärin', 'Taso']);
});

it('says which hatching is hidden in a grid, and numbers columns that are too narrow for their names', async () => {
  const chart = await chartOf({ kind: 'heat', values: ['mean', 'low', 'high', 'level', 'people', 'share'] });
  expect(chart?.legend.map(({ words }) => words)).toEqual([
    '1 Keskimäärin',
    '2 Alkaa',
    '3 Päättyy',
    '4 Taso',
    '5 Henkilöitä',
    '6 Osuus, %',
    'Piilotettu, syy on taulukossa',
  ]);
});

it('draws nothing when there is nothing to draw, and fails on a column that the table lacks', async () => {
  const document = aDocument();
  const [section] = document.sections;
  const empty = { ...document, sections: [{ ...section, table: { ...section?.table, rows: [] } }] } as never;
  expect((await screenOf(empty, reader)).sections[0]?.chart).toBe(undefined);
  await expect(chartOf({ values: ['nothing'] })).rejects.toThrow('nothing');
});
