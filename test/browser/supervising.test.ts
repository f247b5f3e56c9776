import fs from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { Keyboard } from './support/keyboard';
import { openSite, type Site, signIn, words } from './support/site';

let site: Site;
beforeAll(async () => {
  site = await openSite('supervising');
});
afterAll(() => site?.close());
afterEach(() => expect(site.faults.splice(0)).toEqual([]));

it.each([true, false])(
  'shows a supervisor how the team grew, and gives the same numbers as a file: JavaScript %s',
  async (javaScriptEnabled) => {
    const device: BrowserContext = await site.device({ javaScriptEnabled });
    await signIn(device, 'supervisor');
    const page = await device.newPage();
    await page.goto('/');
    const keyboard = new Keyboard(page);

    await keyboard.press(words('menu.team'));
    await keyboard.press('Kotiin vietävä tuki');
    expect(await page.textContent('main')).toContain(words('reports.asked'));
    await keyboard.press(words('reports.growth.open'));

    // Two days of one's own, within the months that the demo tells of.
    const [from, to] = [monthsAgo(9), monthsAgo(1)];
    await keyboard.fill(words('reports.from.label'), from);
    await keyboard.fill(words('reports.to.label'), to);
    await keyboard.press(words('common.show'));
    expect(await page.locator('.lead').textContent()).toContain(to);

    const shown = await page
      .locator('main table')
      .first()
      .locator('tbody tr:not(.hidden-row)')
      .evaluateAll((rows) =>
        rows.map((row) => {
          const cells = [...row.querySelectorAll('td')].map((cell) => cell.cloneNode(true) as HTMLElement);
          const interval = (cells[2]?.querySelector('small')?.textContent ?? '').split('…');
          cells[2]?.querySelector('small')?.remove();
          const tidy = (text = '') => text.replace(/\s+/g, ' ').trim();
          const name = row.querySelector('th')?.firstChild?.textContent ?? '';
          return [
            name,
            cells[0]?.textContent ?? '',
            cells[2]?.textContent ?? '',
            ...interval,
            cells[3]?.textContent ?? '',
          ].map(tidy);
        }),
      );
    expect(shown.length).toBeGreaterThan(2);

    await keyboard.tabTo(words('reports.files.csv'));
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const file = fs.readFileSync(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const [header = [], ...rows] = file
      .replace('\uFEFF', '')
      // After the table and an empty line the file tells what it is about.
      .split(/\r\n"?"?\r\n/)[0]!
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
    const column = (name: string) => header.indexOf(words(`reports.column.${name}`));
    const wanted = ['skill', 'change', 'mean', 'low', 'high', 'people'].map(column);
    expect(wanted).not.toContain(-1);
    const told = rows
      .filter((cells) => !cells[column('hidden')])
      .map((cells) => wanted.map((index) => unquoted(cells[index])));

    expect(shown.map(plain)).toEqual(told.map(plain));
    expect(rows).toHaveLength(await page.locator('main table').first().locator('tbody tr').count());
    await device.close();
  },
);

/** The last day of a month, as one types it. */
function monthsAgo(months: number): string {
  const now = new Date();
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0));
  return `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
}

const unquoted = (cell = '') => cell.replace(/^"(.*)"$/, '$1');

/** Numbers without the signs that only eyes need. */
const plain = (cells: string[]) =>
  cells.map((cell) =>
    cell
      .replace('−', '-')
      .replace(/^[+±](?=\d)/, '')
      .trim(),
  );
