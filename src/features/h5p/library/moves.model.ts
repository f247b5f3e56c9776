import { db } from '../../../lib/db';
import type { H5pContent } from '../contents.model';
import { type KnownLibrary, LibraryJson } from '../h5p.libraries';
import type { InstalledLibrary } from '../installed.model';
import { type Field, readSemantics } from '../semantics/field';

/** A content that moved to a newer version of its library, with what it was before. */
export interface ContentMove {
  id: string;
  organisation_id: string;
  content_id: string;
  from_library: string;
  to_library: string;
  dependencies: string[];
  content_json: unknown;
  /** The build that the move made. */
  build: number;
  moved_at: Date;
  undone_at: Date | null;
}

declare module 'knex/types/tables' {
  interface Tables {
    h5p_content_moves: ContentMove;
  }
}

const json = (value: unknown) => JSON.stringify(value) as never;

export function findLibrary(folder: string): Promise<InstalledLibrary | undefined> {
  return db()('h5p_libraries')
    .where({ folder })
    .first()
    .then((row) => row);
}

/** The library, kept from being used by new contents until the transaction ends. */
export function lockLibrary(folder: string): Promise<InstalledLibrary | undefined> {
  return db()('h5p_libraries')
    .where({ folder })
    .forUpdate()
    .first()
    .then((row) => row);
}

export async function deleteLibrary(folder: string): Promise<void> {
  await db()('h5p_libraries').where({ folder }).delete();
}

/** Whether any organisation's content loads it, or the actor's organisation is writing one for it. */
export async function isLoaded(folder: string): Promise<boolean> {
  const { rows } = await db().raw(
    `select exists (select from h5p_contents where :folder = any(dependencies))
       or exists (select from h5p_forms where folder = :folder and finished_at is null) as loaded`,
    { folder },
  );
  return rows[0].loaded;
}

export interface ShelfLibrary extends KnownLibrary {
  title: string;
  fields: Field[];
  hasScript: boolean;
}

/** All installed libraries with their fields, by folder. */
export async function selectShelf(): Promise<Map<string, ShelfLibrary>> {
  const rows = await db()('h5p_libraries').select('*');
  return new Map(
    rows.map((row) => [
      row.folder,
      {
        info: LibraryJson.parse(row.library_json),
        hash: row.tree_hash,
        code: row.code_hash,
        title: row.title,
        fields: readSemantics(row.semantics),
        hasScript: row.files.some(({ path }) => path === 'upgrades.js'),
      },
    ]),
  );
}

/** How many contents one page shows and one press moves. */
export const MOST_AT_ONCE = 50;

type Movable = Pick<H5pContent, 'id' | 'title' | 'main_library' | 'content_json' | 'dependencies' | 'build'>;

/** Contents of the organisation that play in an older version of this library, the oldest version first. */
export async function selectOlderContents(
  organisationId: string,
  { machine_name, major, minor }: InstalledLibrary,
): Promise<Movable[]> {
  return db()('h5p_contents as c')
    .join('h5p_libraries as l', 'l.folder', 'c.main_library')
    .where({ 'c.organisation_id': organisationId, 'c.being_made': false, 'l.machine_name': machine_name })
    .whereRaw('(l.major, l.minor) < (?, ?)', [major, minor])
    .orderBy(['l.major', 'l.minor', 'c.created_at', 'c.id'])
    .limit(MOST_AT_ONCE)
    .select('c.id', 'c.title', 'c.main_library', 'c.content_json', 'c.dependencies', 'c.build');
}

export function lockContent(organisationId: string, id: string): Promise<H5pContent | undefined> {
  return db()('h5p_contents')
    .where({ organisation_id: organisationId, id })
    .forUpdate()
    .first()
    .then((row) => row);
}

/** Gives a content other parameters and libraries, and the next build. */
export async function putBuild(
  content: Pick<H5pContent, 'organisation_id' | 'id' | 'build'>,
  next: Pick<H5pContent, 'main_library' | 'dependencies' | 'content_json'>,
): Promise<void> {
  await db()('h5p_contents')
    .where({ organisation_id: content.organisation_id, id: content.id })
    .update({ ...next, content_json: json(next.content_json), build: content.build + 1 });
}

export async function insertMove(move: Omit<ContentMove, 'id' | 'moved_at' | 'undone_at'>): Promise<void> {
  await db()('h5p_content_moves').insert({ ...move, content_json: json(move.content_json) });
}

export interface MoveLine {
  id: string;
  content_id: string;
  title: string;
  from_library: string;
  moved_at: Date;
}

/** Moves to this library that stand and can be taken back: nothing has happened to the content since. */
export async function selectMoves(organisationId: string, folder: string): Promise<MoveLine[]> {
  return db()('h5p_content_moves as m')
    .join('h5p_contents as c', 'c.id', 'm.content_id')
    .where({ 'm.organisation_id': organisationId, 'm.to_library': folder })
    .whereNull('m.undone_at')
    .whereRaw('c.build = m.build')
    .orderBy([{ column: 'm.moved_at', order: 'desc' }, 'm.id'])
    .limit(MOST_AT_ONCE)
    .select('m.id', 'm.content_id', 'c.title', 'm.from_library', 'm.moved_at');
}

export function findMove(organisationId: string, id: string): Promise<ContentMove | undefined> {
  return db()('h5p_content_moves')
    .where({ organisation_id: organisationId, id })
    .first()
    .then((row) => row);
}

export async function markUndone(organisationId: string, id: string): Promise<void> {
  await db()('h5p_content_moves').where({ organisation_id: organisationId, id }).update({ undone_at: new Date() });
}
