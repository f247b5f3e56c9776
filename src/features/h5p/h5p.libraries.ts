import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Real files carry versions as numbers and as strings. */
const version = z.coerce.number().int().min(0).max(100_000);
const machineName = z.string().regex(/^[A-Za-z_$][\w.$-]{0,254}$/);

/** A library as H5P names it in its files; the patch version is never part of a reference. */
export const LibraryRef = z.object({ machineName, majorVersion: version, minorVersion: version });
export type LibraryRef = z.infer<typeof LibraryRef>;

const flag = z.preprocess((value) => value === true || value === 1 || value === '1', z.boolean());
const paths = z.array(z.object({ path: z.string().min(1).max(500) })).default([]);
const refs = z.array(LibraryRef).default([]);

/** What library.json says, as far as this product uses it. */
export const LibraryJson = LibraryRef.extend({
  title: z.string().min(1).max(255),
  patchVersion: version,
  runnable: flag.default(false),
  license: z.string().max(100).optional().catch(undefined),
  author: z.string().max(500).optional().catch(undefined),
  coreApi: z.object({ majorVersion: version, minorVersion: version }).optional(),
  preloadedJs: paths,
  preloadedCss: paths,
  preloadedDependencies: refs,
});
export type LibraryJson = z.infer<typeof LibraryJson>;

/** What has to be known of a library to decide about content: from an installed one or one in a package. */
export interface KnownLibrary {
  info: LibraryJson;
  /** `treeHash` of all its files: its address in storage. */
  hash: string;
  /** `codeHash` of its files: whether it does the same. */
  code: string;
  /** semantics.json: the fields its content has. Undefined where it has none. */
  semantics?: unknown;
}

/** `H5P.MultiChoice-1.16`: the folder in a package, the key in storage and what the player asks for. */
export function libraryFolder(ref: LibraryRef): string {
  return `${ref.machineName}-${ref.majorVersion}.${ref.minorVersion}`;
}

/** `H5P.MultiChoice 1.16`, as content.json writes it. Undefined for anything else. */
export function parseLibraryName(text: string): LibraryRef | undefined {
  const [, name, major, minor] = /^([A-Za-z_$][\w.$-]{0,254})[ -](\d{1,5})\.(\d{1,5})$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { machineName: name, majorVersion: Number(major), minorVersion: Number(minor) };
}

/** Below 0 when `a` is older than `b`, 0 when they are the same version. */
export function compareVersions(a: LibraryJson, b: LibraryJson): number {
  return a.majorVersion - b.majorVersion || a.minorVersion - b.minorVersion || a.patchVersion - b.patchVersion;
}

/** sha256 (hex) over the paths and hashes of a library's files, whatever order they come in. */
export function treeHash(files: readonly { path: string; sha256: string }[]): string {
  const lines = files.map((file) => `${file.sha256}  ${file.path}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/**
 * The same over what makes a library do what it does. Real exports of one version write library.json and translations
 * anew, so texts are left out; scripts, styles, fonts and pictures are the same wherever they come from.
 */
export function codeHash(files: readonly { path: string; sha256: string }[]): string {
  return treeHash(files.filter(({ path }) => !/\.(json|md|txt|yml)$/i.test(path)));
}

/**
 * A short name for all installed libraries together. It stands in the address of their files, so that browsers may keep
 * them for ever: folder names lack the patch version, and a new patch gives new addresses.
 */
export function libraryGeneration(libraries: Iterable<{ info: LibraryRef; hash: string }>): string {
  const lines = Array.from(libraries, ({ info, hash }) => `${libraryFolder(info)} ${hash}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16);
}

export type Standing = 'new' | 'same' | 'newer' | 'older' | 'altered';

/**
 * How a library of a package stands to the installed one of the same major and minor version. `newer` may replace it
 * after a confirmation; `altered` has the same version and other code, which is how changed libraries spread.
 */
export function standingOf(found: KnownLibrary, installed: KnownLibrary | undefined): Standing {
  if (!installed) return 'new';
  const difference = compareVersions(found.info, installed.info);
  if (difference !== 0) return difference > 0 ? 'newer' : 'older';
  return found.code === installed.code ? 'same' : 'altered';
}

export interface Dependencies {
  /** Everything the player must load, the main library first. */
  libraries: LibraryRef[];
  missing: { folder: string; neededBy: string }[];
}

/**
 * All libraries that content needs: those it names and everything they load in turn. The player looks only at h5p.json,
 * never inside content.json, so this list is what we serve there. The editor's own libraries are left out: they stop the player.
 */
export function completeDependencies(
  roots: readonly LibraryRef[],
  known: ReadonlyMap<string, KnownLibrary>,
): Dependencies {
  const found = new Map<string, LibraryRef>();
  const missing = new Map<string, string>();
  const queue = roots.map((ref) => ({ ref, neededBy: 'content' }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const folder = libraryFolder(next.ref);
    if (isEditorLibrary(next.ref) || found.has(folder) || missing.has(folder)) continue;
    const library = known.get(folder);
    if (!library) {
      missing.set(folder, next.neededBy);
      continue;
    }
    const { machineName, majorVersion, minorVersion } = next.ref;
    found.set(folder, { machineName, majorVersion, minorVersion });
    queue.push(...library.info.preloadedDependencies.map((ref) => ({ ref, neededBy: folder })));
  }
  return {
    libraries: [...found.values()],
    missing: Array.from(missing, ([folder, neededBy]) => ({ folder, neededBy })),
  };
}

function isEditorLibrary(ref: LibraryRef): boolean {
  return ref.machineName.startsWith('H5PEditor.');
}
