import type { JsonNode } from './data';
import { same } from './same';

export interface Conflict {
  id: string;
  /** The block as it was before both changed it; none when both made it. */
  before: JsonNode | undefined;
  mine: JsonNode;
  theirs: JsonNode;
}

export interface Merged {
  doc: JsonNode;
  /** Blocks that both changed; mine stands in the document until the writer chooses. */
  conflicts: Conflict[];
}

export const idOf = (node: JsonNode) => String(node.attrs?.id ?? '');
const byId = (doc: JsonNode) => new Map((doc.content ?? []).map((node) => [idOf(node), node]));

/**
 * Three documents into one, block by block: what only one of the two writers changed is taken; what both did is mine, and told.
 * Nothing that either wrote is lost: a block that one took away and the other changed stays. `there`: the base as the server keeps
 * it, which tidies what the editor writes.
 */
export function merge(base: JsonNode, mine: JsonNode, theirs: JsonNode, there: JsonNode = base): Merged {
  const [was, kept, own, other] = [byId(base), byId(there), byId(mine), byId(theirs)];
  const conflicts: Conflict[] = [];
  const chosen = new Map<string, JsonNode>();
  for (const id of new Set([...own.keys(), ...other.keys()])) {
    const [before, here, now] = [was.get(id), own.get(id), other.get(id)];
    const isMine = !same(here, before);
    const isTheirs = !same(now, kept.get(id) ?? before);
    if (here && now) {
      if (isMine && isTheirs && !same(here, now)) conflicts.push({ id, before, mine: here, theirs: now });
      chosen.set(id, isMine || !isTheirs ? here : now);
    } else if (here && (!before || isMine)) chosen.set(id, here);
    else if (now && (!before || isTheirs)) chosen.set(id, now);
  }
  return { doc: { ...theirs, content: inOrder(base, mine, theirs, chosen) }, conflicts };
}

/** The conflicts that are still open once more came in: a block that changed again has its newest text, the others stand. */
export function stillOpen(open: readonly Conflict[], fresh: readonly Conflict[], theirs: JsonNode): Conflict[] {
  const there = byId(theirs);
  const old = open
    .filter(({ id }) => !fresh.some((one) => one.id === id))
    .map((one) => ({ ...one, theirs: there.get(one.id) ?? one.theirs }));
  return [
    ...old,
    ...fresh.map((one) => ({ ...one, before: open.find(({ id }) => id === one.id)?.before ?? one.before })),
  ];
}

/** The document with another text in the blocks that wait for a choice; one that is not there is put at the end. */
export function withBlocks(doc: JsonNode, others: ReadonlyMap<string, JsonNode>): JsonNode {
  const content = doc.content ?? [];
  const missing = [...others].filter(([id]) => !content.some((node) => idOf(node) === id)).map(([, node]) => node);
  return { ...doc, content: [...content.map((node) => others.get(idOf(node)) ?? node), ...missing] };
}

/** In the order of the one who moved blocks; blocks that this order lacks come after the one before them in the other's. */
function inOrder(base: JsonNode, mine: JsonNode, theirs: JsonNode, chosen: Map<string, JsonNode>): JsonNode[] {
  const order = (doc: JsonNode) => (doc.content ?? []).map(idOf);
  const own = new Set(order(mine));
  const common = order(base).filter((id) => own.has(id));
  const isCommon = new Set(common);
  const isMoved =
    order(mine)
      .filter((id) => isCommon.has(id))
      .join() !== common.join();
  const [first, second] = isMoved ? [order(mine), order(theirs)] : [order(theirs), order(mine)];
  const result = [...first];
  second.forEach((id, index) => {
    if (result.includes(id)) return;
    const before = second[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  });
  return result.flatMap((id) => chosen.get(id) ?? []);
}
