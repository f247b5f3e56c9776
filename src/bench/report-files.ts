import { spawnSync } from 'node:child_process';
import type { ReportDocument, ReportRow } from '../features/reports/documents/document';
import { ENDINGS, type Ending, piecesOf } from '../features/reports/files/report-formats';
import { formatter } from '../lib/format';
import { translator } from '../lib/i18n';

/**
 * npm run bench:files: what a file of a report costs by its rows, each in a process of its own. Memory that grows with the rows would
 * be a fault: the heap is held at 128 MB, and the highest resident memory is told beside that of a file of no rows.
 */
const SIZES: readonly [Ending, number][] = [
  ['csv', 0],
  ['csv', 1_000_000],
  ['xlsx', 0],
  ['xlsx', 1_000_000],
  ['pdf', 0],
  ['pdf', 5000],
];

/** A million rows would not fit in this, so a file that is made had no need to keep them. */
const HEAP = '--max-old-space-size=128';

function main(): void {
  console.log('format      rows   seconds   rows/s   file MB   highest memory MB');
  for (const [ending, rows] of SIZES) {
    const { stdout, status } = spawnSync(process.execPath, [HEAP, __filename, ending, String(rows)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${ending} of ${rows} rows failed`);
    console.log(stdout.trim());
  }
}

async function measure(ending: Ending, rows: number): Promise<void> {
  const reader = { lang: 'fi', t: translator('fi'), fmt: formatter('fi') } as const;
  const began = performance.now();
  let bytes = 0;
  for await (const piece of piecesOf(documentOf(rows), ending, reader)) bytes += Buffer.byteLength(piece);
  const seconds = (performance.now() - began) / 1000;
  const cells = [
    ending.padEnd(6),
    String(rows).padStart(9),
    seconds.toFixed(1).padStart(9),
    (rows / seconds).toFixed(0).padStart(8),
    (bytes / 1e6).toFixed(1).padStart(9),
    (process.resourceUsage().maxRSS / 1000).toFixed(0).padStart(19),
  ];
  console.log(cells.join(' '));
}

function documentOf(count: number): ReportDocument {
  async function* rows(): AsyncGenerator<ReportRow> {
    for (let row = 0; row < count; row += 1)
      yield [`Etunimi Sukunimi ${row}`, 'Verkkoturva', row % 9, (row % 17) / 2, 'grew', '2026-05-31', row % 100];
  }
  const kinds = ['text', 'text', 'count', 'level', 'verdict', 'date', 'percent'] as const;
  return {
    slug: 'mittaus',
    title: 'Mittaus',
    scope: 'Polkutupa ry',
    about: { n: count, coverage: 'Kaikki.', freshness: 'Tänään.', definitions: [], hidden: [] },
    sections: [
      {
        heading: 'Rivit',
        words: [],
        table: { columns: kinds.map((kind, at) => ({ key: `c${at}`, heading: `Sarake ${at}`, kind })), rows: rows() },
      },
    ],
  };
}

const [asked, rows] = process.argv.slice(2);
const ending = ENDINGS.find((one) => one === asked);
if (ending) void measure(ending, Number(rows));
else main();
