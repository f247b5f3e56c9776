import { db } from '../../lib/db';
import type { Visibility } from '../loop/kinds';

/** A card of the kind finding, as the library shows it. */
export interface Finding {
  id: string;
  organisation_id: string;
  space_id: string | null;
  visibility: Visibility;
  title: string;
  body: { what?: string };
  theme: string;
  population_group: string | null;
  language: string;
  created_at: Date;
  keeper: string;
  /** How many ideas came of it. */
  ideas: number;
}

/** The library: findings that the reader in scope may see, with how many ideas came of each; or one of them. */
export async function selectFindings(id: string | null = null): Promise<Finding[]> {
  const { rows } = await db().raw(
    `select c.*, o.name as keeper, (select count(*)::int from loop_links l
       where l.from_kind = 'finding' and l.from_id = c.id and l.to_kind = 'idea') as ideas
     from cards c join organisations o on o.id = c.organisation_id
     where c.kind = 'finding' and c.merged_into is null and (:id::text is null or c.id::text = :id)
     order by c.created_at desc, c.title, c.id limit 300`,
    { id },
  );
  return rows;
}
