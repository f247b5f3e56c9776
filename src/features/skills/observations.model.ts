import { db } from '../../lib/db';
import type { EstimatePoint, Source } from './estimate';

/** What was seen of a person's skill on a day. Never changed afterwards. */
export interface Observation {
  id: string;
  organisation_id: string;
  person_id: string;
  competence_code: string;
  source: Source;
  /** 0 is "below level 1", 8 the highest; null when only the help level is known. */
  level: number | null;
  /** 0 could not, 1 with help, 2 on my own, 3 can guide others. */
  help_level: 0 | 1 | 2 | 3 | null;
  /** 0..1 */
  share_right: number | null;
  observed_at: Date;
  recorded_at: Date;
  recorded_by: string | null;
  origin_type: string;
  origin_id: string;
  note: string;
}

type Sums = Omit<EstimatePoint, 'at'>;

/** What was known after an observation; `estimateAt` works out any later date from it. */
export interface SkillPoint extends Sums {
  organisation_id: string;
  person_id: string;
  competence_code: string;
  observed_at: Date;
  level: number;
  weight: number;
  /** Whether anyone but the person has seen it. */
  verified: boolean;
}

export interface SkillEstimate extends SkillPoint {
  observations: number;
}

declare module 'knex/types/tables' {
  interface Tables {
    observations: Observation;
    skill_points: SkillPoint;
    skill_estimates: SkillEstimate;
  }
}

export interface SkillOf {
  organisation_id: string;
  person_id: string;
  competence_code: string;
}

/** False when the same piece of evidence is there already. */
export async function insertObservation(row: Omit<Observation, 'id' | 'recorded_at'>): Promise<boolean> {
  const inserted = await db()('observations')
    .insert(row)
    .onConflict(['person_id', 'origin_type', 'origin_id', 'competence_code'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

/** Makes changes of one skill of one person wait for each other until their transactions end. */
export async function lockSkill({ person_id, competence_code }: SkillOf): Promise<void> {
  await db().raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`skill ${person_id} ${competence_code}`]);
}

export function selectObservationsFrom({ organisation_id, person_id, competence_code }: SkillOf, from: Date) {
  return db()('observations')
    .where({ organisation_id, person_id, competence_code })
    .where('observed_at', '>=', from)
    .orderBy(['observed_at', 'recorded_at', 'id']);
}

export function findLastPointBefore({ organisation_id, person_id, competence_code }: SkillOf, date: Date) {
  return db()('skill_points')
    .where({ organisation_id, person_id, competence_code })
    .where('observed_at', '<', date)
    .orderBy('observed_at', 'desc')
    .first();
}

export async function replacePointsFrom(skill: SkillOf, from: Date, points: SkillPoint[]): Promise<void> {
  const { organisation_id, person_id, competence_code } = skill;
  await db()('skill_points')
    .where({ organisation_id, person_id, competence_code })
    .where('observed_at', '>=', from)
    .delete();
  if (points.length > 0) await db()('skill_points').insert(points);
}

/** The newest point becomes the estimate; without one nothing is known any more. */
export async function keepEstimate(skill: SkillOf, last: SkillPoint | undefined): Promise<void> {
  const { organisation_id, person_id, competence_code } = skill;
  if (!last) {
    await db()('skill_estimates').where({ organisation_id, person_id, competence_code }).delete();
    return;
  }
  const observations = db()('observations').where({ organisation_id, person_id, competence_code }).count();
  await db()('skill_estimates')
    .insert({ ...last, observations: observations as never })
    .onConflict(['organisation_id', 'person_id', 'competence_code'])
    .merge();
}

/**
 * Takes the person's own views of one competence away, and the answers they came from. Returns the date of the oldest view,
 * or null when there was none.
 */
export async function deleteOwnViews({ organisation_id, person_id, competence_code }: SkillOf): Promise<Date | null> {
  await db().table('self_assessment_answers').where({ organisation_id, person_id, competence_code }).delete();
  const gone = await db()('observations')
    .where({ organisation_id, person_id, competence_code, source: 'self' })
    .delete()
    .returning('observed_at');
  const dates = gone.map(({ observed_at }) => observed_at.getTime());
  return dates.length > 0 ? new Date(Math.min(...dates)) : null;
}
