import { db } from '../../lib/db';
import type { Actor } from '../organisations/organisations.model';

/**
 * What became of a form that waited on a device. 'kept': as if it had been sent at once. 'changed': kept, and the question has
 * changed since. The others keep the form as it came: 'late': its attempt had been handed in; 'gone': its lesson or question is
 * no longer there for the person; 'again': a step of an answer that is not whole yet; 'unreadable': it says nothing that could
 * be kept as an answer.
 */
export type Outcome = 'kept' | 'changed' | 'late' | 'gone' | 'again' | 'unreadable';

export interface ReceivedForm {
  key: string;
  action: string;
  body: string;
  ageSeconds: number;
}

type Receiver = Pick<Actor, 'id' | 'organisation_id'>;

/** Takes the key for this transaction. Returns what became of it when it was received before; waits for a twin on its way. */
export async function takeKey(actor: Receiver, form: ReceivedForm): Promise<Outcome | undefined> {
  const { rows } = await db().raw(
    `insert into received_forms (organisation_id, person_id, key, action, outcome, body, given_at)
     values (?, ?, ?, ?, 'unreadable', ?, now() - make_interval(secs => ?::float8)) on conflict do nothing returning key`,
    [actor.organisation_id, actor.id, form.key, form.action, form.body, form.ageSeconds],
  );
  if (rows.length > 0) return undefined;
  const known = await db().raw(
    'select outcome from received_forms where organisation_id = ? and person_id = ? and key = ?',
    [actor.organisation_id, actor.id, form.key],
  );
  return known.rows[0]?.outcome;
}

/** What was kept as an answer needs no second copy. */
export async function settle(actor: Receiver, key: string, outcome: Outcome): Promise<void> {
  await db().raw(
    `update received_forms set outcome = ?, body = case when ? then null else body end
     where organisation_id = ? and person_id = ? and key = ?`,
    [outcome, outcome === 'kept' || outcome === 'changed', actor.organisation_id, actor.id, key],
  );
}
