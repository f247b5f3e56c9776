import type { Day } from '../../../lib/calendar';
import { atomically } from '../../../lib/db';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { type DialogueItem, insertDialogueRecord } from './dialogue.model';

/** Writes down that an item was handled with the staff on a day. The same form sent twice writes once. */
export function recordDialogue(
  actor: Pick<Actor, 'id' | 'organisation_id'>,
  { id, item, handled_on }: { id: string; item: DialogueItem; handled_on: Day },
): Promise<void> {
  return atomically(async () => {
    const ours = { id, item, handled_on, organisation_id: actor.organisation_id, recorded_by: actor.id };
    if (await insertDialogueRecord(ours))
      await recordAudit(actor, 'dialogue.recorded', { type: 'dialogue', id }, { item, handled_on });
  });
}
