import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';

export const TEMPLATES = ['sprout', 'berries', 'boat', 'path', 'lock', 'hands'] as const;
export type Template = (typeof TEMPLATES)[number];

/** words: what the picture shows, for those who do not see it. */
export type AchievementText = { name: string; criteria: string; words: string };

/** What a badge is; once given it does not change. */
export interface Achievement {
  id: string;
  organisation_id: string;
  course_id: string | null;
  path_id: string | null;
  texts: Partial<Record<Language, AchievementText>>;
  template: Template;
  competences: { code: string; level: number | null }[];
  valid_months: number | null;
  created_by: string | null;
  created_at: Date;
  retired_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    achievements: Achievement;
  }
}

export const findAchievement = (organisationId: string, id: string): Promise<Achievement | undefined> =>
  db()('achievements').where({ organisation_id: organisationId, id }).first();

/** Those that are given now, the newest first. */
export const selectAchievements = (organisationId: string): Promise<Achievement[]> =>
  db()('achievements')
    .where({ organisation_id: organisationId, retired_at: null })
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200);

/** False when the form was sent before. */
export async function insertAchievement(row: Omit<Achievement, 'created_at' | 'retired_at'>): Promise<boolean> {
  const made = await db()('achievements')
    .insert({
      ...row,
      texts: JSON.stringify(row.texts) as never,
      competences: JSON.stringify(row.competences) as never,
    })
    .onConflict('id')
    .ignore()
    .returning('id');
  return made.length > 0;
}

/** False when it was retired before. */
export async function retireAchievement({ id, organisation_id }: Achievement): Promise<boolean> {
  const changed = await db()('achievements')
    .where({ organisation_id, id, retired_at: null })
    .update({ retired_at: new Date() });
  return changed > 0;
}

/** Whose achievement it is; for pages that anybody may read. */
export async function organisationOfAchievement(id: string): Promise<string | undefined> {
  const { rows } = await db().raw('select open_achievement(?) as organisation_id', [id]);
  return rows[0]?.organisation_id ?? undefined;
}
