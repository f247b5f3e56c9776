import type { Knex } from 'knex';
import { db } from '../../lib/db';
import type { FrameworkNode } from '../skills/framework';
import type { FrameworkRow } from '../skills/frameworks.model';

type Rows<R> = Knex.Raw<{ rows: R[] }>;

const VISIBLE = '(f.organisation_id is null or f.organisation_id = ?)';

/** A version of the installation's or of the organisation's own; undefined for anybody else's. */
export async function findVersion(
  organisationId: string,
  key: string,
  version: string,
): Promise<FrameworkRow | undefined> {
  const { rows } = await db().raw(`select f.* from frameworks f where ${VISIBLE} and f.key = ? and f.version = ?`, [
    organisationId,
    key,
    version,
  ]);
  return rows[0];
}

/** The same by id. */
export async function findFrameworkById(organisationId: string, id: string): Promise<FrameworkRow | undefined> {
  const { rows } = await db().raw(`select f.* from frameworks f where ${VISIBLE} and f.id::text = ?`, [
    organisationId,
    id,
  ]);
  return rows[0];
}

/** Every area, skill and can-do line of a version with all its texts, in the order of its file. */
export const selectTree = (frameworkId: string): Rows<FrameworkNode> =>
  db().raw(
    `select n.kind, n.code, n.parent_code, n.data, coalesce((select jsonb_agg(jsonb_build_object('language', t.language,
         'field', t.field, 'text', t.text, 'status', t.status) order by t.language, t.field) from framework_texts t
         where t.node_id = n.id), '[]') as texts
     from frameworks f join framework_nodes n on n.framework_id = f.id
     where f.id = ? and n.kind in ('area', 'competence', 'can_do') order by n.position`,
    [frameworkId],
  );
