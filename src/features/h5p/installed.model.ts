import { db } from '../../lib/db';
import { conflict } from '../../lib/errors';
import type { PackageFile } from './h5p.files';
import { type KnownLibrary, LibraryJson, libraryGeneration } from './h5p.libraries';

export type StoredFile = Pick<PackageFile, 'path' | 'size' | 'sha256'>;

/** An installed library. They belong to the whole installation, not to an organisation. */
export interface InstalledLibrary {
  id: string;
  machine_name: string;
  major: number;
  minor: number;
  patch: number;
  /** `H5P.MultiChoice-1.16` */
  folder: string;
  title: string;
  runnable: boolean;
  library_json: unknown;
  semantics: unknown;
  tree_hash: string;
  code_hash: string;
  files: StoredFile[];
  installed_by: string | null;
  installed_in: string | null;
  installed_at: Date;
}

export type NewLibrary = Omit<InstalledLibrary, 'id' | 'folder' | 'installed_at'>;

/** A package that waits for an administrator's second press. */
export interface WaitingUpload {
  id: string;
  organisation_id: string;
  uploaded_by: string | null;
  uploaded_at: Date;
}

declare module 'knex/types/tables' {
  interface Tables {
    h5p_libraries: InstalledLibrary;
    h5p_uploads: WaitingUpload;
  }
}

/** Where the bytes of a library's file are kept. Trees of older patches stay, so that pages open meanwhile go on. */
export const libraryKey = (treeHash: string, sha256: string) => `h5p/libs/${treeHash}/${sha256}`;
export const uploadKey = (id: string) => `h5p/uploads/${id}`;

/** Everything about every installed library, by folder: for checking packages. */
export async function selectKnownLibraries(): Promise<Map<string, KnownLibrary & { files: StoredFile[] }>> {
  const rows = await db()('h5p_libraries').select('*');
  return new Map(rows.map((row) => [row.folder, { ...known(row), semantics: row.semantics, files: row.files }]));
}

function known(row: Pick<InstalledLibrary, 'library_json' | 'tree_hash' | 'code_hash'>): KnownLibrary {
  return { info: LibraryJson.parse(row.library_json), hash: row.tree_hash, code: row.code_hash };
}

/** A library as packages carry it: with library.json as it came. */
export type PackedLibrary = KnownLibrary & { json: unknown; files: StoredFile[] };

/** All installed libraries by folder, for packages that are made here. */
export async function selectPackedLibraries(): Promise<Map<string, PackedLibrary>> {
  const rows = await db()('h5p_libraries').select('folder', 'library_json', 'tree_hash', 'code_hash', 'files');
  return new Map(rows.map((row) => [row.folder, { ...known(row), json: row.library_json, files: row.files }]));
}

/** What serving a library needs, without its semantics. */
export interface ServedLibrary extends KnownLibrary {
  files: ReadonlyMap<string, StoredFile>;
}

/** All libraries as the player gets them, under the name of their generation. */
export interface ServedLibraries {
  generation: string;
  libraries: ReadonlyMap<string, ServedLibrary>;
}

/** A generation names the very bytes, so what was read once stays true: no other instance has to tell of a change. */
let served: ServedLibraries | undefined;

/** The libraries as they are now; without a query when the caller asks for the generation that is known here. */
export async function servedLibraries(generation?: string): Promise<ServedLibraries> {
  if (served && served.generation === generation) return served;
  const stamps = await db()('h5p_libraries').select('machine_name', 'major', 'minor', 'tree_hash');
  const now = libraryGeneration(
    stamps.map(({ machine_name, major, minor, tree_hash }) => ({
      info: { machineName: machine_name, majorVersion: major, minorVersion: minor },
      hash: tree_hash,
    })),
  );
  if (served?.generation !== now) served = await readServed();
  return served;
}

async function readServed(): Promise<ServedLibraries> {
  const rows = await db()('h5p_libraries').select('folder', 'library_json', 'tree_hash', 'code_hash', 'files');
  const libraries = rows.map((row): [string, ServedLibrary] => [
    row.folder,
    { ...known(row), files: new Map(row.files.map((file) => [file.path, file])) },
  ]);
  return { generation: libraryGeneration(libraries.map(([, library]) => library)), libraries: new Map(libraries) };
}

/** The libraries that run by themselves, by title; of one with several versions, the newest. */
export async function selectRunnable(): Promise<{ folder: string; title: string }[]> {
  const { rows } = await db().raw(
    `select folder, title from (
       select distinct on (machine_name) folder, title from h5p_libraries where runnable
       order by machine_name, major desc, minor desc) newest
     order by lower(title), folder`,
  );
  return rows;
}

/** Puts a library in, or in the place of an older patch. Someone who was faster with the same or a newer one wins. */
export async function putLibrary(library: NewLibrary): Promise<void> {
  const json = (value: unknown) => JSON.stringify(value) as never;
  await db()('h5p_libraries')
    .insert({
      ...library,
      library_json: json(library.library_json),
      semantics: json(library.semantics ?? null),
      files: json(library.files),
      installed_at: new Date(),
    })
    .onConflict(['folder'])
    .merge()
    .whereRaw('h5p_libraries.patch < excluded.patch');
}

/** Keeps these libraries from being taken away until the transaction ends. Throws 409 when one of them is not there. */
export async function holdLibraries(folders: readonly string[]): Promise<void> {
  const held = await db()('h5p_libraries')
    .whereIn('folder', [...folders])
    .forShare()
    .pluck('folder');
  if (held.length < new Set(folders).size) throw conflict();
}

export async function insertUpload(upload: Omit<WaitingUpload, 'uploaded_at'>): Promise<void> {
  await db()('h5p_uploads').insert(upload);
}

export function findUpload(organisationId: string, id: string): Promise<WaitingUpload | undefined> {
  return db()('h5p_uploads')
    .where({ organisation_id: organisationId, id })
    .first()
    .then((row) => row);
}

/** Takes the row away and says whether it was there. */
export async function deleteUpload(organisationId: string, id: string): Promise<boolean> {
  return (await db()('h5p_uploads').where({ organisation_id: organisationId, id }).delete()) > 0;
}

/** Ids of the organisation's packages that nobody confirmed in a day. */
export function selectForgottenUploads(organisationId: string): Promise<string[]> {
  return db()('h5p_uploads')
    .where({ organisation_id: organisationId })
    .whereRaw("uploaded_at < now() - interval '1 day'")
    .pluck('id');
}
