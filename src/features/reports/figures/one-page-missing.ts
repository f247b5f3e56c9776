import { OTHERS, releasedTable } from '../closing/release';
import { leastOf } from '../closing/skill-ends';
import type { ReportSection } from '../documents/document';
import type { Reader } from '../documents/document-cells';
import type { OnePage, PartRow } from '../pages/one-page.queries';

interface Missing {
  page: Pick<OnePage, 'parts' | 'languages' | 'k'>;
  isTeam: boolean;
  organisationId: string;
}

/**
 * Who is missing, only as groups that are large enough and only in words: where fewer than half have begun, languages that
 * people read and lessons lack. Numbers by team would tell of those in small teams by subtraction.
 */
export function missingSection({ page, isTeam, organisationId }: Missing, { t }: Reader): ReportSection {
  const { parts, languages, k } = page;
  const told = parts.filter((part) => part.people >= leastOfPart(part, k));
  const whole = told.find((part) => part.relation === null && (isTeam || part.scope_id === organisationId));
  const teams = told.filter((part) => !isTeam && part.scope_id !== organisationId && isFew(part));
  const relations = told.filter((part) => part.relation !== null && part.scope_id === organisationId && isFew(part));
  const readers = releasedTable(
    languages.map(({ language, people }) => ({ keys: [language], n: people })),
    k,
  );
  const easy = languages.find(({ language }) => language === 'fi-x-selko');
  return {
    heading: t('reports.page.missing'),
    words: [
      whole ? t(`reports.page.missing.begun.${shareOf(whole)}`) : t('reports.page.missing.small', { least: k }),
      ...(teams.length > 0
        ? [t('reports.page.missing.teams', { names: teams.map(({ name }) => name).join(', ') })]
        : []),
      ...(relations.length > 0
        ? [
            t('reports.page.missing.relations', {
              names: relations.map(({ relation }) => t(`reports.page.relation.${relation}`)).join(', '),
            }),
          ]
        : []),
      ...(easy && easy.lessons < easy.total
        ? [t('reports.page.missing.easy', { count: easy.total - easy.lessons, total: easy.total })]
        : []),
    ],
    ...(!isTeam && {
      table: {
        columns: [
          { key: 'language', heading: t('reports.page.language'), kind: 'text' },
          { key: 'people', heading: t('reports.page.readers'), kind: 'text' },
          { key: 'lessons', heading: t('reports.column.lessons'), kind: 'text' },
        ] as const,
        rows: languages.map(({ language, lessons, total }) => {
          const row = readers.find(({ keys: [key] }) => key === language);
          const pooled = readers.some(({ keys: [key] }) => key === OTHERS);
          return [
            t(`reports.page.language.${language}`),
            row ? String(row.n) : pooled ? t('reports.page.readers.some') : t('reports.page.readers.few'),
            `${lessons} / ${total}`,
          ];
        }),
      },
    }),
  };
}

const leastOfPart = ({ has_clients }: PartRow, k: number) => leastOf(has_clients ? [{ relation: 'client' }] : [], k);
const isFew = ({ people, started }: PartRow) => 2 * started < people;

function shareOf({ people, started }: PartRow): 'most' | 'half' | 'few' {
  if (isFew({ people, started } as PartRow)) return 'few';
  return 4 * started >= 3 * people ? 'most' : 'half';
}
