import { randomUUID } from 'node:crypto';
import { atomically } from '../../lib/db';
import { storage } from '../../lib/storage';
import { recordAudit } from '../audit/audit.model';
import type { Actor } from '../organisations/organisations.model';
import { contentKey, insertContent } from './contents.model';
import { checkArchive, type H5pPackage } from './h5p.archive';
import { type PackageFile, readPackageFiles } from './h5p.files';
import { libraryFolder } from './h5p.libraries';
import { ARCHIVE_LIMITS } from './h5p.limits';
import type { PackagedLibrary } from './h5p.packaged';
import { canInstallLibraries } from './h5p.policy';
import type { Refusal } from './h5p.refusals';
import { suggestRule } from './h5p.rules';
import { libraryKey, putLibrary, type StoredFile, selectKnownLibraries } from './installed.model';

export type { Refusal };

/** The largest package that is taken in. */
export const PACKAGE_MEGABYTES = ARCHIVE_LIMITS.uploadBytes / 1024 / 1024;

export type PackageResult = { ok: true; contentId: string } | { ok: false; refusals: Refusal[] };

/**
 * Takes in an uploaded package as a new content of the actor's organisation. Libraries that are not there yet come along
 * when the actor may install them. Returns every reason why not otherwise; then nothing is kept.
 */
export async function installPackage(actor: Actor, upload: { path: string }): Promise<PackageResult> {
  const checked = await checkPackage(actor, upload.path);
  if (!checked.ok) return checked;
  const unconfirmed = checked.package.libraries.filter(({ standing }) => standing === 'newer');
  if (unconfirmed.length > 0) {
    const refusals = unconfirmed.map(({ folder }) => ({
      key: 'h5p.refused.needsConfirmation',
      values: { library: folder },
    }));
    return { ok: false, refusals };
  }
  return { ok: true, contentId: await storeContent(actor, upload.path, checked.package) };
}

/** Checks a package against what is installed; whether its libraries count depends on who brings it. */
export async function checkPackage(actor: Actor, archive: string) {
  return checkArchive(archive, {
    installed: await selectKnownLibraries(),
    mayInstall: canInstallLibraries(actor),
  });
}

/** Bytes go first and rows last: what is not in a row is never served, so a failure half-way shows nowhere. */
async function storeContent(actor: Actor, archive: string, found: H5pPackage): Promise<string> {
  const id = randomUUID();
  const keys = new Map(found.files.map((file) => [file, contentKey(id, 1, file.sha256)]));
  try {
    await storeFiles(archive, new Map([...keys, ...keysOf(found.libraries)]));
    await atomically(async () => {
      await putLibraries(actor, found.libraries);
      await insertContent({
        id,
        organisation_id: actor.organisation_id,
        title: found.h5pJson.title,
        main_library: libraryFolder(found.mainLibrary),
        dependencies: found.dependencies.map(libraryFolder),
        h5p_json: found.h5pJson,
        content_json: found.params,
        files: found.files.map(storedFile),
        warnings: found.warnings,
        completion_rule: suggestRule(found.mainLibrary.machineName, found.params),
        uploaded_by: actor.id,
      });
      const details = { name: found.h5pJson.title, library: libraryFolder(found.mainLibrary) };
      await recordAudit(actor, 'h5p.content-added', { type: 'h5p_content', id }, details);
    });
  } catch (error) {
    for (const key of keys.values()) await storage().remove(key);
    throw error;
  }
  return id;
}

/** Installs the new and newer libraries of a checked package. What an older patch left in the storage stays there. */
export async function storeLibraries(actor: Actor, archive: string, libraries: PackagedLibrary[]): Promise<void> {
  await storeFiles(archive, keysOf(libraries));
  await atomically(() => putLibraries(actor, libraries));
}

async function putLibraries(actor: Actor, libraries: PackagedLibrary[]): Promise<void> {
  for (const library of libraries) {
    const { info } = library;
    await putLibrary({
      machine_name: info.machineName,
      major: info.majorVersion,
      minor: info.minorVersion,
      patch: info.patchVersion,
      title: info.title,
      runnable: info.runnable,
      library_json: library.libraryJson,
      semantics: library.semantics,
      tree_hash: library.hash,
      code_hash: library.code,
      files: library.files.map(storedFile),
      installed_by: actor.id,
      installed_in: actor.organisation_id,
    });
    const subject = { type: 'h5p_library', id: library.folder };
    const details = { name: library.folder, patch: info.patchVersion, hash: library.hash };
    await recordAudit(
      actor,
      library.standing === 'newer' ? 'h5p.library-replaced' : 'h5p.library-added',
      subject,
      details,
    );
  }
}

/** Names of trees come from their bytes, so writing a tree that is there already changes nothing. */
function keysOf(libraries: PackagedLibrary[]): Map<PackageFile, string> {
  return new Map(
    libraries.flatMap(({ hash, files }) => files.map((file) => [file, libraryKey(hash, file.sha256)] as const)),
  );
}

function storeFiles(archive: string, keys: ReadonlyMap<PackageFile, string>): Promise<void> {
  return readPackageFiles(archive, [...keys.keys()], async (file, bytes) => {
    await storage().write(keys.get(file) ?? '', bytes, 'application/octet-stream');
  });
}

const storedFile = ({ path, size, sha256 }: PackageFile): StoredFile => ({ path, size, sha256 });
