import { type Day, noonOf } from '../../../lib/calendar';
import type { PartyCount } from '../../processes/participation';
import type { Process } from '../../processes/processes.model';
import type { Target } from '../../processes/processes.queries';
import { said } from '../../processes/words';
import { hiddenCell, type ReportDocument, type ReportRow } from './document';
import type { Reader } from './document-cells';

export interface ProjectOf {
  process: Process & { keeper: string | null };
  targets: readonly Target[];
  actuals: Record<string, number>;
  counts: readonly PartyCount[];
  /** The smallest group that is told of. */
  least: number;
  today: Day;
}

/** What a project promised in numbers and where it is; each number says how it was counted and where the promise is from. */
export function projectDocument(
  { process, targets, actuals, counts, least, today }: ProjectOf,
  reader: Reader,
): ReportDocument {
  const { t, fmt, lang } = reader;
  const language = lang as Parameters<typeof said>[1];
  const column = (key: string, kind: 'text' | 'count') =>
    ({ key, heading: t(`processes.report.${key}`), kind }) as const;
  const question = said(process.question, language).text;
  const answer = said(process.answer, language).text || t('processes.answer.none');
  return {
    slug: t('processes.report.file'),
    title: `${t('processes.report')}: ${said(process.title, language).text}`,
    scope: process.keeper ?? '',
    about: {
      n: null,
      coverage: t('processes.report.about'),
      freshness: t('processes.report.fresh', { date: fmt.date(noonOf(today)) }),
      definitions: [],
      hidden: [],
    },
    sections: [
      { heading: t('processes.report.answer'), words: [`${question} (${process.target_year})`, answer] },
      {
        heading: t('processes.report.numbers'),
        words: [],
        table: {
          columns: [
            column('item', 'text'),
            column('target', 'count'),
            column('actual', 'count'),
            column('how', 'text'),
            column('source', 'text'),
          ],
          rows: targets.map((target): ReportRow => {
            const actual = actualOf(target, actuals);
            const few = target.counted === 'people' && actual !== null && actual > 0 && actual < least;
            const shown = few ? hiddenCell('small', least) : (actual ?? t('processes.report.none'));
            const name = said(target.title, language).text;
            return [name, target.target, shown, howCounted(target, reader), target.source];
          }),
        },
      },
      {
        heading: t('processes.report.participation'),
        words: [],
        table: {
          columns: [
            { key: 'kind', heading: t('processes.party.kind.label'), kind: 'text' },
            { key: 'organisations', heading: t('processes.party.label'), kind: 'count' },
            { key: 'people', heading: t('processes.party.people'), kind: 'count' },
          ],
          rows: counts.map(
            ({ kind, organisations, people }): ReportRow => [
              t(`processes.party.kind.${kind}`, { count: organisations }),
              organisations,
              people ?? hiddenCell('small', least),
            ],
          ),
        },
      },
    ],
  };
}

const actualOf = ({ counted, actual }: Target, actuals: Record<string, number>): number | null =>
  counted === 'by-hand' ? actual : (actuals[counted] ?? null);

function howCounted({ counted, actual, actual_source, actual_on }: Target, { t, fmt }: Reader): string {
  const how = t(`processes.counted.${counted}`);
  if (counted !== 'by-hand' || actual === null || !actual_on) return how;
  return `${how} ${t('processes.report.asOf', { source: actual_source, date: fmt.date(noonOf(actual_on)) })}`;
}
