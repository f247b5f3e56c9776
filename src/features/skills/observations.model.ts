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
  /** The name that a rater without an account gave; else empty. */
  rater_name: string;
  /**
   * Where it came from. 'looking-back': an own view of an earlier time, given afterwards; `observed_at` is the time it is about
   * and `recorded_at` when it was said. It tells growth of one's own view better than what was thought then (domain 4.1), so
   * growth of own views takes it as the view of that time when there is one.
   */
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
    /** Observations without what is contested and not settled, and what its rater withdrew. */
    counted_observations: Observation;
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
export async function insertObservation(
  row: Omit<Observation, 'id' | 'recorded_at' | 'rater_name'> & { rater_name?: string },
): Promise<boolean> {
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
  return db()('counted_observations')
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
  const observations = db()('counted_observations').where({ organisation_id, person_id, competence_code }).count();
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

/**
 * Takes one piece of evidence away that is the person's own to take (the row policy says which), and the answers it came from.
 * Returns it, or undefined.
 */
export async function deleteOwnObservation(organisationId: string, personId: string, id: string) {
  const [gone] = await db()('observations')
    .where({ organisation_id: organisationId, person_id: personId, id })
    .whereIn('source', ['self', 'peer', 'experience_expert'])
    .delete()
    .returning('*');
  if (gone?.source === 'self' && /^[0-9a-f-]{36}$/.test(gone.origin_id))
    await db()
      .table('self_assessment_answers')
      .where({ organisation_id: organisationId, person_id: personId, competence_code: gone.competence_code })
      .where('self_assessment_id', gone.origin_id)
      .delete();
  return gone;
}

/** Takes all own views of all skills away, with every answer. Returns the oldest date of each skill. */
export async function deleteAllOwnViews(organisationId: string, personId: string): Promise<Map<string, Date>> {
  const ours = { organisation_id: organisationId, person_id: personId };
  await db().table('self_assessments').where(ours).whereNotNull('submitted_at').delete();
  const gone = await db()('observations')
    .where({ ...ours, source: 'self' })
    .delete()
    .returning(['competence_code', 'observed_at']);
  const oldest = new Map<string, Date>();
  for (const { competence_code, observed_at } of gone) {
    const known = oldest.get(competence_code);
    if (!known || observed_at < known) oldest.set(competence_code, observed_at);
  }
  return oldest;
}

/** The observation that came from one origin; undefined when there is none. */
export async function findByOrigin(
  { organisation_id, id }: { organisation_id: string; id: string },
  origin: Pick<Observation, 'origin_type' | 'origin_id'>,
): Promise<Observation | undefined> {
  return db()('observations')
    .where({ organisation_id, person_id: id, ...origin })
    .first();
}
