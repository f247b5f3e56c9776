import { isDeepStrictEqual } from 'node:util';
import { atomically, db } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { POLICY, USUAL_WEIGHTS, useWeights, type Weights } from './estimate';
import { rebuild } from './skills.service';

/** Makes the points of one organisation again, after the weights changed. */
export const WEIGH_JOB = 'skills.weigh-again';
const SKILLS_AT_ONCE = 200;

/**
 * At the start: the weights of the settings count from now on. When they differ from those that the points were made with,
 * every organisation's points are made again by jobs; figures of closed months stay. Safe to call in several instances.
 */
export async function decideWeights(decided: Partial<Weights>): Promise<void> {
  useWeights(decided);
  await atomically(async () => {
    const now = { ...POLICY.baseWeight };
    await db().raw('select pg_advisory_xact_lock(hashtext(?))', ['skill weights']);
    const known = await db().table('skill_weights').first('weights');
    if (isDeepStrictEqual(known?.weights ?? { ...USUAL_WEIGHTS }, now)) return;
    await db()
      .table('skill_weights')
      .insert({ weights: JSON.stringify(now), decided_at: new Date() })
      .onConflict('only_one')
      .merge();
    for (const { id } of await db().table('organisations').select('id')) await weighLater(id);
  });
}

/** At the start: points from before evidence that says "at least this" was told apart are made again by jobs, an organisation at a time. */
export async function tellEvidenceApart(): Promise<void> {
  for (const { id } of await db().table('organisations').select('id')) {
    const { rows } = await withScope({ organisationId: id, personId: null }, () =>
      db().raw('select from skill_points where organisation_id = ? and either_weight is null limit 1', [id]),
    );
    if (rows.length > 0) await atomically(() => weighLater(id));
  }
}

const weighLater = (id: string) => enqueue(WEIGH_JOB, { organisation_id: id }, { key: `${WEIGH_JOB} ${id}` });

/** Since when the weights are other than usual; undefined while they are the usual ones. */
export async function weightsSince(): Promise<Date | undefined> {
  return (await db().table('skill_weights').first('decided_at'))?.decided_at;
}

/** The job: some skills in each transaction, so that nobody waits long for their own. May be run again at any time. */
export function weighAgain({ organisation_id }: { organisation_id: string }): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    for (let after = { person_id: NOBODY, competence_code: '' }; ; ) {
      const { rows } = await db().raw<{ rows: (typeof after)[] }>(
        `select distinct person_id, competence_code from observations
         where organisation_id = ? and (person_id, competence_code) > (?, ?) order by 1, 2 limit ${SKILLS_AT_ONCE}`,
        [organisation_id, after.person_id, after.competence_code],
      );
      await atomically(async () => {
        for (const skill of rows) await rebuild({ organisation_id, ...skill }, new Date(0));
      });
      const last = rows.at(-1);
      if (!last) return;
      after = last;
    }
  });
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
