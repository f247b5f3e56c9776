import { storage } from '../../lib/storage';
import { type ZipEntry, zipped } from '../../lib/zip-stream';
import { fileKey, type H5pContent } from '../h5p/contents.model';
import { libraryKey, type selectKnownLibraries } from '../h5p/installed.model';
import type { H5pOfFile } from './format.schema';
import { canonical, idFrom, sha256 } from './portable';

export type Libraries = Awaited<ReturnType<typeof selectKnownLibraries>>;

/** Licences that let a library be passed on. One that is not named lets nobody. */
const FREE = /^(mit|bsd|isc|apache|cc0|cc[ -]?by|l?gpl|agpl|gnu|mpl|pd|odc|unlicense|public domain)/i;

export const mayPassOn = (licence: string | undefined): boolean => FREE.test(licence?.trim() ?? '');

/** The name of a content in files: of what it says and shows, not of where it is. */
export const h5pIdOf = ({ main_library, h5p_json, content_json, files }: H5pContent): string => {
  const listed = files.map(({ path, sha256: hash }) => `${hash} ${path}`).sort();
  return idFrom(sha256(canonical({ main_library, h5p_json, content_json, listed })));
};

/** The libraries that a content needs, and which of them may come along. */
export function librariesOf({ dependencies }: H5pContent, known: Libraries): H5pOfFile['libraries'] {
  return dependencies.toSorted().flatMap((folder) => {
    const library = known.get(folder);
    if (!library) return [{ folder, patch: 0, title: folder, licence: '', included: false }];
    const { title, patchVersion, license = '' } = library.info;
    return [{ folder, patch: patchVersion, title, licence: license, included: mayPassOn(license) }];
  });
}

/** The content as an .h5p package, piece by piece; the same bytes for the same content and libraries. */
export function packageOf(content: H5pContent, known: Libraries): AsyncGenerator<Buffer> {
  return zipped(entriesOf(content, known));
}

function* entriesOf(content: H5pContent, known: Libraries): Generator<ZipEntry> {
  yield { name: 'h5p.json', pieces: [canonical(content.h5p_json)] };
  yield { name: 'content/content.json', pieces: [JSON.stringify(content.content_json)] };
  for (const one of content.files.toSorted(byPath))
    yield { name: `content/${one.path}`, pieces: stored(fileKey(content.id, content.version, one)), isPacked: true };
  for (const { folder } of librariesOf(content, known).filter(({ included }) => included)) {
    const library = known.get(folder);
    for (const { path, sha256: hash } of (library?.files ?? []).toSorted(byPath))
      yield { name: `${folder}/${path}`, pieces: stored(libraryKey(library?.hash ?? '', hash)) };
  }
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);

async function* stored(key: string): AsyncGenerator<Buffer> {
  const bytes = await storage().read(key);
  if (!bytes) throw new Error(`a file is not in the storage: ${key}`);
  yield* bytes;
}
