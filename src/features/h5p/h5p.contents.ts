import { ACTIVE_KINDS, type ArchiveLimits, CONTENT_KINDS, LIBRARY_KINDS } from './h5p.limits';
import { extensionOf, sameNameKey } from './h5p.names';
import { RefusalError, type Refusals } from './h5p.refusals';
import { fitsItsName } from './h5p.signatures';
import type { NamedEntry, ReadFile } from './h5p.zip';

/** The files of a package that are of use, read to their end. */
export interface Kept {
  h5pJson: Buffer;
  contentJson: Buffer;
  /** Content and library files by name; of a file given twice with the same bytes, one. */
  files: Map<string, ReadFile>;
  /** Library folders that are in the package but that this uploader may not install. */
  foldersPassedOver: ReadonlySet<string>;
}

interface Chosen {
  entries: NamedEntry[];
  foldersPassedOver: ReadonlySet<string>;
}

/** Chooses what to read of an archive, and refuses what may not be in one. */
export function keptFiles(entries: NamedEntry[], mayInstall: boolean, refusals: Refusals): Chosen {
  const names = new Set(entries.map(({ name }) => name));
  checkShape(names, refusals);

  const chosen: NamedEntry[] = [];
  const foldersPassedOver = new Set<string>();
  for (const named of entries) {
    const top = named.name.slice(0, named.name.indexOf('/'));
    if (named.name === 'h5p.json' || top === 'content') chosen.push(named);
    else if (top !== '' && mayInstall) chosen.push(named);
    else if (named.name === `${top}/library.json`) foldersPassedOver.add(top);
  }
  for (const { name } of chosen) checkKind(name, refusals);
  checkFoldersAreNotFiles(chosen, refusals);
  return { entries: chosen, foldersPassedOver };
}

/** A package whose main files are not where they belong; the commonest ways of getting there are told by name. */
function checkShape(names: ReadonlySet<string>, refusals: Refusals): void {
  for (const name of names) {
    if (/^libraries\/[^/]+\/library\.json$/.test(name)) refusals.add('librariesFolder');
  }
  if (names.has('h5p.json')) {
    if (!names.has('content/content.json')) refusals.add('noContent');
    return;
  }
  const nested = [...names].find((name) => /^[^/]+\/h5p\.json$/.test(name));
  if (nested) refusals.add('nested', { folder: nested.slice(0, nested.indexOf('/')) });
  else if ([...names].some((name) => /^[^/]+\/library\.json$/.test(name))) refusals.add('onlyLibraries');
  else refusals.add('notH5p');
}

function checkKind(name: string, refusals: Refusals): void {
  const kind = extensionOf(name);
  if (!name.startsWith('content/')) {
    if (!LIBRARY_KINDS.has(kind)) refusals.add('libraryKind', { file: name });
  } else if (!CONTENT_KINDS.has(kind)) {
    refusals.add(ACTIVE_KINDS.has(kind) ? 'activeContent' : 'contentKind', { file: name });
  }
}

/** `a` and `a/b` cannot both be stored. */
function checkFoldersAreNotFiles(entries: NamedEntry[], refusals: Refusals): void {
  const files = new Set(entries.map(({ name }) => sameNameKey(name)));
  for (const { name } of entries) {
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      const folder = name.slice(0, slash);
      if (files.has(sameNameKey(folder))) refusals.add('duplicate', { file: folder });
    }
  }
}

/** Reads every chosen file to its end. Stops at the first that is broken: what follows could not be trusted. */
export async function checkContents(
  chosen: Chosen,
  read: (named: NamedEntry, keep: boolean) => Promise<ReadFile>,
  limits: ArchiveLimits,
  refusals: Refusals,
): Promise<Kept> {
  const files = new Map<string, ReadFile>();
  const bytesByName = new Map<string, string>();
  for (const named of chosen.entries) {
    const keep = isDefinition(named.name);
    if (keep && named.entry.uncompressedSize > limits.jsonBytes)
      throw new RefusalError('jsonTooLarge', { file: named.name });
    const file = await read(named, keep);
    const same = sameNameKey(file.name);
    const before = bytesByName.get(same);
    // Real exports list the same picture many times over; that harms nobody while it is the same picture.
    if (before !== undefined && before !== file.sha256) refusals.add('duplicate', { file: file.name });
    bytesByName.set(same, file.sha256);
    if (!fitsItsName(file.name, file.head)) refusals.add('wrongKind', { file: file.name });
    files.set(file.name, file);
  }
  const [h5pJson, contentJson] = ['h5p.json', 'content/content.json'].map((name) => files.get(name)?.bytes);
  if (!h5pJson || !contentJson) throw new RefusalError('notH5p');
  files.delete('h5p.json');
  return { h5pJson, contentJson, files, foldersPassedOver: chosen.foldersPassedOver };
}

/** Files whose text is read and not only stored. */
function isDefinition(name: string): boolean {
  return /^(h5p\.json|content\/content\.json|[^/]+\/(library|semantics)\.json)$/.test(name);
}
