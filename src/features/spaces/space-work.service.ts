import { atomically } from '../../lib/db';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { deleteWork, insertWork, type SpaceInterest, updateWork, type WorkTable } from './space-work.model';
import type { Space } from './spaces.model';

const subject = (space: Space) => ({ type: 'space', id: space.id });

/** Keeps what somebody of the actor's organisation leaves in the space, once for an id. */
export function keepWork(
  actor: Actor,
  space: Space,
  table: WorkTable,
  row: { id: string } & Record<string, unknown>,
): Promise<void> {
  return atomically(async () => {
    const made = table === 'space_messages' ? {} : { made_by: actor.id };
    const kept = {
      space_id: space.id,
      organisation_id: actor.organisation_id,
      host_organisation_id: space.organisation_id,
    };
    if (await insertWork(table, { ...row, ...made, ...kept }))
      await recordAudit(actor, 'space.kept', subject(space), { table, row: row.id });
  });
}

/** Changes a row of the actor's organisation, or any of a space that it keeps. Returns whether it might. */
export function changeWork(
  actor: Actor,
  space: Space,
  table: WorkTable,
  id: string,
  changes: Record<string, unknown>,
): Promise<boolean> {
  return atomically(async () => {
    const isChanged = await updateWork(table, id, changes);
    if (isChanged) await recordAudit(actor, 'space.work-changed', subject(space), { table, row: id });
    return isChanged;
  });
}

/** Takes away a row of the actor's organisation, or any of a space that it keeps. Returns whether it might. */
export function removeWork(actor: Actor, space: Space, table: WorkTable, id: string): Promise<boolean> {
  return atomically(async () => {
    const isGone =
      table === 'space_messages'
        ? await updateWork(table, id, { removed_at: new Date() })
        : await deleteWork(table, id);
    if (isGone) await recordAudit(actor, 'space.work-removed', subject(space), { table, row: id });
    return isGone;
  });
}

/** Says that the actor's organisation wants to go on with what another one looks for or offers, or takes it back. */
export function acceptInterest(actor: Actor, space: Space, own: SpaceInterest, other: SpaceInterest): Promise<void> {
  return atomically(async () => {
    const has = own.accepts.includes(other.id);
    const accepts = has ? own.accepts.filter((id) => id !== other.id) : [...own.accepts, other.id];
    await updateWork('space_interests', own.id, { accepts });
    await recordAudit(actor, has ? 'space.match-withdrawn' : 'space.match-accepted', subject(space), {
      own: own.id,
      other: other.id,
    });
  });
}
