import { atomically } from '../../lib/db';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import { recordAudit } from '../audit/audit.model';
import { formerOf, lockFile, type StoredFile, updateFile } from '../files/files.model';
import { removeCopies } from '../files/files.service';
import type { Actor } from '../organisations/organisations.model';
import { selectWithOldFormer } from './media.queries';
import { CHANGED_JOB } from './media.service';

/** How long what a file was before it was replaced can be taken back, in days. */
export const DAYS_OF_FORMER = 30;
const DAY = 24 * 3600 * 1000;

/** Until when what this file was can be taken back, and what it was; undefined when there is nothing to take back. */
export function formerToShow({ former }: StoredFile, now = new Date()) {
  if (!former) return undefined;
  const replaced = new Date(former.replaced_at);
  const until = new Date(replaced.getTime() + DAYS_OF_FORMER * DAY);
  return until > now ? { ...former, replaced, until } : undefined;
}

/**
 * Puts what the file was before it was replaced in its place again, everywhere; what stood there meanwhile becomes the former, so
 * that this too can be taken back. `version`: of the file as the writer saw it. The same press twice does it once.
 */
export function takeBack(actor: Actor, { id }: StoredFile, version: number): Promise<void> {
  return atomically(async () => {
    const file = await lockFile(actor.organisation_id, id);
    const former = file && formerToShow(file);
    if (!file || !former || file.version !== version || file.deleted_at) return;
    const { replaced_at: _, replaced: _replaced, until: _until, ...facts } = former;
    await updateFile(file, { ...facts, former: formerOf(file), version: file.version + 1 });
    await recordAudit(actor, 'file.taken-back', { type: 'file', id }, { version: file.version + 1 });
    await enqueue(CHANGED_JOB, { organisationId: actor.organisation_id, fileId: id });
  });
}

/** A job: what could be taken back for 30 days goes for good. */
export function clearFormers({ organisation_id }: { organisation_id: string }, now = new Date()): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const before = new Date(now.getTime() - DAYS_OF_FORMER * DAY);
    for (const id of await selectWithOldFormer(organisation_id, before)) {
      const gone = await atomically(async () => {
        const file = await lockFile(organisation_id, id);
        if (!file?.former || new Date(file.former.replaced_at) >= before) return undefined;
        await updateFile(file, { former: null });
        return file.former;
      });
      if (gone) await removeCopies({ ...gone, organisation_id });
    }
  });
}
