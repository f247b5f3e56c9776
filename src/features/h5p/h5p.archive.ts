import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { cleanParams } from './h5p.cleaning';
import { checkContents, type Kept, keptFiles } from './h5p.contents';
import type { PackageFile } from './h5p.files';
import { parseJson } from './h5p.json';
import { completeDependencies, type KnownLibrary, LibraryRef, libraryFolder } from './h5p.libraries';
import { ARCHIVE_LIMITS, type ArchiveLimits, EVAL_LIBRARIES } from './h5p.limits';
import { fieldsOf, type PackagedLibrary, readLibraries } from './h5p.packaged';
import { librariesIn, mediaIn } from './h5p.params';
import { type Refusal, RefusalError, Refusals } from './h5p.refusals';
import { ByteBudget, listEntries, readEntry, withZip } from './h5p.zip';

const text = (longest: number) => z.string().max(longest).optional().catch(undefined);

/** h5p.json: what the player must have is required; what only describes is kept when it makes sense. */
const H5pJson = z.object({
  title: z.string().trim().min(1).max(255),
  mainLibrary: z.string().min(1).max(255),
  language: text(32),
  preloadedDependencies: z.array(LibraryRef).min(1),
  license: text(40),
  licenseVersion: text(40),
  licenseExtras: text(5000),
  source: text(2000),
  authors: z
    .array(z.object({ name: z.string().max(255), role: text(40) }))
    .optional()
    .catch(undefined),
});
export type H5pJson = z.infer<typeof H5pJson>;

/** A checked package, ready to be stored with `readPackageFiles`. */
export interface H5pPackage {
  h5pJson: H5pJson;
  mainLibrary: LibraryRef;
  /** All libraries the content loads, the main one first; goes into the h5p.json that is served. */
  dependencies: LibraryRef[];
  /** content.json with its texts cleaned. */
  params: unknown;
  /** Media of the content, paths inside `content/`, without content.json. */
  files: PackageFile[];
  /** Libraries to install or to replace (`standing` new or newer). Empty when the uploader may not install. */
  libraries: PackagedLibrary[];
  /** What a person should know although the package is fine. */
  warnings: Refusal[];
}

export type ArchiveResult = { ok: true; package: H5pPackage } | { ok: false; refusals: Refusal[] };

export interface CheckOptions {
  /** Installed libraries by folder name (`libraryFolder`). */
  installed: ReadonlyMap<string, KnownLibrary>;
  /** Whether the uploader is trusted to install libraries. Without it, those in the package are passed over. */
  mayInstall: boolean;
  limits?: Partial<ArchiveLimits>;
}

/**
 * Checks an uploaded .h5p file. Nothing is written anywhere: the result is either everything needed to store it, or
 * every reason found why not. Throws only when the file itself cannot be read from disk.
 */
export async function checkArchive(path: string, options: CheckOptions): Promise<ArchiveResult> {
  const limits = { ...ARCHIVE_LIMITS, ...options.limits };
  const refusals = new Refusals();
  try {
    const checked = await check(path, options, limits, refusals);
    if (checked) return { ok: true, package: checked };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    refusals.add(error.key, error.values);
  }
  return { ok: false, refusals: refusals.list() };
}

/** The package, or undefined as soon as a stage of checks has refused something: later ones rely on earlier ones. */
async function check(path: string, options: CheckOptions, limits: ArchiveLimits, refusals: Refusals) {
  const max = Math.round(limits.uploadBytes / 1024 / 1024);
  if ((await stat(path)).size > limits.uploadBytes) throw new RefusalError('uploadTooLarge', { max });

  const kept = await withZip(path, async (zip) => {
    const entries = await listEntries(zip, limits, refusals);
    if (refusals.any) return undefined;
    const chosen = keptFiles(entries, options.mayInstall, refusals);
    if (refusals.any) return undefined;
    const budget = new ByteBudget(limits);
    return checkContents(chosen, (named, keep) => readEntry(zip, named, budget, keep), limits, refusals);
  });
  if (!kept || refusals.any) return undefined;
  return assemble(kept, options, limits, refusals);
}

function assemble(
  kept: Kept,
  options: CheckOptions,
  limits: ArchiveLimits,
  refusals: Refusals,
): H5pPackage | undefined {
  const h5pJson = readH5pJson(parseJson(kept.h5pJson, 'h5p.json', limits));
  const params = parseJson(kept.contentJson, 'content/content.json', limits);
  const libraries = readLibraries(kept.files, options.installed, limits, refusals);
  if (refusals.any) return undefined;

  // Where the installed library is as new, it is the one that will play.
  const used = [...libraries].filter(([, { standing }]) => standing === 'new' || standing === 'newer');
  const known = new Map<string, KnownLibrary>([...options.installed, ...used]);
  const mainLibrary = mainLibraryOf(h5pJson);
  const { libraries: dependencies, missing } = completeDependencies(
    [mainLibrary, ...h5pJson.preloadedDependencies, ...librariesIn(params)],
    known,
  );
  for (const { folder, neededBy } of missing) {
    const key = kept.foldersPassedOver.has(folder) ? 'libraryNotInstalled' : 'missingLibrary';
    refusals.add(key, { library: folder, neededBy });
  }
  for (const { machineName } of dependencies) {
    if (EVAL_LIBRARIES.has(machineName)) refusals.add('needsEval', { library: machineName });
  }
  if (refusals.any) return undefined;

  const cleaned = cleanParams(params, libraryFolder(mainLibrary), (folder) => known.get(folder)?.semantics);
  const { media, warnings } = describe(kept, cleaned);
  return {
    h5pJson,
    mainLibrary,
    dependencies,
    params: cleaned.params,
    files: media,
    libraries: used.map(([, library]) => library),
    warnings,
  };
}

function readH5pJson(json: unknown): H5pJson {
  const result = H5pJson.safeParse(json);
  if (!result.success) throw new RefusalError('badFields', { file: 'h5p.json', fields: fieldsOf(result.error) });
  return result.data;
}

function mainLibraryOf(h5pJson: H5pJson): LibraryRef {
  const main = h5pJson.preloadedDependencies.find((ref) => ref.machineName === h5pJson.mainLibrary);
  if (!main) throw new RefusalError('mainLibraryNotListed', { library: h5pJson.mainLibrary });
  return main;
}

function describe(kept: Kept, cleaned: { params: unknown; changed: number }) {
  const media: PackageFile[] = [];
  for (const { name, size, sha256 } of kept.files.values()) {
    const path = name.startsWith('content/') ? name.slice('content/'.length) : 'content.json';
    if (path !== 'content.json') media.push({ path, entryName: name, size, sha256 });
  }
  const { paths, hosts } = mediaIn(cleaned.params);
  const absent = paths.filter((path) => !media.some((file) => file.path === path));
  const warnings: Refusal[] = [
    ...absent.slice(0, 5).map((file) => ({ key: 'h5p.warning.missingMedia', values: { file } })),
    ...hosts.slice(0, 5).map((host) => ({ key: 'h5p.warning.outsideHost', values: { host } })),
  ];
  if (cleaned.changed > 0) warnings.push({ key: 'h5p.warning.cleaned', values: { count: cleaned.changed } });
  return { media, warnings };
}
