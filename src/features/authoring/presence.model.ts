import { db } from '../../lib/db';
import type { Language } from '../../lib/i18n';
import type { Draft } from './drafts.model';

interface DraftEditor {
  draft_id: string;
  organisation_id: string;
  person_id: string;
  language: Language;
  seen_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    draft_editors: DraftEditor;
  }
}

export interface OtherEditor {
  name: string;
  language: Language;
  seen_at: Date;
}

/** How long one who was seen counts as being there; pages tell of themselves three times in it. */
const PRESENT_SECONDS = 90;

/** The person has the draft open now. */
export async function putPresence(
  { organisation_id, id: draft_id }: Pick<Draft, 'organisation_id' | 'id'>,
  person_id: string,
  language: Language,
): Promise<void> {
  await db()('draft_editors')
    .insert({ draft_id, organisation_id, person_id, language, seen_at: new Date() })
    .onConflict(['draft_id', 'person_id'])
    .merge();
}

/** Who else has it open, the last seen first. */
export async function selectOtherEditors(
  { organisation_id, id }: Pick<Draft, 'organisation_id' | 'id'>,
  personId: string,
): Promise<OtherEditor[]> {
  const { rows } = await db().raw(
    `select p.name, e.language, e.seen_at from draft_editors e join people p on p.id = e.person_id
     where e.organisation_id = ? and e.draft_id = ? and e.person_id <> ? and e.seen_at > now() - make_interval(secs => ?)
     order by e.seen_at desc limit 5`,
    [organisation_id, id, personId, PRESENT_SECONDS],
  );
  return rows;
}
