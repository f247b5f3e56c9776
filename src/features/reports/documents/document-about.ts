import { noonOf } from '../../../lib/calendar';
import type { ReportDocument } from './document';
import type { Reader } from './document-cells';

export type AboutLine = readonly [term: string, words: string];

/** What a file says of itself, as terms and sentences: the same, in the same order, in CSV, Excel and PDF. */
export function aboutLines(document: ReportDocument, { t, fmt }: Reader): AboutLine[] {
  const { title, scope, period, about, sections } = document;
  const days = period && { from: fmt.date(noonOf(period.from)), to: fmt.date(noonOf(period.to)) };
  const lines: AboutLine[] = [
    [t('reports.about.title'), title],
    [t('reports.about.scope'), scope],
    ...(days ? [[t('reports.about.period'), t('reports.about.days', days)] as const] : []),
    ...sections.flatMap(({ heading, words }) => words.map((sentence): AboutLine => [heading, sentence])),
    ...aboutParts(document, { t }),
  ];
  return about.definitions.length > 0
    ? [...lines, ...about.definitions.map(({ term, meaning }): AboutLine => [term, meaning])]
    : lines;
}

/** n, coverage, freshness and what was hidden, as terms and sentences; what is empty is left out. */
export function aboutParts({ about }: ReportDocument, { t }: Pick<Reader, 't'>): AboutLine[] {
  const lines: AboutLine[] = [
    [t('reports.about.n'), about.n === null ? '' : t('reports.people', { count: about.n })],
    [t('reports.about.coverage'), about.coverage],
    [t('reports.about.freshness'), about.freshness],
    [t('reports.about.hidden'), about.hidden.length > 0 ? about.hidden.join(' ') : t('reports.about.nothingHidden')],
  ];
  return lines.filter(([, words]) => words !== '');
}
