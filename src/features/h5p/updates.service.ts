import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { conflict } from '../../lib/errors';
import { found } from '../../lib/guards';
import { storage } from '../../lib/storage';
import type { Actor } from '../organisations/organisations.model';
import type { PackagedLibrary } from './h5p.packaged';
import type { Refusal } from './h5p.refusals';
import { checkPackage, storeLibraries } from './installation.service';
import {
  deleteUpload,
  findUpload,
  insertUpload,
  type StoredFile,
  selectForgottenUploads,
  selectKnownLibraries,
  uploadKey,
} from './installed.model';

export type LibrariesResult =
  | { outcome: 'installed'; count: number }
  | { outcome: 'refused'; refusals: Refusal[] }
  /** Installed libraries would be replaced: the package is kept until someone has seen by what. */
  | { outcome: 'waiting'; uploadId: string };

/** Installs the libraries of an uploaded package; its content is passed over. */
export async function installLibraries(actor: Actor, upload: { path: string }): Promise<LibrariesResult> {
  const checked = await checkPackage(actor, upload.path);
  if (!checked.ok) return { outcome: 'refused', refusals: checked.refusals };
  const { libraries } = checked.package;
  if (libraries.some(({ standing }) => standing === 'newer')) {
    return { outcome: 'waiting', uploadId: await keepWaiting(actor, upload.path) };
  }
  await storeLibraries(actor, upload.path, libraries);
  return { outcome: 'installed', count: libraries.length };
}

async function keepWaiting(actor: Actor, archive: string): Promise<string> {
  for (const id of await selectForgottenUploads(actor.organisation_id)) await forgetUpload(actor, id);
  const id = randomUUID();
  await storage().write(uploadKey(id), createReadStream(archive), 'application/zip');
  await insertUpload({ id, organisation_id: actor.organisation_id, uploaded_by: actor.id });
  return id;
}

/** What a waiting package would do to one library. */
export interface LibraryChange {
  folder: string;
  title: string;
  /** Undefined for a library that is not installed yet. */
  from: string | undefined;
  to: string;
  added: string[];
  removed: string[];
  changed: string[];
}

/** What would change if the waiting package were installed now. Throws 404 when it does not wait. */
export async function describeUpload(actor: Actor, id: string): Promise<LibraryChange[]> {
  const installed = await selectKnownLibraries();
  return withWaiting(actor, id, async (_archive, libraries) =>
    libraries.map((library) => {
      const before = installed.get(library.folder);
      return {
        folder: library.folder,
        title: library.info.title,
        from: before && versionOf(before),
        to: versionOf(library),
        ...differences(before?.files ?? [], library.files),
      };
    }),
  );
}

/** Installs a waiting package, after its changes were seen. Returns how many libraries it put in. */
export async function confirmUpload(actor: Actor, id: string): Promise<number> {
  const count = await withWaiting(actor, id, async (archive, libraries) => {
    await storeLibraries(actor, archive, libraries);
    return libraries.length;
  });
  await forgetUpload(actor, id);
  return count;
}

async function forgetUpload(actor: Actor, id: string): Promise<void> {
  await deleteUpload(actor.organisation_id, id);
  await storage().remove(uploadKey(id));
}

async function withWaiting<T>(
  actor: Actor,
  id: string,
  work: (archive: string, libraries: PackagedLibrary[]) => Promise<T>,
): Promise<T> {
  const upload = found(await findUpload(actor.organisation_id, id));
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'oppiva-h5p-'));
  try {
    const archive = path.join(folder, 'upload.h5p');
    await pipeline(found(await storage().read(uploadKey(upload.id))), createWriteStream(archive));
    const checked = await checkPackage(actor, archive);
    // It passed once; what is installed has changed meanwhile so that it no longer does.
    if (!checked.ok) throw conflict();
    return await work(archive, checked.package.libraries);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

function differences(before: readonly StoredFile[], after: readonly StoredFile[]) {
  const hashes = (files: readonly StoredFile[]) => new Map(files.map(({ path, sha256 }) => [path, sha256]));
  const [old, next] = [hashes(before), hashes(after)];
  return {
    added: [...next.keys()].filter((file) => !old.has(file)).sort(),
    removed: [...old.keys()].filter((file) => !next.has(file)).sort(),
    changed: [...next.keys()].filter((file) => old.has(file) && old.get(file) !== next.get(file)).sort(),
  };
}

function versionOf({ info }: Pick<PackagedLibrary, 'info'>): string {
  return `${info.majorVersion}.${info.minorVersion}.${info.patchVersion}`;
}
