import type { Actor } from '../organisations/organisations.model';
import type { SpaceRole } from '../spaces/spaces.model';
import { type PublicationLine, selectOwnRoles, selectPublications } from './publications.model';
import { canSee } from './publications.policy';

/** What a list shows this reader: what the row policies let through and the policy of publications lets them see. */
export async function selectListed(visitor: Actor | undefined, language: string): Promise<PublicationLine[]> {
  const rows = await selectPublications(language);
  const spaces = visitor ? await rolesBySpace(visitor, rows) : new Map();
  return rows.filter((row) => canSee(visitor, row, spaces.get(row.space_id) ?? []));
}

async function rolesBySpace(visitor: Actor, rows: readonly PublicationLine[]) {
  const ids = [...new Set(rows.flatMap(({ space_id }) => space_id ?? []))];
  const mine = await selectOwnRoles(visitor, ids);
  return new Map<string, SpaceRole[]>(mine.map(({ space_id, role }) => [space_id, [role]]));
}
