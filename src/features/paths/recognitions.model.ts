import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

/** What was learnt before and may count for a step of a path. The story is for the learner and the one they asked alone. */
export interface Recognition {
  id: string;
  organisation_id: string;
  person_id: string;
  step_id: string;
  kind: 'earlier' | 'placement';
  state: 'asked' | 'counted' | 'declined' | 'withdrawn';
  story: string;
  judge_id: string | null;
  reason: string;
  asked_at: Date;
  decided_at: Date | null;
}

type Somebody = Pick<Actor, 'id' | 'organisation_id'>;

/** False when the step waits for an answer already, or this very form was sent before. */
export async function insertRecognition(
  row: Pick<Recognition, 'id' | 'organisation_id' | 'person_id' | 'step_id' | 'story' | 'judge_id'>,
): Promise<boolean> {
  const rows = await db()
    .table('path_recognitions')
    .insert({ ...row, kind: 'earlier', state: 'asked' })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length > 0;
}

/** Found by the two only: the row policy hides it from others. */
export function findRecognition(organisationId: string, id: string): Promise<Recognition | undefined> {
  return db().table('path_recognitions').where({ organisation_id: organisationId, id }).first();
}

/** What the person asked about a step: the one that waits, else the newest. */
export function findOwnRecognition(
  { id, organisation_id }: Somebody,
  stepId: string,
): Promise<Recognition | undefined> {
  return db()
    .table('path_recognitions')
    .where({ organisation_id, person_id: id, step_id: stepId, kind: 'earlier' })
    .orderByRaw("state = 'asked' desc, asked_at desc")
    .first();
}

/** False when it was decided or taken back already. */
export async function setState(
  { id, organisation_id }: Recognition,
  values: Pick<Recognition, 'state'> & Partial<Pick<Recognition, 'reason'>>,
): Promise<boolean> {
  const changed = await db()
    .table('path_recognitions')
    .where({ id, organisation_id, state: 'asked' })
    .update({ ...values, decided_at: new Date() });
  return changed > 0;
}

/** The address where the learner reads about it. */
export async function addressOfRecognition({ organisation_id, step_id }: Recognition): Promise<string> {
  const { rows } = await db().raw(
    `select '/paths/' || lp.slug || '/steps/' || s.id || '/recognition' as address from path_steps s
     join learning_paths lp on lp.id = s.path_id where s.organisation_id = ? and s.id = ?`,
    [organisation_id, step_id],
  );
  return rows[0]?.address ?? '/paths';
}
