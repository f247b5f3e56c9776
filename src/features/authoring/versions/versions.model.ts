import { db } from '../../../lib/db';
import type { DraftContent } from '../drafts.document';

/** A text of a draft as it once was. */
export interface DraftVersion {
  organisation_id: string;
  draft_id: string;
  version: number;
  content: DraftContent;
  person_id: string | null;
  began_at: Date;
  saved_at: Date;
  /** Something was done with this very text: it was sent, signed, published or tried. */
  is_kept: boolean;
  published_as: number | null;
  published_at: Date | null;
  restored_from: number | null;
}

interface WhatNow {
  organisation_id: string;
  id: string;
  version: number;
  content: DraftContent;
}

/** Saves of one person that follow each other within this are one line of the history, not a hundred. */
const SITTING = "interval '30 minutes'";

/** Keeps a text in the history. The next saves of the same sitting replace it, unless something was done with it. */
export async function keepVersion(
  { organisation_id, id: draft_id, version, content }: WhatNow,
  by: { person_id: string | null; restored_from?: number; began_at?: Date },
): Promise<void> {
  const row = {
    version,
    content: JSON.stringify(content),
    saved_at: new Date(),
    restored_from: by.restored_from ?? null,
  };
  if (by.restored_from === undefined) {
    const replaced = await db()
      .table('draft_versions')
      .where({ organisation_id, draft_id, is_kept: false, restored_from: null })
      .whereRaw('person_id is not distinct from ?', [by.person_id])
      .whereRaw(`began_at > now() - ${SITTING}`)
      .whereRaw('version = (select max(version) from draft_versions where draft_id = ?)', [draft_id])
      .update(row);
    if (replaced > 0) return;
  }
  await db()
    .table('draft_versions')
    .insert({ organisation_id, draft_id, person_id: by.person_id, began_at: by.began_at ?? new Date(), ...row })
    .onConflict(['draft_id', 'version'])
    .merge(['content', 'saved_at']);
}

/** Marks that something was done with the present text: it stays in the history as it is. */
export async function fixVersion(
  { organisation_id, id, version, content }: WhatNow,
  values: { published_as?: number; published_at?: Date } = {},
): Promise<void> {
  await db()
    .table('draft_versions')
    .insert({
      organisation_id,
      draft_id: id,
      version,
      content: JSON.stringify(content),
      is_kept: true,
      ...values,
    })
    .onConflict(['draft_id', 'version'])
    .merge({ is_kept: true, ...values });
}

/**
 * A signature of a text that is the same as the present one to the letter counts for this version too: what was changed and
 * changed back needs no new one. A signature that a publication used up stays with that.
 */
export async function carrySignatures({ organisation_id, id, version, content }: WhatNow): Promise<void> {
  await db().raw(
    `update draft_signatures s set draft_version = ? from draft_versions v
     where s.organisation_id = ? and s.draft_id = ? and v.draft_id = s.draft_id and v.version = s.draft_version
       and s.draft_version <> ? and v.published_at is null and v.content = ?::jsonb`,
    [version, organisation_id, id, version, JSON.stringify(content)],
  );
}

export async function findVersion(
  organisationId: string,
  draftId: string,
  version: number,
): Promise<DraftVersion | undefined> {
  return db().table('draft_versions').where({ organisation_id: organisationId, draft_id: draftId, version }).first();
}

/** The texts of some versions. */
export function selectVersionTexts(
  { organisation_id, id }: Pick<WhatNow, 'organisation_id' | 'id'>,
  versions: readonly number[],
) {
  return db()
    .table('draft_versions')
    .where({ organisation_id, draft_id: id })
    .whereRaw('version = any(?)', [versions] as never)
    .select<Pick<DraftVersion, 'version' | 'content'>[]>('version', 'content');
}

export interface VersionLine extends Omit<DraftVersion, 'content'> {
  name: string | null;
  /** Which signatures were given to this text. */
  signed: string[];
}

/** The history without its texts, the newest first. */
export function selectVersions({ organisation_id, id }: Pick<WhatNow, 'organisation_id' | 'id'>, limit = 200) {
  return db()
    .table('draft_versions as v')
    .leftJoin('people as p', 'p.id', 'v.person_id')
    .where({ 'v.organisation_id': organisation_id, 'v.draft_id': id })
    .orderBy('v.version', 'desc')
    .limit(limit)
    .select<VersionLine[]>(
      ...['v.version', 'v.person_id', 'v.began_at', 'v.saved_at', 'v.is_kept', 'v.published_as', 'v.published_at'],
      ...['v.restored_from', 'p.name'],
      db().raw(
        `array(select distinct e.about from draft_events e where e.draft_id = v.draft_id and e.draft_version = v.version
           and e.kind = 'signed') as signed`,
      ),
    );
}
