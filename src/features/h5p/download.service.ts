import { z } from 'zod';
import { found } from '../../lib/guards';
import { storage } from '../../lib/storage';
import { type ZipEntry, zipped } from '../../lib/zip-stream';
import type { Actor } from '../organisations/organisations.model';
import { fileKey, findOwnContent, type H5pContent } from './contents.model';
import { completeDependencies, LibraryRef, libraryFolder, parseLibraryName } from './h5p.libraries';
import { extensionOf } from './h5p.names';
import { librariesIn } from './h5p.params';
import { servedH5pJson } from './h5p.player';
import { libraryKey, type PackedLibrary, selectPackedLibraries } from './installed.model';

/** A content of the actor's organisation as an .h5p package, piece by piece. Throws 404 for another's. */
export async function downloadContent(actor: Actor, id: string) {
  const content = found(await findOwnContent(actor.organisation_id, id));
  return { title: content.title, pieces: packageOf(content, await selectPackedLibraries()) };
}

/**
 * A content with every library it needs: taken in again, also elsewhere, it is the same content.
 * @param libraries the installed ones by folder
 */
export function packageOf(
  content: H5pContent,
  libraries: ReadonlyMap<string, PackedLibrary>,
): AsyncGenerator<Buffer, void, undefined> {
  return zipped(entriesOf(content, libraries));
}

function* entriesOf(content: H5pContent, libraries: ReadonlyMap<string, PackedLibrary>): Generator<ZipEntry> {
  const named = [content.main_library, ...content.dependencies].flatMap((folder) => parseLibraryName(folder) ?? []);
  const { libraries: loaded } = completeDependencies([...named, ...librariesIn(content.content_json)], libraries);
  const main = found(named[0]);
  const h5pJson = { ...content.h5p_json, ...servedH5pJson(content.title, main, loaded) };
  yield { name: 'h5p.json', pieces: [JSON.stringify({ language: 'und', ...h5pJson, embedTypes: ['div', 'iframe'] })] };
  yield { name: 'content/content.json', pieces: [JSON.stringify(content.content_json)] };
  for (const stored of content.files)
    yield file(`content/${stored.path}`, fileKey(content.id, content.version, stored));
  for (const folder of withTools(loaded, libraries)) {
    const { hash, files } = found(libraries.get(folder));
    for (const { path, sha256 } of files) yield file(`${folder}/${path}`, libraryKey(hash, sha256));
  }
}

/** Pictures, sounds and films are packed already. */
const PACKED: ReadonlySet<string> = new Set(
  'png jpg jpeg gif webm mp4 ogg mp3 m4a woff woff2 docx xlsx pptx odt ods odp glb'.split(' '),
);

const file = (name: string, key: string): ZipEntry => ({
  name,
  pieces: stored(key),
  isPacked: PACKED.has(extensionOf(name)),
});

async function* stored(key: string): AsyncGenerator<Buffer> {
  const bytes = await storage().read(key);
  if (!bytes) throw new Error(`a file is not in the storage: ${key}`);
  yield* bytes;
}

const Tools = z.object({
  editorDependencies: z.array(LibraryRef).catch([]),
  dynamicDependencies: z.array(LibraryRef).catch([]),
});

/**
 * The folders of what plays, and of what other systems edit it with as far as it is here: some of them take no package
 * whose library names a tool that is missing.
 */
function withTools(loaded: readonly LibraryRef[], libraries: ReadonlyMap<string, PackedLibrary>): Set<string> {
  const folders = new Set<string>();
  const queue = [...loaded];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const folder = libraryFolder(next);
    const library = libraries.get(folder);
    if (!library || folders.has(folder)) continue;
    folders.add(folder);
    const { editorDependencies, dynamicDependencies } = Tools.parse(library.json);
    queue.push(...library.info.preloadedDependencies, ...editorDependencies, ...dynamicDependencies);
  }
  return folders;
}
