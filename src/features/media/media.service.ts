import { atomically } from '../../lib/db';
import { conflict } from '../../lib/errors';
import { found } from '../../lib/guards';
import { LANGUAGES } from '../../lib/i18n';
import { enqueue } from '../../lib/jobs';
import { withScope } from '../../lib/scope';
import type { Upload } from '../../lib/upload';
import { recordAudit } from '../audit/audit.model';
import {
  deleteFile,
  type FileFacts,
  type FileKind,
  formerOf,
  lockFile,
  type StoredFile,
  updateFile,
} from '../files/files.model';
import {
  type FileFault,
  type Keeping,
  keepFile,
  removeCopies,
  removeFreshCopies,
  writeCopies,
} from '../files/files.service';
import { type Actor, selectOrganisations } from '../organisations/organisations.model';
import { selectForgotten, selectUsed } from './media.queries';
import type { DetailsForm } from './media.schema';

/** Shows a file that was replaced, or its captions, where it was published; done by a feature above this one. */
export const CHANGED_JOB = 'media.changed';
export const REMOVE_COPIES_JOB = 'media.remove-copies';
export const CLEAR_BIN_JOB = 'media.clear-bin';
export const CLEAR_BINS_JOB = 'media.clear-bins';
/** Payload: organisation_id, ids. */
export const BIN_UNUSED_JOB = 'media.bin-unused';
/** How long pictures that came with a Word file wait to be taken, in days. */
const DAYS_TO_TAKE = 2;
/** The longest recording made in the browser, in minutes. */
export const RECORDING_MINUTES = { audio: 20, video: 10 };
/** How long a file waits in the bin, in days. */
export const DAYS_IN_BIN = 30;

const subject = (file: Pick<StoredFile, 'id'>) => ({ type: 'file', id: file.id });

/** Takes a file into the library, or tells why not. The same file sent again is the one that is there. */
export async function addFile(
  actor: Actor,
  upload: Pick<Upload, 'path' | 'originalname'>,
  kinds: readonly FileKind[],
): Promise<Keeping> {
  const kept = await keepFile(actor.organisation_id, upload, kinds);
  if (kept.ok && kept.isNew)
    await atomically(() =>
      recordAudit(actor, 'file.added', subject(kept.file), { kind: kept.file.kind, bytes: kept.file.bytes }),
    );
  return kept;
}

export function saveDetails(actor: Actor, file: StoredFile, form: DetailsForm): Promise<void> {
  const alts = Object.fromEntries(
    LANGUAGES.flatMap((language) => (form[`alt_${language}`] ? [[language, form[`alt_${language}`]]] : [])),
  );
  const { name, licence, author, source } = form;
  return atomically(async () => {
    await updateFile(file, { name, licence, author, source, alts, is_decoration: form.decoration === 'yes' });
    await recordAudit(actor, 'file.described', subject(file), { licence });
  });
}

/**
 * Puts other bytes in the place of a file, everywhere it is shown, under the same address. Returns why not, when it cannot be
 * done. What it was can be taken back for a while; what it was before that goes a day later, when no open page asks for it.
 */
export async function replaceFile(actor: Actor, file: StoredFile, upload: Upload): Promise<FileFault | undefined> {
  const read = await writeCopies(actor.organisation_id, upload, [file.kind]);
  if (!read.ok) return read.fault;
  try {
    await putInPlace(actor, file, read.facts);
  } catch (error) {
    await removeFreshCopies({ ...file, sizes: [], ...read.facts });
    throw error;
  }
  return undefined;
}

function putInPlace(actor: Actor, file: StoredFile, facts: FileFacts): Promise<void> {
  return atomically(async () => {
    const before = found(await lockFile(actor.organisation_id, file.id));
    if (before.version !== file.version || before.deleted_at) throw conflict();
    await updateFile(before, {
      duration_ms: null,
      sizes: [],
      ...facts,
      former: formerOf(before),
      version: before.version + 1,
    });
    await recordAudit(actor, 'file.replaced', subject(file), { version: before.version + 1 });
    const ids = { organisationId: actor.organisation_id, fileId: file.id };
    await enqueue(CHANGED_JOB, ids);
    if (!before.former) return;
    const { sha256, folder, ending, sizes } = before.former;
    const { organisation_id } = before;
    const runAt = new Date(Date.now() + 24 * 3600 * 1000);
    await enqueue(REMOVE_COPIES_JOB, { organisation_id, sha256, folder, ending, sizes }, { runAt });
  });
}

/** A job: takes the bytes of a file that was replaced out of the storage. */
export const removeReplaced = (file: StoredFile): Promise<void> => removeCopies(file);

/** Puts a file into the bin. False when something shows it. */
export function binFile(actor: Actor, file: StoredFile): Promise<boolean> {
  return atomically(async () => {
    const locked = found(await lockFile(actor.organisation_id, file.id));
    if ((await selectUsed(actor.organisation_id, [file.id])).has(file.id)) return false;
    if (locked.deleted_at) return true;
    await updateFile(locked, { deleted_at: new Date() });
    await recordAudit(actor, 'file.binned', subject(file));
    return true;
  });
}

/** Files that came with something that may not be taken: what nothing shows in two days goes to the bin. In the caller's transaction. */
export function binLater(organisation_id: string, ids: readonly string[]): Promise<void> {
  return enqueue(
    BIN_UNUSED_JOB,
    { organisation_id, ids },
    { runAt: new Date(Date.now() + DAYS_TO_TAKE * 24 * 3600 * 1000) },
  );
}

/** The job. */
export function binUnused({ organisation_id, ids }: { organisation_id: string; ids: string[] }): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, () =>
    atomically(async () => {
      const used = await selectUsed(organisation_id, ids);
      for (const id of ids.filter((one) => !used.has(one))) {
        const file = await lockFile(organisation_id, id);
        if (file && !file.deleted_at) await updateFile(file, { deleted_at: new Date() });
      }
    }),
  );
}

export function restoreFile(actor: Actor, file: StoredFile): Promise<void> {
  return atomically(async () => {
    await updateFile(file, { deleted_at: null });
    await recordAudit(actor, 'file.restored', subject(file));
  });
}

/** A job: asks each organisation's bin to be cleared. */
export async function clearBins(): Promise<void> {
  for (const { id } of await selectOrganisations())
    await enqueue(CLEAR_BIN_JOB, { organisation_id: id }, { key: `bin ${id}` });
}

/** A job: what has lain in the bin for 30 days goes for good; what was shown again meanwhile comes back. */
export function clearBin({ organisation_id }: { organisation_id: string }, now = new Date()): Promise<void> {
  return withScope({ organisationId: organisation_id, personId: null }, async () => {
    const files = await selectForgotten(organisation_id, new Date(now.getTime() - DAYS_IN_BIN * 24 * 3600 * 1000));
    for (const file of files) {
      const isGone = await atomically(async () => {
        const locked = await lockFile(organisation_id, file.id);
        if (!locked?.deleted_at) return false;
        if ((await selectUsed(organisation_id, [file.id])).size > 0) {
          await updateFile(locked, { deleted_at: null });
          return false;
        }
        await deleteFile(locked);
        return true;
      });
      if (isGone) await removeCopies(file);
      if (isGone && file.former) await removeCopies({ ...file.former, organisation_id });
    }
  });
}
