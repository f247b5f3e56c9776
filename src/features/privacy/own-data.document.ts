import { htmlLang, type Translate } from '../../lib/i18n';
import type { Actor } from '../organisations/organisations.model';
import type { ReportDocument, ReportSection } from '../reports/documents/document';
import type { OwnData, ToldKind } from './own-data.page';

/** The person's own file to keep or to take along: the same sentences as on the page. */
export function ownDataDocument(actor: Actor, { account, kinds }: OwnData, t: Translate): ReportDocument {
  const facts: [string, string | Date | null | undefined][] = [
    [t('accounts.account.name'), account?.name],
    [t('accounts.account.username'), account?.username],
    [t('privacy.account.email'), account?.email],
    [t('privacy.account.teams'), account?.teams],
    [t('privacy.account.since'), account?.started_on],
  ];
  return {
    slug: t('privacy.file'),
    title: t('privacy.heading'),
    scope: `${actor.name}, ${actor.organisation_name}`,
    about: {
      n: null,
      coverage: t('privacy.file.coverage', { organisation: actor.organisation_name }),
      freshness: t('privacy.file.freshness'),
      definitions: kinds.map(({ kind, months }) => ({
        term: t(`privacy.kind.${kind}`),
        meaning: `${t(`privacy.kind.${kind}.why`)} ${months ? t('privacy.kept', { count: months }) : t('privacy.kept.member')}`,
      })),
      hidden: [],
    },
    sections: [
      {
        heading: t('privacy.kind.account'),
        words: [t('privacy.kind.account.why')],
        table: {
          columns: [
            { key: 'what', heading: t('privacy.column.what'), kind: 'text' },
            { key: 'known', heading: t('privacy.column.known'), kind: 'text' },
          ],
          rows: facts.map(([what, known]) => [
            what,
            known instanceof Date ? known.toISOString().slice(0, 10) : (known ?? null),
          ]),
        },
      },
      ...kinds.filter(({ lines }) => lines.length > 0).map((kind) => sectionOf(kind, t)),
    ],
  };
}

function sectionOf({ kind, seenBy, lines }: ToldKind, t: Translate): ReportSection {
  return {
    heading: t(`privacy.kind.${kind}`),
    words: [`${t('common.whoSees')} ${seenBy.map((who) => t(`privacy.sees.${who}`)).join(', ')}.`],
    table: {
      columns: [
        { key: 'at', heading: t('privacy.column.when'), kind: 'date' },
        { key: 'known', heading: t('privacy.column.known'), kind: 'text' },
      ],
      rows: lines.map(({ at, words }) => [at, words]),
    },
  };
}

/** The same as data for a machine (GDPR article 20): every row as it is kept. */
export function ownDataFile(actor: Actor, rows: Record<string, Record<string, object[]>>, now = new Date()) {
  return {
    format: 'oppiva-own-data',
    version: 1,
    made_at: now.toISOString(),
    language: htmlLang(actor.language),
    organisation: { id: actor.organisation_id, name: actor.organisation_name },
    person: { id: actor.id, name: actor.name, username: actor.username },
    data: rows,
  };
}
