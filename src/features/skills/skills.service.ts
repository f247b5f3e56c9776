import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { atomically, together } from '../../lib/db';
import { ROOT } from '../../lib/root';
import { recordAudit } from '../audit/audit.model';
import { addToPoint, type EstimatePoint, estimateAt, showsAtLeast } from './estimate';
import { contentHash, type Framework } from './framework';
import { readFramework } from './framework-file';
import {
  findFramework,
  hasDefaultFramework,
  insertFramework,
  lockFrameworks,
  replaceContent,
  setFramework,
} from './frameworks.model';
import {
  deleteAllOwnViews,
  deleteOwnObservation,
  deleteOwnViews,
  findLastPointBefore,
  insertObservation,
  keepEstimate,
  lockSkill,
  type Observation,
  replacePointsFrom,
  type SkillOf,
  type SkillPoint,
  selectObservationsFrom,
} from './observations.model';
import { HELP_ANSWERS, helpLevel } from './self-assessment';
import { forgetFramework } from './skills.model';

const OUR_FILE = path.join(ROOT, 'src', 'data', 'skills.json');

export type ImportOutcome = 'imported' | 'changed' | 'unchanged';

/**
 * Puts a version of a framework beside the others, or in place of the same version. Safe to call twice: the same content
 * changes nothing. Our own framework is the one that pages speak with. With an organisation it is theirs alone.
 */
export function importFramework(framework: Framework, organisationId: string | null = null): Promise<ImportOutcome> {
  return atomically(async () => {
    const { nodes: _, targets: __, ...about } = framework;
    const content_hash = contentHash(framework);
    await lockFrameworks();
    const known = await findFramework(organisationId, framework.key, framework.version);
    if (known?.content_hash === content_hash) return 'unchanged';

    const id = known?.id ?? randomUUID();
    if (known) await setFramework(id, { ...about, content_hash });
    else
      await insertFramework({
        ...{ id, ...about, content_hash, organisation_id: organisationId },
        is_default: organisationId === null && framework.key === 'oppiva',
      });
    await replaceContent(id, framework);
    forgetFramework();
    return known ? 'changed' : 'imported';
  });
}

/** At the first start: the framework that ships with the product. True when it was brought in. */
export function importOwnFramework(): Promise<boolean> {
  return atomically(async () => {
    await lockFrameworks();
    if (await hasDefaultFramework()) return false;
    await importFramework(readFramework(await fs.readFile(OUR_FILE, 'utf8')));
    return true;
  });
}

export type NewObservation = Pick<
  Observation,
  'person_id' | 'competence_code' | 'source' | 'level' | 'observed_at' | 'origin_type' | 'origin_id'
> &
  Partial<Pick<Observation, 'help_level' | 'share_right' | 'note'>> & {
    /** Who saw it, when it was not the actor; null for somebody without an account, who then has a `rater_name`. */
    seen_by?: { id: string | null; name: string };
  };

/**
 * Keeps a piece of evidence and brings the person's estimate up to it, also when it is older than others. Safe to call
 * twice with the same origin. Without a level the help level stands for one (see `helpLevel`).
 * Throws a RangeError for a level outside 0..8, a date that is none, or neither level nor help level.
 */
export function recordObservation(
  actor: { id: string; organisation_id: string },
  { help_level = null, share_right = null, note = '', seen_by, ...observation }: NewObservation,
): Promise<void> {
  return atomically(async () => {
    const row = { ...observation, help_level, share_right, note, organisation_id: actor.organisation_id };
    const rater = seen_by ? { recorded_by: seen_by.id, rater_name: seen_by.name } : { recorded_by: actor.id };
    evidenceOf(row);
    await lockSkill(row);
    if (!(await insertObservation({ ...row, ...rater }))) return;
    await rebuildFrom(row, row.observed_at);
    await recordAudit(actor, 'skill.observed', { type: 'person', id: row.person_id }, { source: row.source });
  });
}

