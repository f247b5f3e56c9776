import { posix } from 'node:path';
import type { z } from 'zod';
import type { PackageFile } from './h5p.files';
import { parseJson } from './h5p.json';
import {
  codeHash,
  type KnownLibrary,
  LibraryJson,
  libraryFolder,
  type Standing,
  standingOf,
  treeHash,
} from './h5p.libraries';
import { type ArchiveLimits, CORE_API } from './h5p.limits';
import { RefusalError, type Refusals } from './h5p.refusals';
import type { ReadFile } from './h5p.zip';

/** A library that a package brings, with its files' paths inside the library's folder. */
export interface PackagedLibrary extends KnownLibrary {
  folder: string;
  files: PackageFile[];
  /** library.json as it was, for storage. */
  libraryJson: unknown;
  standing: Standing;
}

/** Reads the libraries of a package, and says what is wrong with them. `files` are all files of the archive by name. */
export function readLibraries(
  files: ReadonlyMap<string, ReadFile>,
  installed: ReadonlyMap<string, KnownLibrary>,
  limits: ArchiveLimits,
  refusals: Refusals,
): Map<string, PackagedLibrary> {
  const libraries = new Map<string, PackagedLibrary>();
  for (const [folder, inside] of byTopFolder(files)) {
    try {
      const library = readLibrary(folder, inside, installed, limits, refusals);
      if (libraries.has(library.folder)) refusals.add('libraryTwice', { library: library.folder });
      if (library.standing === 'altered') refusals.add('alteredLibrary', { library: library.folder });
      libraries.set(library.folder, library);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      refusals.add(error.key, error.values);
    }
  }
  return libraries;
}

function byTopFolder(files: ReadonlyMap<string, ReadFile>): Map<string, ReadFile[]> {
  const folders = new Map<string, ReadFile[]>();
  for (const file of files.values()) {
    const slash = file.name.indexOf('/');
    const folder = file.name.slice(0, slash);
    if (slash < 1 || folder === 'content') continue;
    const inside = folders.get(folder) ?? [];
    inside.push(file);
    folders.set(folder, inside);
  }
  return folders;
}

function readLibrary(
  top: string,
  inside: ReadFile[],
  installed: ReadonlyMap<string, KnownLibrary>,
  limits: ArchiveLimits,
  refusals: Refusals,
): PackagedLibrary {
  const files = inside.map(({ name, size, sha256 }) => ({
    path: name.slice(top.length + 1),
    entryName: name,
    size,
    sha256,
  }));
  const bytesOf = (path: string) => inside.find((file) => file.name === `${top}/${path}`)?.bytes;

  const definition = bytesOf('library.json');
  if (!definition) throw new RefusalError('notLibrary', { folder: top });
  const libraryJson = parseJson(definition, `${top}/library.json`, limits);
  const info = readInfo(libraryJson, `${top}/library.json`);
  const folder = libraryFolder(info);
  if (top !== folder && top !== info.machineName) refusals.add('wrongFolder', { folder: top, library: folder });
  checkCore(info, refusals);
  checkLoaded(top, info, new Set(files.map((file) => file.path)), refusals);

  const semantics = bytesOf('semantics.json');
  const known: KnownLibrary = {
    info,
    hash: treeHash(files),
    code: codeHash(files),
    ...(semantics && { semantics: parseJson(semantics, `${top}/semantics.json`, limits) }),
  };
  return { ...known, folder, files, libraryJson, standing: standingOf(known, installed.get(folder)) };
}

function readInfo(json: unknown, file: string): LibraryJson {
  const result = LibraryJson.safeParse(json);
  if (!result.success) throw new RefusalError('badFields', { file, fields: fieldsOf(result.error) });
  return result.data;
}

/** The names of the fields that are wrong, for a message. */
export function fieldsOf(error: z.ZodError): string {
  return [...new Set(error.issues.map((issue) => issue.path.join('.') || '{}'))].slice(0, 5).join(', ');
}

function checkCore(info: LibraryJson, refusals: Refusals): void {
  const { majorVersion, minorVersion } = info.coreApi ?? { majorVersion: 1, minorVersion: 0 };
  const newer = majorVersion - CORE_API.majorVersion || minorVersion - CORE_API.minorVersion;
  if (newer <= 0) return;
  refusals.add('newerCore', { library: libraryFolder(info), needs: `${majorVersion}.${minorVersion}` });
}

/** Everything a library says it loads must be a script or a style sheet of its own folder. */
function checkLoaded(top: string, info: LibraryJson, present: ReadonlySet<string>, refusals: Refusals): void {
  const loaded = [
    ...info.preloadedJs.map(({ path }) => ({ path, kind: '.js' })),
    ...info.preloadedCss.map(({ path }) => ({ path, kind: '.css' })),
  ];
  for (const { path, kind } of loaded) {
    const inside = posix.normalize(path);
    if (!present.has(inside) || !inside.endsWith(kind)) refusals.add('missingFile', { library: top, file: path });
  }
}
