import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import { type ScreenSection, screenOf } from '../../src/features/reports/documents/document-screen';
import { ensureBuilt } from '../start/server';
import { aDocument, readerIn } from '../support/a-document';
import { axeFaults, sideways } from './support/axe';
import { openBrowser } from './support/chromium';

const KINDS = [
  { kind: 'interval' },
  { kind: 'bars', values: ['mean', 'level'] },
  { kind: 'stacked', values: ['share', 'level', 'people'] },
  { kind: 'line', values: ['level'], low: 'low', high: 'high' },
  { kind: 'line', values: ['level', 'mean'] },
  { kind: 'heat', values: ['level', 'mean', 'low', 'high', 'people', 'share'] },
] as const;

let browser: Browser;
let page: string;

beforeAll(async () => {
  await ensureBuilt();
  browser = await openBrowser();
  const charts: NonNullable<ScreenSection['chart']>[] = [];
  for (const [index, values] of KINDS.entries()) {
    const screen = await screenOf(aDocument({}, values), readerIn('fi'));
    const chart = screen.sections[0]?.chart;
    // On a page each section has a name of its own.
    if (chart) charts.push(JSON.parse(JSON.stringify(chart).replaceAll('part-1', `part-${index}`)));
  }
  const figures = charts.map(
    ({ wide, narrow, legend }) => `<figure class="echart-figure card"><div class="echart--wide">${wide}</div>
      <div class="echart--narrow">${narrow}</div><ul class="legend">${legend.map(({ mark, words }) => `<li>${mark}${words}</li>`).join('')}</ul></figure>`,
  );
  page = `<!doctype html><html lang="fi"><head><title>Kuvat</title><style>${fs.readFileSync('public/css/oppiva.css', 'utf8')}</style></head>
    <body><main class="page"><div class="wrap"><h1>Kuvat</h1>${figures.join('')}</div></main></body></html>`;
});
afterAll(() => browser?.close());

it.each([
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const)(
  'draws every kind of chart without a fault, with letters that can be read: %j',
  async ({ width, colorScheme }) => {
    const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await tab.setContent(page);
    expect(await axeFaults(tab)).toEqual([]);
    expect(await sideways(tab)).toEqual([]);
    const seen = await tab.evaluate(() =>
      [...document.querySelectorAll<SVGTextElement>('.echart text')]
        .map((text) => ({ text, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0)
        .map(({ text, box }) => ({
          words: text.textContent,
          height: box.height,
          isInside: box.left >= -1 && box.right <= window.innerWidth + 1,
          isDrawn: getComputedStyle(text).fill !== 'rgb(0, 0, 0)',
        })),
    );
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.filter(({ height, isInside, isDrawn }) => height < 12 || !isInside || !isDrawn)).toEqual([]);
    await tab.close();
  },
);
