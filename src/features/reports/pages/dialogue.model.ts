import type { Day } from '../../../lib/calendar';
import { db } from '../../../lib/db';

/** What is handled with the staff about skills and their measuring (1333/2021 and the co-operation acts of the public sector). */
export const DIALOGUE_ITEMS = ['needs', 'plan', 'who_sees', 'sources', 'small_groups', 'review'] as const;
export type DialogueItem = (typeof DIALOGUE_ITEMS)[number];

export interface DialogueRecord {
  item: DialogueItem;
  handled_on: Day;
  recorded_at: Date;
}

/** The newest record of each item. */
export function selectDialogueRecords(organisationId: string) {
  return db().raw<{ rows: DialogueRecord[] }>(
    `select distinct on (item) item, to_char(handled_on, 'YYYY-MM-DD') as handled_on, recorded_at from dialogue_records
     where organisation_id = ? order by item, recorded_at desc, id`,
    [organisationId],
  );
}

/** False when this very record has been made: a form sent twice makes one. */
export async function insertDialogueRecord(record: {
  id: string;
  organisation_id: string;
  item: DialogueItem;
  handled_on: Day;
  recorded_by: string;
}): Promise<boolean> {
  const rows = await db()
    .table('dialogue_records')
    .insert({ ...record, recorded_at: db().raw('clock_timestamp()') })
    .onConflict('id')
    .ignore()
    .returning('id');
  return rows.length > 0;
}
