import { db } from '../../lib/db';

/** What a person lets their supervisor see beyond the agreed profile. An empty code means all skills. */
export interface SkillShare {
  organisation_id: string;
  person_id: string;
  competence_code: string;
  what: 'level' | 'notes';
  shared_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    skill_shares: SkillShare;
  }
}

export const selectShares = (organisationId: string, personId: string) =>
  db()('skill_shares')
    .where({ organisation_id: organisationId, person_id: personId })
    .orderBy(['competence_code', 'what'])
    .select<SkillShare[]>('*');

/** Gives or takes back; safe to call again. It holds from the next page on. */
export async function setShare(
  { id, organisation_id }: { id: string; organisation_id: string },
  { competence_code, what }: Pick<SkillShare, 'competence_code' | 'what'>,
  isShared: boolean,
): Promise<void> {
  const row = { organisation_id, person_id: id, competence_code, what };
  if (isShared) await db()('skill_shares').insert(row).onConflict().ignore();
  else await db()('skill_shares').where(row).delete();
}

/** Whether the shares cover this of a skill. */
export function isShared(
  shares: readonly Pick<SkillShare, 'competence_code' | 'what'>[],
  code: string,
  what: SkillShare['what'],
) {
  return shares.some(
    (share) => share.what === what && (share.competence_code === '' || share.competence_code === code),
  );
}
