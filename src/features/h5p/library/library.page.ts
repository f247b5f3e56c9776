import { found } from '../../../lib/guards';
import type { Actor } from '../../organisations/organisations.model';
import { compareVersions, parseLibraryName } from '../h5p.libraries';
import { selectKnownLibraries } from '../installed.model';
import { findLibraryLine, selectContentUses, selectNeedingLibraries } from './library.queries';
import { findLibrary, selectMoves } from './moves.model';
import { olderContents } from './moves.service';

/** Everything an administrator sees of one library: only their own organisation's contents and lessons. Throws 404. */
export async function libraryPage(actor: Actor, folder: string) {
  const library = found(await findLibrary(folder));
  const line = found(await findLibraryLine(actor.organisation_id, folder));
  const needing = await selectNeedingLibraries(library);
  return {
    library: line,
    needing,
    newer: await newerVersions(folder),
    uses: await selectContentUses(actor.organisation_id, folder, actor.language),
    older: await olderContents(actor, folder),
    moves: await selectMoves(actor.organisation_id, folder),
    isRemovable: line.used === 0 && !line.elsewhere && needing.length === 0,
  };
}

/** Folders of newer installed versions of the same library, the newest first. */
async function newerVersions(folder: string): Promise<string[]> {
  const known = await selectKnownLibraries();
  const own = known.get(folder)?.info;
  const others = [...known].filter(([, { info }]) => own && info.machineName === own.machineName);
  return others
    .filter(([, { info }]) => own && compareVersions(info, own) > 0)
    .sort(([, a], [, b]) => compareVersions(b.info, a.info))
    .map(([name]) => name);
}

/** `1.16` of `H5P.MultiChoice-1.16`. */
export const versionIn = (folder: string): string => {
  const { majorVersion, minorVersion } = parseLibraryName(folder) ?? {};
  return `${majorVersion}.${minorVersion}`;
};
