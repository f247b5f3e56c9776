import { atomically } from '../../../lib/db';
import { found } from '../../../lib/guards';
import { recordAudit } from '../../audit/audit.model';
import type { Actor } from '../../organisations/organisations.model';
import type { H5pContent } from '../contents.model';
import { compareVersions } from '../h5p.libraries';
import { holdLibraries } from '../installed.model';
import { selectNeedingLibraries } from './library.queries';
import * as moves from './moves.model';
import { type Plan, planMove } from './plan';

export interface OlderContent extends Plan {
  id: string;
  title: string;
  from: string;
  build: number;
}

/** Contents of the actor's organisation that could move to a library, each with what it would change. Throws 404. */
export async function olderContents(actor: Actor, folder: string): Promise<OlderContent[]> {
  const library = found(await moves.findLibrary(folder));
  const contents = await moves.selectOlderContents(actor.organisation_id, library);
  if (contents.length === 0) return [];
  const shelf = await moves.selectShelf();
  return contents.map(({ id, title, main_library, content_json, build }) => ({
    id,
    title,
    from: main_library,
    build,
    ...planMove(content_json, main_library, folder, shelf, shelf),
  }));
}

/**
 * Moves contents of the actor's organisation to a library, those of them that lose nothing by it. What learners answered and
 * where they left off stays. Returns how many moved: one that somebody moved before does not move again. Throws 404.
 */
export async function moveContents(actor: Actor, folder: string, ids: readonly string[]): Promise<number> {
  found(await moves.findLibrary(folder));
  const shelf = await moves.selectShelf();
  let moved = 0;
  for (const id of [...new Set(ids)].slice(0, moves.MOST_AT_ONCE)) {
    if (await moveContent(actor, folder, id, shelf)) moved++;
  }
  return moved;
}

type Shelf = Awaited<ReturnType<typeof moves.selectShelf>>;

function moveContent(actor: Actor, folder: string, id: string, shelf: Shelf): Promise<boolean> {
  return atomically(async () => {
    const content = found(await moves.lockContent(actor.organisation_id, id));
    if (!isNewer(folder, content.main_library, shelf)) return false;
    const plan = planMove(content.content_json, content.main_library, folder, shelf, shelf);
    if (!plan.keepsAll) return false;
    await holdLibraries(plan.dependencies);
    await moves.insertMove({
      organisation_id: content.organisation_id,
      content_id: content.id,
      from_library: content.main_library,
      to_library: folder,
      dependencies: content.dependencies,
      content_json: content.content_json,
      build: content.build + 1,
    });
    await moves.putBuild(content, {
      main_library: folder,
      dependencies: plan.dependencies,
      content_json: plan.params,
    });
    await tell(actor, 'h5p.content-moved', content, { from: content.main_library, to: folder });
    return true;
  });
}

function isNewer(folder: string, than: string, shelf: Shelf): boolean {
  const [to, from] = [shelf.get(folder)?.info, shelf.get(than)?.info];
  return to !== undefined && from !== undefined && to.machineName === from.machineName && compareVersions(to, from) > 0;
}

/**
 * Takes a move back: the content is as it was, in its older library. Returns false when it was taken back before, when the
 * content has changed since, or when the older library is no longer here. Throws 404 for another organisation's.
 */
export function undoMove(actor: Actor, moveId: string): Promise<boolean> {
  return atomically(async () => {
    const { content_id } = found(await moves.findMove(actor.organisation_id, moveId));
    const content = found(await moves.lockContent(actor.organisation_id, content_id));
    const move = found(await moves.findMove(actor.organisation_id, moveId));
    if (move.undone_at || move.build !== content.build) return false;
    const shelf = await moves.selectShelf();
    if (move.dependencies.some((folder) => !shelf.has(folder))) return false;
    await holdLibraries(move.dependencies);
    await moves.putBuild(content, {
      main_library: move.from_library,
      dependencies: move.dependencies,
      content_json: move.content_json,
    });
    await moves.markUndone(actor.organisation_id, moveId);
    await tell(actor, 'h5p.content-moved-back', content, { from: move.to_library, to: move.from_library });
    return true;
  });
}

/**
 * Takes an installed library away when nothing in any organisation needs it. Returns whether it did. Its files stay in the
 * storage, where nobody is served them. Throws 404.
 */
export function removeLibrary(actor: Actor, folder: string): Promise<boolean> {
  return atomically(async () => {
    const library = found(await moves.lockLibrary(folder));
    if (await moves.isLoaded(folder)) return false;
    if ((await selectNeedingLibraries(library)).length > 0) return false;
    await moves.deleteLibrary(folder);
    const details = { name: folder, patch: library.patch, hash: library.tree_hash };
    await recordAudit(actor, 'h5p.library-removed', { type: 'h5p_library', id: folder }, details);
    return true;
  });
}

function tell(actor: Actor, action: string, { id, title }: H5pContent, details: { from: string; to: string }) {
  return recordAudit(actor, action, { type: 'h5p_content', id }, { name: title, ...details });
}
