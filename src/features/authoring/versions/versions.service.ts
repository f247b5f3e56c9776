import { atomically } from '../../../lib/db';
import { conflict } from '../../../lib/errors';
import { found } from '../../../lib/guards';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import { type Draft, lockDraft, updateDraft } from '../drafts.model';
import { insertEvent } from '../review/events.model';
import { findVersion, fixVersion, keepVersion } from './versions.model';

/**
 * Brings an earlier text back as a new version: what is now stays in the history, so that this can be undone in the same way.
 * Throws 409 when the draft changed since the one who presses saw it. Returns the version that was there before.
 */
export function restoreVersion(actor: Actor, draft: Draft, seen: number, version: number): Promise<number> {
  return atomically(async () => {
    const locked = found(await lockDraft(draft.organisation_id, draft.id));
    if (locked.state !== 'writing' || locked.version !== seen) throw conflict();
    const earlier = found(await findVersion(draft.organisation_id, draft.id, version));
    if (version === locked.version) return version;
    await fixVersion(locked);
    const next = { ...locked, version: locked.version + 1, content: earlier.content };
    await keepVersion(next, { person_id: actor.id, restored_from: version });
    await updateDraft(locked, { content: earlier.content, version: next.version });
    await insertEvent(next, { kind: 'restored', person_id: actor.id, about: String(version) });
    await recordAudit(actor, 'draft.restored', { type: 'lesson_draft', id: draft.id }, { version });
    return locked.version;
  });
}