/** Takes back all that a person has said of one of their own skills; what others saw stays. False when there was nothing. */
export function withdrawOwnView(actor: { id: string; organisation_id: string }, code: string): Promise<boolean> {
  return atomically(async () => {
    const skill = { organisation_id: actor.organisation_id, person_id: actor.id, competence_code: code };
    await lockSkill(skill);
    const oldest = await deleteOwnViews(skill);
    if (!oldest) return false;
    await rebuildFrom(skill, oldest);
    await recordAudit(actor, 'skill.own-view-withdrawn', { type: 'person', id: actor.id });
    return true;
  });
}

/** Takes back all own views of all skills, with every answer. How many skills they were of. */
export function withdrawAllOwnViews(actor: { id: string; organisation_id: string }): Promise<number> {
  return atomically(async () => {
    const oldest = await deleteAllOwnViews(actor.organisation_id, actor.id);
    for (const [competence_code, from] of oldest)
      await rebuild({ organisation_id: actor.organisation_id, person_id: actor.id, competence_code }, from);
    if (oldest.size > 0) await recordAudit(actor, 'skill.own-view-withdrawn', { type: 'person', id: actor.id });
    return oldest.size;
  });
}

/**
 * Takes one piece of evidence away that is the person's own to take: an own view, or what somebody said at their invitation.
 * Undefined when there is no such piece.
 */
export function removeOwnObservation(
  actor: { id: string; organisation_id: string },
  id: string,
): Promise<Observation | undefined> {
  return atomically(async () => {
    const gone = await deleteOwnObservation(actor.organisation_id, actor.id, id);
    if (!gone) return undefined;
    await rebuild(gone, gone.observed_at);
    await recordAudit(actor, 'skill.own-view-withdrawn', { type: 'person', id: actor.id }, { source: gone.source });
    return gone;
  });
}

/**
 * Makes the points of a skill anew from `from` on, after a piece of evidence came to count or ceased to. In the caller's
 * transaction; changes of the same skill wait for its end.
 */
export async function rebuild(skill: SkillOf, from: Date): Promise<void> {
  await lockSkill(skill);
  await rebuildFrom(skill, from);
}

/** Makes the points from `from` on again out of the observations, and the estimate with them. */
async function rebuildFrom(skill: SkillOf, from: Date): Promise<void> {
  const [before, since] = await together(findLastPointBefore(skill, from), selectObservationsFrom(skill, from));
  // A point from before such evidence was told apart: none can be added to it.
  if (before?.either_weight === null) return rebuildFrom(skill, new Date(0));
  const points = new Map<number, SkillPoint>();
  let last: EstimatePoint | undefined = before && { ...before, at: before.observed_at };
  for (const observation of since) {
    last = addToPoint(last, evidenceOf(observation));
    // Several at the same moment make one point: the last one holds them all.
    points.set(last.at.getTime(), pointRow(skill, last));
  }
  const made = [...points.values()];
  await replacePointsFrom(skill, from, made);
  await keepEstimate(skill, made.at(-1) ?? before);
}

/** A point as it is stored. */
export function pointRow(
  { organisation_id, person_id, competence_code }: SkillOf,
  { at, ...point }: EstimatePoint,
): SkillPoint {
  const { self_weight, self_levels, self_squares, other_weight, other_levels, other_squares } = point;
  const { either_weight, either_levels } = point;
  const { level, weight } = estimateAt({ at, ...point }, at);
  return {
    organisation_id,
    person_id,
    competence_code,
    observed_at: at,
    level: level ?? 0,
    weight,
    verified: other_weight > 0,
    self_weight,
    self_levels,
    self_squares,
    other_weight,
    other_levels,
    other_squares,
    either_weight,
    either_levels,
  };
}

function evidenceOf({ source, level, help_level, observed_at, origin_type }: Observed) {
  const answer = help_level === null ? undefined : HELP_ANSWERS[help_level];
  const meant = level ?? (answer && helpLevel(answer));
  if (meant === undefined) throw new RangeError('An observation has a level or a help level');
  if (!(meant >= 0 && meant <= 8)) throw new RangeError('A level lies between 0 and 8');
  return { source, level: meant, at: observed_at, atLeast: showsAtLeast({ source, origin_type }) };
}

type Observed = Pick<Observation, 'source' | 'level' | 'help_level' | 'observed_at' | 'origin_type'>;
