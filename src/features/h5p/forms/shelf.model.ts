import { buffer } from 'node:stream/consumers';
import { db } from '../../../lib/db';
import type { Language } from '../../../lib/i18n';
import { storage } from '../../../lib/storage';
import { libraryKey, type StoredFile, servedLibraries } from '../installed.model';
import { readSemantics } from '../semantics/field';
import { translated } from '../semantics/translated';
import type { Shelf } from '../semantics/walk';

/** What all installed libraries ask for, read once for each generation of libraries and language. */
let kept: { generation: string; shelves: Map<string, Promise<Shelf>> } | undefined;

const LONGEST_TRANSLATION = 2 * 1024 * 1024;

/** The fields of all installed libraries, their labels and ready texts in a language where the library brings it. */
export async function findShelf(language: Language): Promise<Shelf> {
  const { generation } = await servedLibraries();
  if (kept?.generation !== generation) kept = { generation, shelves: new Map() };
  const code = language.slice(0, 2);
  const known = kept.shelves.get(code);
  if (known) return known;
  const shelf = readShelf(code);
  kept.shelves.set(code, shelf);
  shelf.catch(() => kept?.shelves.delete(code));
  return shelf;
}

async function readShelf(code: string): Promise<Shelf> {
  const rows = await db()('h5p_libraries').select('folder', 'title', 'semantics', 'tree_hash', 'files');
  const libraries = new Map<string, { title: string; fields: ReturnType<typeof readSemantics> }>();
  for (const { folder, title, semantics, tree_hash, files } of rows) {
    const words = await translationOf(tree_hash, files, code);
    libraries.set(folder, { title, fields: readSemantics(translated(semantics, words)) });
  }
  return libraries;
}

/** A library may bring `language/fi.json`, made like its semantics. What cannot be read is passed over. */
async function translationOf(treeHash: string, files: readonly StoredFile[], code: string): Promise<unknown> {
  const file = files.find(({ path }) => path === `language/${code}.json`);
  if (!file || file.size > LONGEST_TRANSLATION) return undefined;
  const bytes = await storage().read(libraryKey(treeHash, file.sha256));
  if (!bytes) return undefined;
  try {
    return JSON.parse((await buffer(bytes)).toString('utf8').replace(/^\uFEFF/, '')).semantics;
  } catch {
    return undefined;
  }
}
