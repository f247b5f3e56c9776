import type { Knex } from 'knex';
import { db } from '../../lib/db';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

export interface MissingText {
  language: string;
  kind: string;
  field: string;
  code: string;
  /** The text in the first language that has one. */
  other: string;
  other_language: string;
  total: number;
}

const TEXTS_SHOWN = 100;

/** Texts that some language has and this one lacks; easy Finnish counts where any text of the version is in it. */
export const selectMissing = (frameworkId: string, language: string): Rows<MissingText> =>
  db().raw(
    `select ?::text as language, n.kind, t.field, n.code, min(t.text) as other, min(t.language) as other_language,
       count(*) over ()::int as total
     from frameworks f join framework_nodes n on n.framework_id = f.id
     join lateral (select distinct on (x.field) x.field, x.text, x.language from framework_texts x where x.node_id = n.id
       order by x.field, array_position(array['fi', 'en', 'sv', 'fi-x-selko'], x.language)) t on true
     where f.id = ? and not exists (select from framework_texts y where y.node_id = n.id and y.field = t.field
       and y.language = ?)
     group by n.kind, t.field, n.code, n.position order by n.position, t.field limit ${TEXTS_SHOWN}`,
    [language, frameworkId, language] as never,
  );

export interface OpenText {
  id: string;
  kind: string;
  code: string;
  field: string;
  text: string;
  total: number;
}

/** Texts of a language that nobody has reviewed. */
export const selectUnreviewed = (frameworkId: string, language: string): Rows<OpenText> =>
  db().raw(
    `select t.node_id || '/' || t.field as id, n.kind, n.code, t.field, t.text, count(*) over ()::int as total
     from frameworks f join framework_nodes n on n.framework_id = f.id join framework_texts t on t.node_id = n.id
     where f.id = ? and t.language = ? and t.status = 'unreviewed' order by n.position, t.field limit ${TEXTS_SHOWN}`,
    [frameworkId, language],
  );

/** Marks texts of an organisation's own framework as reviewed; of any other it does nothing. Returns how many. */
export async function markReviewed(
  organisationId: string,
  frameworkId: string,
  language: string,
  ids: readonly string[],
): Promise<number> {
  const { rows } = await db().raw(
    `update framework_texts t set status = 'reviewed' from framework_nodes n join frameworks f on f.id = n.framework_id
     where n.id = t.node_id and f.id = ? and f.organisation_id = ? and t.language = ? and t.status = 'unreviewed'
       and t.node_id || '/' || t.field = any(?) returning 1`,
    [frameworkId, organisationId, language, [...ids]],
  );
  return rows.length;
}
