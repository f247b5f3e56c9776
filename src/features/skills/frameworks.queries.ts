import { db } from '../../lib/db';
import { contentLanguages, type Language } from '../../lib/i18n';
import type { NodeKind, TextStatus } from './framework';
import type { FrameworkRow } from './frameworks.model';

/** How many texts of a framework have each standing, by language. */
export interface TextCount {
  framework_id: string;
  language: Language;
  status: TextStatus;
  count: number;
}

/** Those of the installation and the organisation's own: the one in use by default first. */
export const selectFrameworks = (organisationId: string) =>
  db()('frameworks')
    .where((visible) => visible.whereNull('organisation_id').orWhere({ organisation_id: organisationId }))
    .orderBy([{ column: 'is_default', order: 'desc' }, { column: 'key' }, { column: 'version', order: 'desc' }])
    .select<FrameworkRow[]>('*');

export const countTexts = (organisationId: string) =>
  db().raw<{ rows: TextCount[] }>(
    `select n.framework_id, t.language, t.status, count(*)::int as count
     from frameworks f join framework_nodes n on n.framework_id = f.id join framework_texts t on t.node_id = n.id
     where f.organisation_id is null or f.organisation_id = ? group by 1, 2, 3`,
    [organisationId],
  );

export interface ShownText {
  text: string;
  language: Language;
  status: TextStatus;
}

export interface ShownNode {
  kind: NodeKind;
  code: string;
  parent_code: string | null;
  data: { band?: string; level?: number; levels?: number[]; type?: string; kind?: string };
  texts: Record<string, ShownText | undefined>;
}

/**
 * Parts of a version in the reader's language, or the next best there is, in the order of its file. `within`: only what
 * belongs to that code, and the code itself.
 */
export function selectParts(
  organisationId: string,
  key: string,
  version: string,
  kinds: NodeKind[],
  language: Language,
  within: string | null,
) {
  const languages = contentLanguages(language);
  return db().raw<{ rows: ShownNode[] }>(
    `select n.kind, n.code, n.parent_code, n.data, coalesce(t.texts, '{}') as texts
     from frameworks f join framework_nodes n on n.framework_id = f.id
     left join lateral (
       select jsonb_object_agg(field, jsonb_build_object('text', text, 'language', language, 'status', status)) as texts
       from (select distinct on (field) field, text, language, status from framework_texts
         where node_id = n.id order by field, array_position(?, language)) chosen) t on true
     where (f.organisation_id is null or f.organisation_id = ?) and f.key = ? and f.version = ? and n.kind = any(?)
       and (?::text is null or n.parent_code = ? or (n.kind = 'competence' and n.code = ?) or n.kind in ('band', 'level'))
     order by n.position`,
    [languages, organisationId, key, version, kinds, within, within, within] as never,
  );
}
