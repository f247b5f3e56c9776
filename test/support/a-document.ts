import type { ReportCell, ReportChart, ReportDocument } from '../../src/features/reports/documents/document';
import { hiddenCell } from '../../src/features/reports/documents/document';
import type { Reader } from '../../src/features/reports/documents/document-cells';
import { formatter } from '../../src/lib/format';
import { type Language, translator } from '../../src/lib/i18n';

export const readerIn = (lang: Language): Reader => ({ lang, t: translator(lang), fmt: formatter(lang) });

/** Texts that a spreadsheet could take for a formula, and a page for markup. */
export const HOSTILE = ['=HYPERLINK("http://evil.example";"x")', '@SUM(A1)', '-2+3', '<script>alert(1)</script>'];

const ROWS: ReportCell[][] = [
  ['4.2', 'Verkkoturva', 'grew', 0.84, 0.21, 1.44, 13, 46.2, 4.06, '2026-05-31', new Date('2026-05-31T07:20:00Z')],
  ['2.1', 'Viestit, puhelut ja videotapaamiset', 'cannot-tell', -0.04, -0.62, 0.96, 1234, 7, 3.5, null, null],
  ['1.2', HOSTILE[0] as string, 'fell', -0.7, -1.2, -0.2, 6, 'Useimmat', 2, '2026-01-01', null],
  ['1.3', 'Pieni ryhmä', ...Array<ReportCell>(9).fill(hiddenCell('small', 5))],
];

/** A document with every kind of column, a hidden row, words in place of a number, a chart and hostile texts. */
export function aDocument(values: Partial<ReportDocument> = {}, chart: Partial<ReportChart> = {}): ReportDocument {
  return {
    slug: 'kasvu',
    title: 'Kasvu & osaaminen',
    scope: 'Tiimi <yö>',
    period: { from: '2025-11-30', to: '2026-05-31' },
    about: {
      n: 13,
      coverage: 'Tiimissä on 15 henkilöä. Heistä 13 on mukana.',
      freshness: 'Vanhin tieto on 4 kuukautta vanha.',
      definitions: [{ term: 'Kasvoi', meaning: HOSTILE[1] as string }],
      hidden: ['Yksi taito on piilotettu.'],
    },
    sections: [
      {
        heading: 'Muutos tasoina',
        words: ['Yksi taito kasvoi.', HOSTILE[3] as string],
        chart: {
          kind: 'interval',
          label: 'skill',
          values: ['mean'],
          low: 'low',
          high: 'high',
          finding: 'Verkkoturva kasvoi <eniten>.',
          ...chart,
        },
        table: {
          columns: [
            { key: 'code', heading: 'Tunnus', kind: 'text', filesOnly: true },
            { key: 'skill', heading: 'Taito', kind: 'text' },
            { key: 'change', heading: 'Muutos', kind: 'verdict' },
            { key: 'mean', heading: 'Keskimäärin', kind: 'change' },
            { key: 'low', heading: 'Alkaa', kind: 'change' },
            { key: 'high', heading: 'Päättyy', kind: 'change' },
            { key: 'people', heading: 'Henkilöitä', kind: 'count' },
            { key: 'share', heading: 'Osuus, %', kind: 'percent' },
            { key: 'level', heading: 'Taso', kind: 'level' },
            { key: 'day', heading: 'Päivä', kind: 'date' },
            { key: 'seen', heading: 'Nähty', kind: 'moment' },
          ],
          rows: ROWS,
        },
      },
    ],
    ...values,
  };
}
